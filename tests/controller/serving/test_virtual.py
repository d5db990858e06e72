"""The launcher starts the virtual stations of the database, with secrets of its own making."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from contract.windows import ALL_DAY
from controller import areas, audit, stations
from controller.areas import local_day
from controller.demo.layout import Layout, on_free_ports
from controller.fleet import read_fleet
from controller.launch.program import Program
from controller.launch.supervisor import Supervisor
from controller.model import AreaKind, Station
from controller.serving.virtual import VirtualStations
from controller.settings import Settings
from controller.store import Store, migrate


class Launcher:
    """Starts nothing, and remembers what it should have."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.ended: list[str] = []

    def start(self, *programs: Program) -> None:
        self.started += [program.name for program in programs]

    def end(self, name: str) -> None:
        self.ended.append(name)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return on_free_ports(Settings(data=tmp_path))


def furnished(layout: Layout, named: Sequence[tuple[str, bool]]) -> Store:
    store, now = Store(layout.settings.database), datetime.now(UTC)
    migrate.upgrade(store)
    with store.writing() as session:
        area = areas.add(
            session, kind=AreaKind.COMMUNE, name="Xã", parent_id=None, code=None, now=now
        )
        for code, virtual in named:
            made = stations.register(session, None, area.id, code, code=code, now=now)
            made.station.virtual = virtual
    return store


def test_only_virtual_stations_are_started_and_each_once(layout: Layout) -> None:
    store, launcher = furnished(layout, [("ao", True), ("that", False)]), Launcher()
    keeper = VirtualStations(layout, store, cast("Supervisor", launcher))
    keeper.look()
    keeper.look()
    assert launcher.started == ["ao"]
    with store.reading() as session:
        secret = (layout.station("ao") / "secret").read_text()
        assert stations.verify(session, "ao", secret) is not None
        assert audit.verify(session) == []
    assert "ao" in layout.station_file("ao").read_text()
    store.close()


def test_after_a_restart_it_keeps_its_secret(layout: Layout) -> None:
    store = furnished(layout, [("ao", True)])
    for _ in range(2):
        VirtualStations(layout, store, cast("Supervisor", Launcher())).look()
    with store.reading() as session:
        secret = (layout.station("ao") / "secret").read_text()
        assert stations.verify(session, "ao", secret) is not None
    store.close()


def test_a_virtual_station_has_no_quiet_hours_and_wakes_nobody(layout: Layout) -> None:
    store = furnished(layout, [("ao", True), ("that", False)])
    with store.reading() as session:
        fleet = read_fleet(session, local_day(datetime.now(UTC)))
        found = {session.get_one(Station, name).virtual: fleet.windows[name] for name in fleet.ours}
    assert found[True] == ALL_DAY
    assert found[False] != ALL_DAY
    store.close()


def test_one_that_was_given_up_is_stopped(layout: Layout) -> None:
    store, launcher = furnished(layout, [("ao", True)]), Launcher()
    keeper = VirtualStations(layout, store, cast("Supervisor", launcher))
    keeper.look()
    with store.writing() as session:
        session.get_one(Station, "ao").active = False
    keeper.look()
    keeper.look()
    assert launcher.ended == ["ao"]
    store.close()
