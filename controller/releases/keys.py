"""Ed25519 keys that sign releases, as files: the secret half is locked with a passphrase.

Root and targets keys live on sticks of different people, away from the server; only the online
key, which signs snapshot and timestamp, lies on it.
"""

import json
import os
from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

from controller.releases.errors import ReleaseError

SECRET, PUBLIC = ".key", ".pub.json"


def make(stem: Path, passphrase: str) -> Key:
    """Write `<stem>.key` (0600) and `<stem>.pub.json`. Raises ReleaseError when they exist.

    An empty passphrase leaves the secret half open: for the server's online key alone.
    """
    signer = CryptoSigner.generate_ed25519()
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    secret = load_pem_private_key(signer.private_bytes, None)
    pem = secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    try:
        opened = os.open(
            stem.with_name(stem.name + SECRET), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
        )
    except FileExistsError as error:
        raise ReleaseError(f"Đã có khóa {stem}{SECRET}; không ghi đè") from error
    with os.fdopen(opened, "wb") as file:
        file.write(pem)
    key = signer.public_key
    described = {"keyid": key.keyid, **key.to_dict()}
    stem.with_name(stem.name + PUBLIC).write_text(json.dumps(described, indent=1) + "\n")
    return key


def read_public(file: Path) -> Key:
    """A public half. Raises ReleaseError."""
    try:
        found = json.loads(file.read_text())
        return Key.from_dict(found.pop("keyid"), found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"Không đọc được khóa công khai {file}: {error}") from error


def open_secret(file: Path, passphrase: str) -> CryptoSigner:
    """A secret half, ready to sign. Raises ReleaseError."""
    try:
        locked = passphrase.encode() if passphrase else None
        secret = load_pem_private_key(file.read_bytes(), locked)
        return CryptoSigner(secret, SSlibKey.from_crypto(secret.public_key()))
    except (OSError, ValueError, TypeError) as error:
        raise ReleaseError(f"Không mở được khóa {file}: sai mật khẩu hoặc tệp hỏng") from error
