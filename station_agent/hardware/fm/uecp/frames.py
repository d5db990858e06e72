"""Frames: start, address, sequence counter, length, message, CRC, stop (SPB 490 §2.2)."""

from binascii import crc_hqx
from collections.abc import Mapping

from msgspec import Struct

START, STOP, ESCAPE = 0xFE, 0xFF, 0xFD
STUFFED = {ESCAPE: b"\xfd\x00", START: b"\xfd\x01", STOP: b"\xfd\x02"}
STUFFED_AFTER = {START: b"\xfe\xfd", STOP: b"\xff\xfd"}
"""What "Profline" encoders take instead: the escape follows a marker that is no marker."""

LONGEST_MESSAGE = 255
_HEAD, _CRC = 4, 2  # bytes: address 2, counter 1, length 1; CRC 2


class Address(Struct, frozen=True):
    """Whom a frame is for: site 0..1023 and encoder 0..63; 0 is every one."""

    site: int = 0
    encoder: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for what does not fit its bits."""
        if not (0 <= self.site <= 0x3FF and 0 <= self.encoder <= 0x3F):
            raise ValueError("the site has ten bits, the encoder six")


class Frame(Struct, frozen=True):
    """One frame. `counter` 0: not used; else the number that an acknowledgement repeats."""

    address: Address
    counter: int
    message: bytes


def crc(data: bytes) -> int:
    """CRC-16/GENIBUS of unstuffed address, counter, length and message."""
    return crc_hqx(data, 0xFFFF) ^ 0xFFFF


def encode(frame: Frame, stuffing: Mapping[int, bytes] = STUFFED) -> bytes:
    """Return the frame as it goes on the line. Raises ValueError for a message too long."""
    if len(frame.message) > LONGEST_MESSAGE:
        raise ValueError(f"a message has at most {LONGEST_MESSAGE} bytes")
    address = frame.address.site << 6 | frame.address.encoder
    body = address.to_bytes(2, "big") + bytes([frame.counter, len(frame.message)]) + frame.message
    body += crc(body).to_bytes(_CRC, "big")
    return bytes([START]) + _stuff(body, stuffing) + bytes([STOP])


def _stuff(body: bytes, stuffing: Mapping[int, bytes]) -> bytes:
    return b"".join(stuffing.get(byte, bytes([byte])) for byte in body)


def take(heard: bytes) -> tuple[list[Frame], bytes]:
    """Return the sound frames in what was heard, and the rest to put before what comes next.

    Bytes outside frames, broken frames and broken-off ones are passed over.
    """
    frames, begun = [], False
    body = bytearray()
    for byte in heard:
        if byte == START:
            begun = True
            body.clear()
        elif byte == STOP and begun:
            begun = False
            frame = _decode(bytes(body))
            frames += [frame] if frame else []
        elif begun:
            body.append(byte)
    return frames, bytes([START]) + bytes(body) if begun else b""


def _decode(stuffed: bytes) -> Frame | None:
    body = stuffed.replace(b"\xfd\x02", b"\xff").replace(b"\xfd\x01", b"\xfe")
    body = body.replace(b"\xfd\x00", b"\xfd")
    if len(body) < _HEAD + _CRC or body[3] != len(body) - _HEAD - _CRC:
        return None
    if crc(body[:-_CRC]) != int.from_bytes(body[-_CRC:], "big"):
        return None
    address = int.from_bytes(body[:2], "big")
    return Frame(Address(address >> 6, address & 0x3F), body[2], body[_HEAD:-_CRC])
