"""Virtual stations: the real agent without a loudspeaker, run by the launcher of this machine.

The launcher, not the web, makes their secrets: none travels, and none is shown.
"""

import time
from datetime import UTC, datetime

from sqlalchemy import select

from controller import audit
from controller.broker.owner import ourselves, write_secret
from controller.captures import KEPT_S
from controller.demo import programs
from controller.demo.layout import Layout
from controller.demo.seeding import secret_file
from controller.keys.files import TRUST
from controller.launch.supervisor import Supervisor
from controller.model import Station
from controller.roots.chain_file import CHAIN
from controller.station_secret import fresh_secret, hash_secret
from controller.store import Store

SINK = "null"
"""Nobody listens; what leaves the player is captured, and heard in the browser."""


class VirtualStations:
    """Starts those that the database has; `look` is asked again and again."""

    def __init__(self, layout: Layout, store: Store, supervisor: Supervisor) -> None:
        self._layout, self._store, self._supervisor = layout, store, supervisor
        self._started: set[str] = set()

    def look(self) -> None:
        """Start what is new, stop what was given up, and let old captures go."""
        with self._store.reading() as session:
            query = select(Station.id).where(Station.virtual, Station.active)
            wanted = set(session.scalars(query))
        for station in sorted(wanted - self._started):
            self._furnish(station)
            self._supervisor.start(programs.station(self._layout, station, self._store))
            self._started.add(station)
        for station in self._started - wanted:
            self._supervisor.end(station)
        self._started &= wanted
        self._forget_old()

    def _furnish(self, station: str) -> None:
        """Its folder, secret and settings; the ports are those of this run."""
        self._layout.station(station).mkdir(parents=True, exist_ok=True)
        file = secret_file(self._layout, station)
        if not file.exists():
            self._new_secret(station)
        keys = self._layout.settings.keys
        trust = CHAIN if (keys / CHAIN).exists() else TRUST
        text = programs.station_settings(self._layout, station, file.read_text(), SINK, trust)
        write_secret(self._layout.station_file(station), text, ourselves())

    def _new_secret(self, station: str) -> None:
        secret = fresh_secret()
        with self._store.writing() as session:
            session.get_one(Station, station).secret_hash = hash_secret(secret)
            now = datetime.now(UTC)
            audit.record(session, None, "station.new_secret", "station", station, now=now)
            # before the commit: a station that nobody holds the secret of could never start
            write_secret(secret_file(self._layout, station), secret, ourselves())

    def _forget_old(self) -> None:
        for station in self._started:
            for file in (self._layout.station(station) / "capture").glob("*.wav"):
                if time.time() - file.stat().st_mtime > KEPT_S:
                    file.unlink(missing_ok=True)
