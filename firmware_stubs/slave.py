"""A Modbus RTU slave over one board: functions 01 to 06, 0F and 10; exceptions 01, 02 and 03.

Source: MODBUS Application Protocol 1.1b3 and MODBUS over Serial Line 1.02 (modbus.org).
"""

from firmware_stubs import registers as r
from firmware_stubs.board import Board
from firmware_stubs.crc import crc16, sealed

BROADCAST = 0
NO_FUNCTION, NO_ADDRESS, NO_VALUE = 1, 2, 3
READ_BITS, READ_WORDS, WRITES_ONE, WRITES_MANY = (1, 2), (3, 4), (5, 6), (15, 16)
MAX_BITS, MAX_WORDS = 2000, 125  # what fits an answer of 256 bytes


class Refused(Exception):
    """A request that gets an exception code for an answer."""

    def __init__(self, code: int) -> None:
        self.code = code


def word(data: bytes, at: int) -> int:
    """Return the big-endian word at `at`."""
    return data[at] << 8 | data[at + 1]


def packed(bits: list[int]) -> bytes:
    """Return bits as bytes, the first in the lowest place."""
    out = bytearray((len(bits) + 7) // 8)
    for n, bit in enumerate(bits):
        out[n // 8] |= bit << n % 8
    return bytes(out)


def unpacked(data: bytes, count: int) -> list[int]:
    """Return the first `count` bits of `data`."""
    return [data[n // 8] >> n % 8 & 1 for n in range(count)]


class Slave:
    """Answers frames. Only an obeyed write to our own address feeds the board's watchdog.

    A read proves that somebody asks, not that somebody decides: a meter, a second master or a
    stuck polling loop would keep a board loud whose host has died. A broadcast is for everybody,
    so it neither feeds nor arms.
    """

    def __init__(self, board: Board, address: int = r.ADDRESS) -> None:
        self._board = board
        self._address = address

    def answer(self, frame: bytes) -> bytes | None:
        """Obey one frame and return the answer; None for what is torn or not for us to answer."""
        if len(frame) < 4 or crc16(frame) or frame[0] not in (self._address, BROADCAST):
            return None
        pdu = frame[1:-2]
        try:
            reply = self._serve(frame[0], pdu)
        except Refused as refused:
            reply = bytes((pdu[0] | 0x80, refused.code))
        return None if frame[0] == BROADCAST else sealed(bytes((self._address,)) + reply)

    def _serve(self, unit: int, pdu: bytes) -> bytes:
        function = pdu[0]
        if function in READ_BITS:
            return self._read_bits(pdu)
        if function in READ_WORDS:
            return self._read_words(pdu)
        if function in WRITES_ONE:
            start, values = self._one(pdu)
        elif function in WRITES_MANY:
            start, values = self._many(pdu)
        else:
            raise Refused(NO_FUNCTION)
        if function in (5, 15):
            self._write_coils(start, values)
        else:
            self._write_holdings(unit, start, values)
        if unit != BROADCAST:
            self._board.feed()
        return pdu[:5]

    def _read_bits(self, pdu: bytes) -> bytes:
        table = self._board.pads if pdu[0] == 1 else self._board.discretes()
        data = packed(self._span(table, pdu, MAX_BITS))
        return bytes((pdu[0], len(data))) + data

    def _read_words(self, pdu: bytes) -> bytes:
        table = self._board.holdings() if pdu[0] == 3 else self._board.inputs()
        values = self._span(table, pdu, MAX_WORDS)
        return bytes((pdu[0], 2 * len(values))) + b"".join(v.to_bytes(2, "big") for v in values)

    def _span(self, table: list[int], pdu: bytes, most: int) -> list[int]:
        if len(pdu) != 5 or not 1 <= word(pdu, 3) <= most:
            raise Refused(NO_VALUE)
        start, count = word(pdu, 1), word(pdu, 3)
        if start + count > len(table):
            raise Refused(NO_ADDRESS)
        return table[start : start + count]

    def _one(self, pdu: bytes) -> tuple[int, list[int]]:
        if len(pdu) != 5:
            raise Refused(NO_VALUE)
        value = word(pdu, 3)
        if pdu[0] == 6:
            return word(pdu, 1), [value]
        if value not in (0x0000, 0xFF00):
            raise Refused(NO_VALUE)
        return word(pdu, 1), [value >> 15]

    def _many(self, pdu: bytes) -> tuple[int, list[int]]:
        if len(pdu) < 6:
            raise Refused(NO_VALUE)
        start, count, data = word(pdu, 1), word(pdu, 3), pdu[6:]
        size = (count + 7) // 8 if pdu[0] == 15 else 2 * count
        if not count or pdu[5] != size or len(data) != size:
            raise Refused(NO_VALUE)
        if pdu[0] == 15:
            return start, unpacked(data, count)
        return start, [word(data, 2 * n) for n in range(count)]

    def _write_coils(self, start: int, values: list[int]) -> None:
        if start + len(values) > r.COILS:
            raise Refused(NO_ADDRESS)
        if not self._board.write_coils(start, values):
            raise Refused(NO_VALUE)

    def _write_holdings(self, unit: int, start: int, values: list[int]) -> None:
        end = start + len(values)
        if end > r.HOLDINGS:
            raise Refused(NO_ADDRESS)
        arming = end > r.ARM_KEY
        if (arming and unit == BROADCAST) or not self._board.write_holdings(start, values):
            raise Refused(NO_VALUE)
