"""Loading whose signatures this station obeys: a root chain, or a plain `trust.json`."""

from base64 import b64decode
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from contract import codec
from contract.errors import RefusedMessage, Unreadable
from contract.roots import RootChain, walk
from contract.trust import Trust, read_trust
from station_agent.errors import BadTrust
from station_agent.held_root import HeldRoot


class Trusted(Struct, frozen=True):
    """The keys of the roles, and the root that says so; None: the keys never change."""

    trust: Trust
    root: HeldRoot | None


def load_trust(path: Path) -> Trusted:
    """Read the keys. Raises BadTrust."""
    try:
        data = path.read_bytes()
        return _rooted(data) if _is_chain(data) else Trusted(read_trust(data), None)
    except OSError as error:
        raise BadTrust(f"Không mở được {path}: {error.strerror}") from error
    except (Unreadable, RefusedMessage) as error:
        raise BadTrust(f"Không dùng được {path}: {error.detail}") from error


def _rooted(data: bytes) -> Trusted:
    chain = codec.decode(RootChain, data)
    root = walk(chain)
    anchor = sha256(b64decode(chain.chain[0].payload)).hexdigest()
    return Trusted(root.trust, HeldRoot(anchor=anchor, root=root))


def _is_chain(data: bytes) -> bool:
    """A chain says so by its only field; whatever else it is, the readers say what is wrong."""
    try:
        return "chain" in msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        return False
