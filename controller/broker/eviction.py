"""Puts boxes out whose certificates were taken back: the broker's list, and connections that stand.

Mosquitto reads a new list of revoked certificates at SIGHUP, and asks it at connections only. One
that stands ends when somebody else comes in under the same name: we do, with a password that is
good for a moment.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from controller import audit
from controller.areas import local_day
from controller.broker import mosquitto
from controller.broker.roster import read_accounts
from controller.broker.visit import answers
from controller.identity.authority import Authority
from controller.identity.broker_files import broker_files
from controller.identity.certificates import revoked
from controller.model import Fact
from controller.station_secret import hash_secret
from controller.store import Store

log = logging.getLogger(__name__)

CHORE = "evictions"
WITHIN_S = 3.0  # a busy broker reads its files within some hundred milliseconds
LOOK_S = 0.05


class Eviction:
    """A chore: follows what people take back."""

    def __init__(
        self, store: Store, directory: Path, identity: Path, broker_pid: Callable[[], int | None]
    ) -> None:
        self._store, self._directory, self._identity = store, directory, identity
        self._broker_pid = broker_pid
        self._seen = ""
        self._listed: dict[str, str] | None = None  # serial to station; None: not looked yet

    def __call__(self, now: datetime) -> bool:
        """Tell the broker, and end the connections; never more to do at once."""
        with self._store.reading() as session:
            head = session.get_one(Fact, audit.HEAD).value
            if head == self._seen:
                return False
            listed = {row.serial: row.station_id for row in revoked(session, now)}
        if self._listed is None or not listed.keys() <= self._listed.keys():
            new = listed.keys() - (self._listed or {}).keys()
            self._put_out(listed, sorted({listed[serial] for serial in new}), now)
        self._listed, self._seen = listed, head
        return False

    def _put_out(self, listed: dict[str, str], names: list[str], now: datetime) -> None:
        files = broker_files(Authority(self._identity, now), listed, now)
        mosquitto.furnish(self._directory, files)
        pid = self._broker_pid()
        if pid is None:
            return  # it reads the list when it starts
        for name in names:
            if not self._take_place(name, pid, now):
                log.warning("%s: its old connection may stand until it is lost", name)
        self._admit(now, None, "")
        mosquitto.reload(pid)

    def _take_place(self, name: str, pid: int, now: datetime) -> bool:
        """Come in as this station for a moment; whether the broker let us."""
        secret = secrets.token_urlsafe(16)
        self._admit(now, name, hash_secret(secret))
        mosquitto.reload(pid)
        port = mosquitto.own_port(self._directory)
        until = time.monotonic() + WITHIN_S
        while not answers(port, name, secret):
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_S)
        return True

    def _admit(self, now: datetime, name: str | None, hashed: str) -> None:
        with self._store.reading() as session:
            accounts = read_accounts(session, local_day(now))
        mosquitto.admit(
            self._directory,
            [replace(one, secret_hash=hashed) if one.station == name else one for one in accounts],
        )
