"""Offline keys: an Ed25519 secret as a file that a passphrase locks, and the asking for it."""

import getpass
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from controller.errors import ControllerError

PASSPHRASE = "TT_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable, for scripts


class BadKey(ControllerError):
    """A key file cannot be made or opened as asked."""


def write(file: Path, key: Ed25519PrivateKey, passphrase: str) -> None:
    """Keep the secret half, for its owner alone; an empty passphrase leaves it open.

    Raises BadKey when there is such a file.
    """
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BadKey(f"Đã có khóa {file}; không ghi đè") from error
    with os.fdopen(opened, "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())


def read(file: Path, passphrase: str) -> Ed25519PrivateKey:
    """The secret half. Raises BadKey."""
    try:
        found = load_pem_private_key(file.read_bytes(), passphrase.encode() or None)
    except (OSError, ValueError, TypeError) as error:
        raise BadKey(f"Không mở được khóa {file}: sai mật khẩu hoặc tệp hỏng") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise BadKey(f"{file} không phải là khóa Ed25519")
    return found


def ask_passphrase(*, twice: bool = False) -> str:
    """What a person types, or a script has set. Raises BadKey when two typings differ."""
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    typed = getpass.getpass("Mật khẩu của khóa: ")
    if twice and (not typed or getpass.getpass("Nhập lại: ") != typed):
        raise BadKey("Mật khẩu trống, hoặc hai lần nhập khác nhau")
    return typed
