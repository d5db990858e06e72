"""Signing keys as files of the server, made at first start; the stations get `trust.json`."""

import os
import tempfile
from pathlib import Path

import msgspec
from nacl.encoding import HexEncoder
from nacl.signing import SigningKey

from contract import signing
from contract.messages import Envelope, Signed
from contract.trust import ROLE_OF, Role, RoleKeys, Trust, public_text
from controller.errors import KeysMissing

KEYS_OF = {
    Role.PLAN: ("plan",),
    Role.RELEASE: ("release",),
    # two keys from the first day, so that moving them to two officers later changes no station
    Role.EMERGENCY: ("emergency-1", "emergency-2"),
}
"""The key files of each role; all of a role's keys must sign."""

TRUST = "trust.json"


class FileSigner:
    """A Signer whose keys are files of mode 0600 in one folder."""

    def __init__(self, folder: Path) -> None:
        """Read the keys; at the first start make them, and write `trust.json` beside them.

        Raises KeysMissing when `trust.json` is there and a key is not: a new key would be obeyed
        by no station that has the old one.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (folder / TRUST).exists():
            _demand_all(folder)
        self._keys = {
            role: [_key(folder / f"{name}.key") for name in names]
            for role, names in KEYS_OF.items()
        }
        self.trust = Trust(
            roles={
                role: RoleKeys(keys=tuple(public_text(key) for key in keys), threshold=len(keys))
                for role, keys in self._keys.items()
            }
        )
        _replace(folder / TRUST, msgspec.json.encode(self.trust), mode=0o644)

    def sign(self, payload: Signed) -> Envelope:
        """Sign with every key of the payload's role."""
        return signing.sign(payload, self._keys[ROLE_OF[type(payload)]])


def _demand_all(folder: Path) -> None:
    wanted = [folder / f"{name}.key" for names in KEYS_OF.values() for name in names]
    missing = [file.name for file in wanted if not file.exists()]
    if missing:
        raise KeysMissing(missing, folder)


def _key(file: Path) -> SigningKey:
    """The key in the file; of two processes that make it at once, both use the first one's."""
    if not file.exists():
        scratch = _written(file.parent, SigningKey.generate().encode(HexEncoder))
        try:
            os.link(scratch, file)
        except FileExistsError:
            pass
        finally:
            scratch.unlink()
    return SigningKey(file.read_bytes(), HexEncoder)


def _replace(file: Path, data: bytes, mode: int) -> None:
    scratch = _written(file.parent, data)
    scratch.chmod(mode)
    scratch.replace(file)


def _written(folder: Path, data: bytes) -> Path:
    """A file of mode 0600 with a name of its own, on disk."""
    descriptor, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    return Path(name)
