"""TOTP: the six digits that a telephone shows, by its clock and a shared secret (RFC 6238)."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

PERIOD_S = 30
DIGITS = 6
"""What every authenticator app understands (RFC 6238 §5.2, its defaults)."""

DRIFT = 1  # steps before and after: a telephone's clock, and the time it takes to type

SECRET_BYTES = 20  # as long as the hash (RFC 4226 §4, R6)

ISSUER = "Truyền Thanh"


def new_secret() -> str:
    """Base32, as apps take it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(at: datetime) -> int:
    """How many periods have begun since 1970. Raises ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError("naive datetime")
    return int(at.timestamp()) // PERIOD_S


def code(secret: str, step: int) -> str:
    """The digits of one step (RFC 4226 §5.3)."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, typed: str, at: datetime, *, after: int) -> int | None:
    """The step whose digits were typed, later than `after`: no code is taken twice."""
    now = step_at(at)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(code(secret, step).encode(), typed.encode()):
            return step
    return None


def address(secret: str, login: str) -> str:
    """What the picture says to an app (the otpauth key URI format)."""
    label = quote(f"{ISSUER}:{login}", safe=":")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(ISSUER)}"
