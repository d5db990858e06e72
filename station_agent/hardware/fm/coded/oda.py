"""Our own wake-up code: an open data application of RDS that only our key can make.

Twelve bytes in three 11A groups, big-endian: op 8 | area 16 | counter 32 | HMAC-SHA-256 of these
seven bytes, its first 40 bits. Each group has (counter mod 8) << 2 | segment in the five free bits
of block 2, and four of the bytes in blocks 3 and 4. Compared with the receiver's by a test.
"""

import hmac
from enum import IntEnum

from msgspec import Struct

from station_agent.hardware.fm.groups import Group

GROUP_11A = 11 << 1
EVERYWHERE = 0xFFFF
LAB_AID = 0x6A7A  # "Warning receiver" in the RDS Forum's list; a product needs a number of its own
KEY_BYTES = 32  # of SHA-256: a shorter one is easier to guess, a longer one is no safer
_MAC, _SEGMENT = 5, 4  # bytes


class Op(IntEnum):
    """What receivers shall do. OPEN again, with a fresh counter, keeps them open."""

    OPEN = 1
    CLOSE = 2


class Wake(Struct, frozen=True):
    """One message. `area` is 16 bits; no receiver obeys the same `counter` (32 bits) twice."""

    op: Op
    area: int
    counter: int

    def sealed(self, key: bytes) -> bytes:
        """Return the twelve bytes."""
        body = bytes([self.op]) + self.area.to_bytes(2, "big") + self.counter.to_bytes(4, "big")
        return body + hmac.digest(key, body, "sha256")[:_MAC]

    def groups(self, key: bytes) -> list[Group]:
        """Return the three groups."""
        whole, message = self.sealed(key), self.counter % 8
        parts = [whole[at : at + _SEGMENT] for at in range(0, len(whole), _SEGMENT)]
        return [
            Group(
                GROUP_11A,
                message << 2 | segment,
                int.from_bytes(part[:2], "big"),
                int.from_bytes(part[2:], "big"),
            )
            for segment, part in enumerate(parts)
        ]


def read_key(text: str) -> bytes:
    """Read a key in hexadecimal. Raises ValueError."""
    key = bytes.fromhex(text.strip())
    if len(key) != KEY_BYTES:
        raise ValueError(f"khoá phải dài {KEY_BYTES} byte ({2 * KEY_BYTES} chữ số hex)")
    return key
