"""The list of stations: counted in the database as one would count by hand."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from controller import station_list
from controller.alarms import clear_alarms, sound_alarm
from controller.errors import NotFound
from controller.model import Station, StationState
from controller.store import Store
from tests.controller.air import register
from tests.controller.village import NOW, Village, settle

HEARD = {
    "now": (True, NOW - timedelta(seconds=30)),
    "beats missed": (True, NOW - timedelta(minutes=3)),
    "said good-bye": (False, NOW - timedelta(seconds=30)),
    "never": (False, None),
}


@pytest.fixture
def village(store: Store) -> Village:
    """Forty stations in two communes, each heard in one of four ways."""
    rng = random.Random(7)
    with store.writing() as session:
        made = settle(session)
        register(session, made.suoi_may, 25)
        register(session, made.na_may, 15)
        for state in session.scalars(select(StationState)):
            state.online, state.seen_at = HEARD[rng.choice(list(HEARD))]
    return made


def test_counts_are_those_of_a_count_by_hand(store: Store, village: Village) -> None:
    with store.reading() as session:
        inside = station_list.within(session, village.technician, "", NOW)
        found = {
            one.id: (one.whole, one.silent)
            for one in station_list.counted(session, inside, NOW, station_list.counts(session, NOW))
        }
        whole: Counter[str] = Counter()
        silent: Counter[str] = Counter()
        query = select(Station, StationState).join(StationState)
        for station, state in session.execute(query):
            whole[station.area_id] += 1
            silent[station.area_id] += (state.online, state.seen_at) != HEARD["now"]
    assert found == {area: (whole[area], silent[area]) for area in whole}
    assert found[village.suoi_may][0] == 25


def test_the_silent_come_first_and_alone_when_asked(store: Store, village: Village) -> None:
    with store.reading() as session:
        inside = station_list.within(session, village.technician, "", NOW)
        every = station_list.first(session, inside, NOW, 100)
        watched = station_list.watched(session, NOW)
        broken = station_list.these(session, [one.id for one in watched if one.silent])
    assert [row[0].id for row in every[: len(broken)]] == [row[0].id for row in broken]
    assert len(every) == 40
    assert all((s.online, s.seen_at) != HEARD["now"] for _, s, _ in broken)
    assert all((s.online, s.seen_at) == HEARD["now"] for _, s, _ in every[len(broken) :])


def test_what_troubles_itself_or_has_an_alarm_is_to_be_looked_at(
    store: Store, village: Village
) -> None:
    with store.writing() as session:
        for state in session.scalars(select(StationState)):
            state.online, state.seen_at, state.troubles = True, NOW, []
        first, second, third = session.scalars(select(StationState).limit(3))
        first.troubles, third.troubles = ["disk"], None
        ids = (first.station_id, second.station_id)
        sound_alarm(session, "health_disk", "Thẻ nhớ sắp đầy.", NOW, second.station_id)
        sound_alarm(session, "plan_refused", "Hết hạn.", NOW, third.station_id)
        clear_alarms(session, "plan_refused", [third.station_id], NOW)
    with store.reading() as session:
        found = station_list.watched(session, NOW)
    assert {one.id for one in found} == set(ids)
    assert not any(one.silent for one in found)


def test_only_of_places_within_reach(store: Store, village: Village) -> None:
    with store.reading() as session:
        mine = station_list.within(session, village.officer, "", NOW)
        assert {row[2].id for row in station_list.first(session, mine, NOW, 100)} == {
            village.suoi_may
        }
        with pytest.raises(NotFound):
            station_list.within(session, village.stranger, village.suoi_may, NOW)
