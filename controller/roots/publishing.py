"""Hands the root chain to the outbox: retained, for every station, whenever its file changes."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from contract import codec, topics
from controller import outbox
from controller.outbox import Kind, Message
from controller.roots.chain_file import CHAIN, read_chain
from controller.store import Store

CHORE = "roots"


class Publishing:
    """A chore: looks at the file, for it is put there by hand."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._file = store, folder / CHAIN
        self._sent = b""

    def __call__(self, now: datetime) -> bool:
        """Put a chain that is new into the outbox; never more to do at once. Raises BadRoot."""
        if not self._file.exists():
            return False
        payload = codec.encode(read_chain(self._file))
        if payload != self._sent:
            message = Message(
                key=outbox.key(Kind.ROOTS, "chain"),
                topic=topics.ROOTS,
                payload=payload,
                retained=True,
            )
            with self._store.writing() as session:
                outbox.put(session, [message], now)
            self._sent = payload
        return False


def publishing(store: Store, folder: Path) -> Mapping[str, Publishing]:
    """The chore under its name."""
    return {CHORE: Publishing(store, folder)}
