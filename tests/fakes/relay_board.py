"""A bought relay board with timed closing, and a PZEM-004T meter, on one line.

Written from the makers' public protocol pages; no such board was at hand.
"""

import time

from firmware_stubs.crc import crc16, sealed

RELAYS, METER = 1, 2  # units
FLASH = 0x0200


class RelayBoard:
    """Answers requests for `scripted_slave`."""

    def __init__(self) -> None:
        self.until = [0.0] * 8  # when each relay opens; CLOCK_MONOTONIC
        self.opens_by_itself = True
        self.meter_answers = True
        self.meter_refuses = False
        self.volts, self.milliamperes = 229.5, 70_000
        self.written: list[tuple[int, int, int]] = []  # unit, address, value

    def closed(self) -> list[bool]:
        """Return which relays are."""
        now = time.monotonic()
        return [end > (now if self.opens_by_itself else 0.0) for end in self.until]

    def __call__(self, request: bytes) -> list[tuple[float, bytes]]:
        if crc16(request):
            return []
        unit, function = request[0], request[1]
        first, second = (int.from_bytes(request[n : n + 2], "big") for n in (2, 4))
        if unit == METER:
            return self._measure() if function == 4 and self.meter_answers else []
        if function == 1:
            bits = sum(closed << n for n, closed in enumerate(self.closed()))
            return [(0.0, sealed(bytes((unit, 1, 1, bits))))]
        self.written.append((unit, first, second))
        relay = first - FLASH if first >= FLASH else first
        span_s = second / 10 if first >= FLASH else 0.0
        self.until[relay] = time.monotonic() + span_s if span_s else 0.0
        return [(0.0, request)]

    def _measure(self) -> list[tuple[float, bytes]]:
        if self.meter_refuses:
            return [(0.0, sealed(bytes((METER, 0x84, 1))))]
        words = (round(self.volts * 10), self.milliamperes & 0xFFFF, self.milliamperes >> 16)
        data = b"".join(word.to_bytes(2, "big") for word in words)
        return [(0.0, sealed(bytes((METER, 4, len(data))) + data))]
