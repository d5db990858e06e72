"""Who was taken back is put out of a running broker, at once; the others stay."""

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from controller import stations
from controller.broker.eviction import Eviction
from controller.identity import certificates
from controller.model import Station, StationCertificate
from controller.store import Store
from controller.store.prepare import prepare
from tests.controller.identity.test_door import OURS, THEIRS, Place, let_in
from tests.controller.village import settle

NOW = datetime.now(UTC)


@pytest.fixture
def place(tmp_path):
    with ExitStack() as stack:
        made = Place(tmp_path, stack)
        made.store = Store(f"sqlite:///{tmp_path}/tt.db")
        stack.callback(made.store.close)
        prepare(made.store, NOW)
        with made.store.writing() as session:
            made.people = settle(session)
            for code in (OURS, THEIRS):
                area = made.people.suoi_may
                stations.register(session, None, area, code, code=code, now=NOW)
        yield made


def issued(place, station):
    papers = place.papers(station)
    with place.store.writing() as session:
        session.get_one(Station, station)
        row = {"issued_at": NOW, "expires_at": NOW + certificates.LIFE}
        session.add(StationCertificate(serial=papers.serial, station_id=station, **row))
    return papers


def test_the_connection_of_a_revoked_box_ends_and_it_does_not_come_back(place):
    chore = Eviction(
        place.store,
        place.directory,
        place.authority.folder,
        lambda: place.broker.process.pid,
    )
    chore(NOW)
    lost = issued(place, OURS)
    thief, neighbour = place.call(lost), place.call(issued(place, THEIRS))
    assert let_in(thief)
    assert let_in(neighbour)
    with place.store.writing() as session:
        certificates.revoke(session, place.people.technician, OURS, "mất hộp", now=NOW)

    chore(NOW)

    assert thief.lost.wait(10)
    assert not let_in(place.call(lost))
    assert not neighbour.lost.is_set()
    assert let_in(place.call(issued(place, OURS)))
