"""Offline keys as files: `<stem>.key` locked with a passphrase, `<stem>.pub` for everybody."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.signing import SigningKey

from contract.trust import RoleKeys, key_id, keys_in, public_text
from controller import offline_keys
from controller.roots.errors import BadRoot

SECRET, PUBLIC = ".key", ".pub"


def make(stem: Path, passphrase: str) -> str:
    """Write both halves and give the key's id. Raises BadKey when there is such a file, BadRoot."""
    if not passphrase:
        raise BadRoot("Khóa gốc phải có mật khẩu")
    key = SigningKey.generate()
    secret = Ed25519PrivateKey.from_private_bytes(bytes(key))
    offline_keys.write(stem.with_name(stem.name + SECRET), secret, passphrase)
    stem.with_name(stem.name + PUBLIC).write_text(public_text(key) + "\n")
    return key_id(key.verify_key)


def open_secret(file: Path, passphrase: str) -> SigningKey:
    """A secret half, ready to sign. Raises BadKey."""
    return SigningKey(offline_keys.read(file, passphrase).private_bytes_raw())


def read_public(files: list[Path], threshold: int) -> RoleKeys:
    """The role that these public halves make. Raises BadRoot."""
    try:
        keys = RoleKeys(keys=tuple(file.read_text().strip() for file in files), threshold=threshold)
        keys_in(keys)
    except (OSError, ValueError) as error:
        raise BadRoot(f"Không đọc được khóa công khai: {error}") from error
    return keys
