"""What a technician carries to a box: a secret code, and by what to know our authority."""

import secrets
from base64 import b32encode
from hashlib import sha256

CODE_BYTES = 10  # 80 random bits: single use, for a day, behind a limit of tries
PIN_BYTES = 10  # nobody makes a second certificate with the same 80 bits
GROUP = 4


def fresh_code() -> str:
    """16 letters and digits of RFC 4648 base32."""
    return b32encode(secrets.token_bytes(CODE_BYTES)).decode()


def pin_of(authority: bytes) -> str:
    """The first 80 bits of the sha256 of the authority's certificate (DER), base32."""
    return b32encode(sha256(authority).digest()[:PIN_BYTES]).decode()


def spelled(code: str, pin: str) -> str:
    """Both as one word in groups of four, to be scanned or typed."""
    word = code + pin
    return "-".join(word[at : at + GROUP] for at in range(0, len(word), GROUP))


def digest(code: str) -> str:
    """What is kept of a code; a stolen database opens nothing."""
    return sha256(code.encode()).hexdigest()
