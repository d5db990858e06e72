"""Files that are carried on a stick: one document with its signatures, or the whole chain."""

import os
import tempfile
from pathlib import Path

from contract import codec, roots
from contract.errors import RefusedMessage, Unreadable
from contract.messages import Envelope
from contract.roots import Root, RootChain
from controller.roots.errors import BadRoot

CHAIN = "roots.json"
"""Its name in the server's folder of keys."""


def read_document(file: Path) -> Envelope:
    """One root with the signatures it has so far. Raises BadRoot."""
    try:
        return codec.decode(Envelope, file.read_bytes())
    except (OSError, Unreadable) as error:
        raise BadRoot(f"Không đọc được {file}: {error}") from error


def read_chain(file: Path) -> RootChain:
    """A chain that leads to its end. Raises BadRoot."""
    try:
        found = codec.decode(RootChain, file.read_bytes())
        roots.walk(found)
    except (OSError, Unreadable, RefusedMessage) as error:
        raise BadRoot(f"Không dùng được {file}: {error}") from error
    return found


def appended(chain: RootChain | None, document: Envelope) -> RootChain:
    """The chain with a root more, when all that must sign it have. Raises BadRoot."""
    longer = RootChain(chain=(*(chain.chain if chain else ()), document))
    try:
        roots.walk(longer)
    except RefusedMessage as error:
        raise BadRoot(f"Văn bản gốc chưa đủ chữ ký hoặc không nối được: {error}") from error
    return longer


def install(chain: RootChain, folder: Path) -> Root:
    """Put a chain where the server publishes it from. Raises BadRoot when it replaces another."""
    place = folder / CHAIN
    if place.exists():
        old = read_chain(place).chain
        if chain.chain[: len(old)] != old:
            raise BadRoot("Chuỗi gốc này không nối tiếp chuỗi mà các cụm loa đang giữ")
    write(place, codec.encode(chain))
    return roots.walk(chain)


def write(file: Path, data: bytes) -> None:
    """In place of `file` at once, on disk, readable by all: it holds nothing secret."""
    descriptor, scratch = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    Path(scratch).chmod(0o644)
    Path(scratch).replace(file)
