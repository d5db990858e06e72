"""How much of a period stations were connected, from what was written down as it happened."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from controller import gaps, stations, uptime
from controller.chores import NAME, Chores
from controller.errors import NotFound
from controller.model import ServerGap, Station, StationGap, StationState, WorkerBeat
from controller.store import Store
from tests.controller.village import NOW, OneKey, Village, settle

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SINCE = NOW - 10 * DAY


def station(session: Session, area: str, name: str, *, seen: bool = True) -> str:
    """Here for a month."""
    made = stations.register(session, None, area, name, now=NOW - 30 * DAY).station
    state = session.get_one(StationState, made.id)
    state.online, state.seen_at = seen, NOW if seen else None
    return made.id


def away(session: Session, station_id: str, since: datetime, until: datetime | None) -> None:
    session.add(StationGap(station_id=station_id, since=since, until=until))


def read(session: Session, v: Village, area: str = "") -> uptime.Uptime:
    return uptime.read(session, v.technician, SINCE, NOW + DAY, area, now=NOW)


def test_what_was_away_is_told_by_station_and_place(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        good, bad = (station(session, v.suoi_may, name) for name in ("Loa chợ", "Loa đình"))
        station(session, v.suoi_may, "Loa mới", seen=False)
        away(session, bad, SINCE - DAY, SINCE + DAY)  # a day of it lies in the period
        away(session, bad, NOW - DAY, None)  # and it is away again
        found = read(session, v, v.suoi_may)
    assert [(line.id, line.share) for line in found.stations] == [(bad, 0.8), (good, 1.0)]
    [place] = found.places
    assert (place.stations, place.never, place.away) == (2, 1, 2 * DAY)
    assert found.total.share == pytest.approx(0.9)
    assert [(one.since, one.open) for one in found.outages] == [(NOW - DAY, True), (SINCE, False)]


def test_while_the_server_was_away_nobody_knows(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one = station(session, v.suoi_may, "Loa chợ")
        session.add(ServerGap(since=NOW - 6 * DAY, until=NOW - DAY))
        away(session, one, NOW - 6 * DAY, NOW - DAY + HOUR)  # heard an hour after it came back
        found = read(session, v)
    assert found.unknown == 5 * DAY
    [place] = found.places
    assert (place.watched, place.away) == (5 * DAY, HOUR)


def test_a_station_counts_from_the_day_on_which_it_came(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one = station(session, v.suoi_may, "Loa chợ")
        session.get_one(Station, one).created_at = NOW - DAY
        assert read(session, v).total.watched == DAY


def test_neighbours_are_not_seen(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        station(session, v.suoi_may, "Loa chợ")
        with pytest.raises(NotFound):
            uptime.read(session, v.stranger, SINCE, NOW, v.suoi_may, now=NOW)
        assert uptime.read(session, v.stranger, SINCE, NOW, "", now=NOW).places == []


def test_a_controller_that_comes_back_writes_down_that_it_was_away(store: Store) -> None:
    chores = Chores(store, OneKey())
    for at in (NOW, NOW + gaps.SERVER_AWAY, NOW + HOUR, NOW + HOUR + timedelta(seconds=10)):
        chores.tidy(at)
    with store.reading() as session:
        [gap] = session.query(ServerGap).all()
        assert (gap.since, gap.until) == (NOW + gaps.SERVER_AWAY, NOW + HOUR)
        assert session.get_one(WorkerBeat, NAME).at > NOW + HOUR
