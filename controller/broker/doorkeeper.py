"""Keeps a running broker of ours up to date with who may connect."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from controller import audit
from controller.areas import local_day
from controller.broker import eviction, mosquitto
from controller.broker.accounts import Account
from controller.broker.roster import read_accounts
from controller.chores import Chore
from controller.identity.broker_files import REVOKED
from controller.launch.program import pids
from controller.model import Fact
from controller.store import Store

CHORE = "doors"


class Doorkeeper:
    """A chore: lets the present stations in, when people have changed anything."""

    def __init__(self, store: Store, directory: Path, broker_pid: Callable[[], int | None]) -> None:
        self._store, self._directory, self._broker_pid = store, directory, broker_pid
        self._seen = ""
        self._admitted: list[Account] | None = None

    def __call__(self, now: datetime) -> bool:
        """Write the broker's files and have them read; never more to do at once."""
        with self._store.reading() as session:
            head = session.get_one(Fact, audit.HEAD).value
            if head == self._seen:
                return False
            accounts = read_accounts(session, local_day(now))
        if accounts != self._admitted:
            self._let_in(accounts)
        self._seen = head
        return False

    def _let_in(self, accounts: list[Account]) -> None:
        mosquitto.admit(self._directory, accounts)
        pid = self._broker_pid()
        if pid is not None:
            mosquitto.reload(pid)
        self._admitted = accounts


def doorkeeping(store: Store, data: Path, identity: Path) -> Mapping[str, Chore]:
    """The chores by name, when the broker of this data directory is ours; else nothing."""
    directory = data / "broker"
    if not (directory / mosquitto.SERVERS).exists():
        return {}

    def broker() -> int | None:
        return pids(data).get("broker")

    found: dict[str, Chore] = {CHORE: Doorkeeper(store, directory, broker)}
    if (directory / REVOKED).exists():
        found[eviction.CHORE] = eviction.Eviction(store, directory, identity, broker)
    return found
