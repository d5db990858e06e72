"""What encoders understand: a reader of UECP and one of ASCII commands, apart from the product's.

Written from hardware.md §3 and the manuals named there, not from our sender.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.virtual_encoder import VirtualEncoder

FIXED = {
    0x01: 4, 0x02: 10, 0x03: 3, 0x04: 3, 0x05: 3, 0x07: 3, 0x0D: 8, 0x19: 1, 0x1A: 3, 0x1E: 1,
    0x24: 6, 0x2C: 1, 0x40: 7, 0x42: 7,
}  # fmt: skip
COUNTED = {0x0A: 2, 0x16: 1, 0x17: 0, 0x46: 0}  # bytes between the code and the length

KEPT: dict[int, tuple[str, Callable[[bytes], object]]] = {
    0x01: ("pi", lambda d: d[2] << 8 | d[3]),
    0x02: ("ps", lambda d: d[2:]),
    0x04: ("di", lambda d: d[2]),
    0x05: ("ms", lambda d: d[2]),
    0x07: ("pty", lambda d: d[2]),
    0x0A: ("text", lambda d: d[4:]),
    0x0D: ("clock", lambda d: d),
    0x16: ("sequence", lambda d: list(d[2:])),
    0x19: ("clock_on", lambda d: bool(d[0])),
    0x1A: ("ecc", lambda d: d[2]),
    0x1E: ("rds_on", lambda d: bool(d[0])),
    0x2C: ("answering", lambda d: d[0] > 0),
}


def genibus(data: bytes) -> int:
    """CRC-16/GENIBUS, bit by bit."""
    register = 0xFFFF
    for byte in data:
        for bit in range(7, -1, -1):
            top = register >> 15 ^ (byte >> bit & 1)
            register = (register << 1 & 0xFFFF) ^ (0x1021 if top else 0)
    return register ^ 0xFFFF


class Uecp:
    """Frames of one element; others are refused. `doubling`: the markers are stuffed as by
    Profline."""

    def __init__(self, *, site: int = 0, number: int = 0, doubling: bool = False) -> None:
        self._own = (site, number)
        self._doubling = doubling
        self._inside: bytearray | None = None
        self._marker = 0

    def hear(self, encoder: "VirtualEncoder", data: bytes) -> None:
        """Take bytes from the line."""
        for byte in data:
            whole = self._feed_doubling(byte) if self._doubling else self._feed(byte)
            if whole is not None:
                self._frame(encoder, whole)

    def _feed(self, byte: int) -> bytes | None:
        if byte == 0xFE:
            self._inside, self._marker = bytearray(), 0
        elif self._inside is None:
            return None
        elif byte == 0xFF:
            whole, self._inside = bytes(self._inside), None
            return whole
        elif self._marker:
            self._inside.append(0xFD + byte)
            self._marker = 0
        elif byte == 0xFD:
            self._marker = 1
        else:
            self._inside.append(byte)
        return None

    def _feed_doubling(self, byte: int) -> bytes | None:
        """A marker counts once the next byte shows that no FD follows it."""
        marker, self._marker = self._marker, 0
        if marker and byte == 0xFD:
            if self._inside is not None:
                self._inside.append(marker)
            return None
        whole = None
        if marker == 0xFE:
            self._inside = bytearray()
        if byte == 0xFF and self._inside is not None and self._closes():
            whole, self._inside = bytes(self._inside), None
        elif byte in (0xFE, 0xFF):
            self._marker = byte
        elif self._inside is not None:
            self._inside.append(byte)
        return whole

    def _closes(self) -> bool:
        inside = self._inside or b""
        return len(inside) >= 6 and len(inside) == 6 + inside[3]

    def _frame(self, encoder: "VirtualEncoder", whole: bytes) -> None:
        if len(whole) < 7 or genibus(whole[:-2]) != int.from_bytes(whole[-2:], "big"):
            return
        site, number = whole[0] << 2 | whole[1] >> 6, whole[1] & 63
        message = whole[4:-2]
        if (site or self._own[0]) != self._own[0] or (number or self._own[1]) != self._own[1]:
            return
        if whole[3] != len(message):
            return
        code = self._obey(encoder, message)
        if encoder.memory.answering and message[0] != 0x17:
            self._answer(encoder, whole[:3], bytes([0x18, code] + ([whole[2]] if code else [])))

    def _obey(self, encoder: "VirtualEncoder", message: bytes) -> int:
        """Return the code of the acknowledgement: 0 done, 4 unknown element, 7 wrong length."""
        if encoder.faults.refusals > 0:
            encoder.faults.refusals -= 1
            return 6
        mec, rest = message[0], message[1:]
        if mec in COUNTED:
            at = COUNTED[mec]
            good = len(rest) > at and len(rest) == at + 1 + rest[at]
        else:
            good = mec in FIXED and len(rest) == FIXED[mec]
        if not good:
            return 7
        encoder.said.append(message)
        self._take(encoder, mec, rest)
        return 0

    def _take(self, encoder: "VirtualEncoder", mec: int, d: bytes) -> None:
        memory = encoder.memory
        if mec in KEPT:
            name, value = KEPT[mec]
            setattr(memory, name, value(d))
        elif mec == 0x03:
            memory.ta, memory.tp = d[2] & 1, d[2] >> 1
        elif mec == 0x17 and d[1] == 0x01:
            pi = bytes([1, 0, 0, memory.pi >> 8, memory.pi & 255])
            self._answer(encoder, bytes(3), pi)
        else:
            self._take_group(encoder, mec, d)

    def _take_group(self, encoder: "VirtualEncoder", mec: int, d: bytes) -> None:
        def word(at: int) -> int:
            return d[at] << 8 | d[at + 1]

        match mec:
            case 0x24:
                encoder.insert(d[0], d[1] & 31, word(2), word(4))
            case 0x40:
                encoder.memory.announced[d[0]] = word(1)
                encoder.insert(6, d[0], word(4), word(1))
            case 0x42:
                encoder.insert(d[0], d[2], word(3), word(5))
            case 0x46:
                kinds = [g for g, aid in encoder.memory.announced.items() if aid == word(1)]
                encoder.insert(kinds[0] if kinds else 31, d[4] & 31, word(5), word(7))

    def _answer(self, encoder: "VirtualEncoder", head: bytes, message: bytes) -> None:
        body = head + bytes([len(message)]) + message
        body += genibus(body).to_bytes(2, "big")
        line = b"".join(bytes([0xFD, b - 0xFD]) if b >= 0xFD else bytes([b]) for b in body)
        encoder.answer(b"\xfe" + line + b"\xff")


class Ascii:
    """Commands of a line each, echoed and judged."""

    def __init__(self) -> None:
        self._line = b""

    def hear(self, encoder: "VirtualEncoder", data: bytes) -> None:
        """Take bytes from the line."""
        *lines, self._line = (self._line + data).split(b"\r")
        for line in lines:
            encoder.answer(line + b"\r\n" + self._obey(encoder, line) + b"\r\n\r\n")

    def _obey(self, encoder: "VirtualEncoder", line: bytes) -> bytes:
        name, _, value = line.partition(b"=")
        memory = encoder.memory
        encoder.said.append(line)
        memory.rds_on, memory.sequence = True, [0, 4, 6, 22, 12]
        if encoder.faults.refusals > 0:
            encoder.faults.refusals -= 1
            return b"-"
        match name:
            case b"PI":
                memory.pi = int(value, 16)
            case b"PS":
                memory.ps = value.ljust(8)
            case b"RT1":
                memory.text = value
            case b"PTY" | b"TP" | b"TA" | b"MS" | b"DI":
                setattr(memory, name.decode().lower(), int(value))
            case b"G":
                second, third, fourth = (int(value[at : at + 4], 16) for at in (0, 4, 8))
                encoder.insert(second >> 11, second & 31, third, fourth)
            case _:
                return b"!"
        return b"+"
