"""Passwords: argon2id hashes, and rules that help people choose a good one."""

import threading
import unicodedata

from scheduler.problem import Problem

SHORTEST = 10
"""Characters: beside ten tries in fifteen minutes and argon2id, length counts (NIST 800-63B)."""

LONGEST = 200  # a phrase fits; a megabyte would only keep the hash busy

COMMON = ("matkhau", "password", "truyenthanh", "123456", "qwerty", "abc123", "admin")
"""What a guesser tries first; refused where it makes up most of a password."""

_HASHES_AT_ONCE = threading.BoundedSemaphore(4)
"""argon2 takes 64 MiB for each: four keep the web server below 300 MB whoever knocks."""


def problems(password: str, login: str) -> list[Problem]:
    """Why not this password, in words that say what to do; empty when it is good."""
    found = []
    plain = _normal(password).casefold()
    if len(plain) < SHORTEST:
        found.append(
            f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Ghép ba, bốn từ là dễ nhớ và khó đoán."
        )
    if len(plain) > LONGEST:
        found.append(f"Mật khẩu tối đa {LONGEST} ký tự.")
    if plain and len(set(plain)) < 5:
        found.append("Mật khẩu lặp lại quá ít ký tự khác nhau.")
    if login and login.casefold() in plain:
        found.append("Mật khẩu không được chứa tên đăng nhập.")
    if any(2 * len(word) >= len(plain) for word in COMMON if word in plain):
        found.append("Mật khẩu này quá phổ biến, rất dễ đoán.")
    return [Problem("password", message) for message in found]


def hashed(password: str) -> str:
    """The argon2id hash to store, about 0.2 s of work."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - only a process that signs people in

    with _HASHES_AT_ONCE:
        return PasswordHasher().hash(_normal(password))


def matches(password: str, stored: str | None) -> bool:
    """Whether it is the password; without a stored hash the same work is done, and it is not."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - see above
    from argon2.exceptions import VerificationError  # noqa: PLC0415 - see above

    with _HASHES_AT_ONCE:
        try:
            PasswordHasher().verify(stored or _NOBODYS, _normal(password))
        except VerificationError:
            return False
    return stored is not None


def _normal(password: str) -> str:
    """One spelling of the same letters, whatever the keyboard made of them; no endless input."""
    return unicodedata.normalize("NFC", password[: 2 * LONGEST])


_NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA"
    "$uzrIk2CGmNFgCyVX5xBTlkG0FImDa5f5J1Rk5MX0Ul0"
)
"""A well-formed hash that no password has: an unknown name must take as long as a known one."""
