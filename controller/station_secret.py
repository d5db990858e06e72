"""Secrets as Mosquitto's password file keeps them: `$7$rounds$salt$hash` (PBKDF2-HMAC-SHA512).

A station proves itself with the same secret to the broker and to the media server.
"""

import hmac
import os
import secrets
from base64 import b64decode, b64encode
from hashlib import pbkdf2_hmac

ROUNDS = 101
"""Mosquitto's own default. Enough for random 128-bit secrets: 10,000 lines take 0.8 s."""

SECRET_BYTES = 16
"""128 random bits: nobody guesses them, so a quick hash is enough."""

SALT_BYTES = 12  # what mosquitto_passwd writes


def fresh_secret() -> str:
    """A new secret, as it is written into a station's settings."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_secret(secret: str) -> str:
    """A fresh hash of `secret`, as the password file wants it after the colon."""
    salt = os.urandom(SALT_BYTES)
    digest = pbkdf2_hmac("sha512", secret.encode(), salt, ROUNDS)
    return f"$7${ROUNDS}${b64encode(salt).decode()}${b64encode(digest).decode()}"


def matches(secret: str, hashed: str) -> bool:
    """Whether `hashed` was made from `secret`; False for a hash that cannot be read."""
    try:
        _, kind, rounds, salt, digest = hashed.split("$")
        made = pbkdf2_hmac("sha512", secret.encode(), b64decode(salt), int(rounds))
        return kind == "7" and hmac.compare_digest(made, b64decode(digest))
    except ValueError:
        return False
