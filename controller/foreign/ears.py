"""Ears: keeps the hub listening where boxes of other makers speak."""

from datetime import datetime

from controller.foreign.upward import status_topics
from controller.ports import Hub
from controller.store import Store

CHORE = "ears"


class Ears:
    """A chore."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self._store, self._hub = store, hub
        self._heard: list[str] = []

    def __call__(self, _now: datetime) -> bool:
        """Listen to what has changed; never more to do at once."""
        with self._store.reading() as session:
            wanted = sorted(status_topics(session))
        if wanted != self._heard:
            self._hub.listen(wanted)
            self._heard = wanted
        return False
