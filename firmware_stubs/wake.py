"""The wake-up message of coded receivers: twelve bytes in three RDS groups of type 11A.

Big-endian: op 8 | area 16 | counter 32 | HMAC-SHA-256 of these seven bytes, its first 40 bits.
Each group carries, in the low five bits of its second block, (counter mod 8) << 2 | segment, and
four of the twelve bytes in its third and fourth.
"""

from firmware_stubs import hmac

GROUP_11A = 11 << 1  # type and version as the top five bits of the second block
OPEN, CLOSE = 1, 2  # a repeated OPEN with a fresh counter is the keep-alive
EVERYWHERE = 0xFFFF
BODY, MAC, SEGMENT, SEGMENTS = 7, 5, 4, 3  # bytes, bytes, bytes, number


class Wake:
    """What a message says, once its seal has proved right."""

    def __init__(self, body: bytes) -> None:
        self.op = body[0]
        self.area = int.from_bytes(body[1:3], "big")
        self.counter = int.from_bytes(body[3:7], "big")


class Assembly:
    """Puts segments together; repeats of one message fill each other's gaps."""

    def __init__(self) -> None:
        self._message = -1
        self._parts: dict[int, bytes] = {}

    def add(self, blocks: "list[int | None]") -> bytes | None:
        """Take a group, its damaged blocks None; return the twelve bytes when they are whole."""
        _, second, third, fourth = blocks
        if second is None or third is None or fourth is None or second >> 11 != GROUP_11A:
            return None
        message, segment = second >> 2 & 7, second & 3
        if segment >= SEGMENTS:
            return None
        if message != self._message:
            self._message, self._parts = message, {}
        self._parts[segment] = third.to_bytes(2, "big") + fourth.to_bytes(2, "big")
        if len(self._parts) < SEGMENTS:
            return None
        whole = b"".join(self._parts[n] for n in range(SEGMENTS))
        self._message = -1
        return whole


def opened(whole: bytes, key: bytes) -> Wake | None:
    """Return what twelve bytes say; None when they were not sealed with `key`."""
    body = whole[:BODY]
    if not hmac.same(whole[BODY:], hmac.digest(key, body)[:MAC]):
        return None
    return Wake(body)
