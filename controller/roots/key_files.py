"""Offline keys as files: `<stem>.key` locked with a passphrase, `<stem>.pub` for everybody."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from nacl.signing import SigningKey

from contract.trust import RoleKeys, key_id, keys_in, public_text
from controller.roots.errors import BadRoot

SECRET, PUBLIC = ".key", ".pub"


def make(stem: Path, passphrase: str) -> str:
    """Write both halves and give the key's id. Raises BadRoot when there is such a file."""
    if not passphrase:
        raise BadRoot("Khóa gốc phải có mật khẩu")
    key = SigningKey.generate()
    pem = Ed25519PrivateKey.from_private_bytes(bytes(key)).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    )
    secret = stem.with_name(stem.name + SECRET)
    try:
        opened = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BadRoot(f"Đã có khóa {secret}; không ghi đè") from error
    with os.fdopen(opened, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    stem.with_name(stem.name + PUBLIC).write_text(public_text(key) + "\n")
    return key_id(key.verify_key)


def open_secret(file: Path, passphrase: str) -> SigningKey:
    """A secret half, ready to sign. Raises BadRoot."""
    try:
        found = load_pem_private_key(file.read_bytes(), passphrase.encode())
    except (OSError, ValueError, TypeError) as error:
        raise BadRoot(f"Không mở được khóa {file}: sai mật khẩu hoặc tệp hỏng") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise BadRoot(f"{file} không phải là khóa Ed25519")
    return SigningKey(found.private_bytes_raw())


def read_public(files: list[Path], threshold: int) -> RoleKeys:
    """The role that these public halves make. Raises BadRoot."""
    try:
        keys = RoleKeys(keys=tuple(file.read_text().strip() for file in files), threshold=threshold)
        keys_in(keys)
    except (OSError, ValueError) as error:
        raise BadRoot(f"Không đọc được khóa công khai: {error}") from error
    return keys
