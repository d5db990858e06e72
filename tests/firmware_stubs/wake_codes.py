"""Wake-up messages as a commune's station sends them, made from the description alone."""

from firmware_stubs.hmac import digest

PI, AREA, KEY = 0x7123, 3, bytes(range(16))


def message(op: int, area: int, counter: int, key: bytes = KEY) -> bytes:
    """Return the twelve bytes."""
    body = bytes((op,)) + area.to_bytes(2, "big") + counter.to_bytes(4, "big")
    return body + digest(key, body)[:5]


def groups(whole: bytes, pi: int = PI) -> list:
    """Return the three groups of four blocks that carry twelve bytes."""
    counter = int.from_bytes(whole[3:7], "big")
    carried = []
    for segment in range(3):
        part = whole[4 * segment : 4 * segment + 4]
        second = 11 << 12 | (counter % 8) << 2 | segment
        third, fourth = int.from_bytes(part[:2], "big"), int.from_bytes(part[2:], "big")
        carried.append([pi, second, third, fourth])
    return carried
