"""Ed25519 keys that sign releases, as files: the secret half is locked with a passphrase.

Root and targets keys live on sticks of different people, away from the server; only the online
key, which signs snapshot and timestamp, lies on it.
"""

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

from controller import offline_keys
from controller.offline_keys import BadKey
from controller.releases.errors import ReleaseError

SECRET, PUBLIC = ".key", ".pub.json"


def make(stem: Path, passphrase: str) -> Key:
    """Write `<stem>.key` (0600) and `<stem>.pub.json`. Raises ReleaseError when they exist.

    An empty passphrase leaves the secret half open: for the server's online key alone.
    """
    secret = Ed25519PrivateKey.generate()
    try:
        offline_keys.write(stem.with_name(stem.name + SECRET), secret, passphrase)
    except BadKey as error:
        raise ReleaseError(str(error)) from error
    key = SSlibKey.from_crypto(secret.public_key())
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
        secret = offline_keys.read(file, passphrase)
    except BadKey as error:
        raise ReleaseError(str(error)) from error
    return CryptoSigner(secret, SSlibKey.from_crypto(secret.public_key()))
