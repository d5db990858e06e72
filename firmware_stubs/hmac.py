"""HMAC-SHA-256 (RFC 2104) over hashlib, since MicroPython has no hmac of its own."""

import hashlib

BLOCK = 64  # of SHA-256, in bytes


def digest(key: bytes, message: bytes) -> bytes:
    """Return the 32 bytes of HMAC-SHA-256."""
    if len(key) > BLOCK:
        key = hashlib.sha256(key).digest()
    key = key + bytes(BLOCK - len(key))
    inner = hashlib.sha256(bytes(k ^ 0x36 for k in key) + message).digest()
    return hashlib.sha256(bytes(k ^ 0x5C for k in key) + inner).digest()


def same(one: bytes, other: bytes) -> bool:
    """Compare in a time that does not tell where two equally long strings differ."""
    different = len(one) ^ len(other)
    for a, b in zip(one, other):  # noqa: B905  MicroPython's zip knows no strict; lengths count above
        different |= a ^ b
    return different == 0
