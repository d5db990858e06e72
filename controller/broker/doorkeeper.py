"""Keeps a running broker of ours up to date with who may connect."""

import json
from collections.abc import Sequence
from pathlib import Path

from controller.broker import mosquitto
from controller.broker.accounts import StationAccount


class Doorkeeper:
    """Admits stations to the broker in `directory`, whose process `pids` names (as `broker`)."""

    def __init__(self, directory: Path, pids: Path) -> None:
        self._directory, self._pids = directory, pids
        self._admitted: Sequence[StationAccount] | None = None

    def admit(self, accounts: Sequence[StationAccount]) -> None:
        """Let exactly these stations in; nothing is done when nothing has changed."""
        if accounts == self._admitted:
            return
        mosquitto.admit(self._directory, accounts)
        pid = json.loads(self._pids.read_text()).get("broker")
        if pid is not None:
            mosquitto.reload(pid)
        self._admitted = accounts
