"""What stations say about themselves: births, changes, wills and beats."""

from datetime import timedelta

import pytest

from contract.reports import Beat, OnAir, PlanHeld, State
from contract.states import Class
from controller import alarms, presence
from controller.model import Alarm, StationState
from controller.presence import is_stale
from controller.store import Store
from tests.controller.air import MINUTE, register
from tests.controller.village import NOW, settle

EARLIER = NOW - MINUTE


def state(station: str, **changes: object) -> State:
    facts = {"station": station, "boot": "boot-1", "online": True, "at": NOW, **changes}
    return State(**facts)  # type: ignore[arg-type]  # a test knows its types


def known(*, online: bool = True) -> StationState:
    return StationState(station_id="a", boot="boot-1", changed_at=NOW, online=online)


@pytest.mark.parametrize(
    ("changes", "stale"),
    [
        ({}, False),
        ({"at": EARLIER}, True),
        # a will carries the time of its connection
        ({"at": EARLIER, "online": False}, False),
        # the will of the boot before arrives after the new birth
        ({"at": EARLIER, "online": False, "boot": "boot-0"}, True),
        ({"at": EARLIER, "boot": "boot-0"}, True),
        ({"at": NOW + MINUTE, "online": False, "boot": "boot-2"}, False),
    ],
)
def test_the_newer_word_is_believed(changes: dict[str, object], stale: bool) -> None:
    assert is_stale(known(), state("a", **changes)) is stale


def test_a_box_that_starts_in_the_past_is_believed_once_it_was_gone() -> None:
    assert not is_stale(known(online=False), state("a", boot="boot-2", at=EARLIER))
    assert not is_stale(StationState(station_id="a"), state("a", at=EARLIER))


def test_a_birth_a_change_and_a_will(store: Store) -> None:
    on_air = OnAir(airing="x", cls=Class.NORMAL, started_at=NOW)
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        row = session.get_one(StationState, one)
        presence.take_states(session, [state(one, agent="0.1.0" * 20)], NOW)
        assert (row.online, row.boot, row.seen_at) == (True, "boot-1", NOW)
        held = PlanHeld(epoch=1, version=3)
        presence.take_states(session, [state(one, receivers="open")], NOW)
        assert row.receivers == "open"
        later = NOW + MINUTE
        presence.take_states(session, [state(one, at=later, plan=held, on_air=on_air)], later)
        assert (row.plan_epoch, row.plan_version) == (1, 3)
        assert row.on_air is not None
        assert row.on_air["airing"] == "x"
        presence.take_states(session, [state(one, online=False)], later + MINUTE)
        assert (row.online, row.on_air, row.seen_at) == (False, None, later)
        assert row.changed_at == later


def test_the_last_beat_of_a_batch_is_kept(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        beats = [
            Beat(
                station=station,
                at=NOW,
                uptime_s=1,
                free_bytes=10**12,
                recordings=2,
                volume=volume,
                underruns=0,
                rss_bytes=40_000_000,
            )
            for station, volume in ((one, 50), (two, 60), (one, 70))
        ]
        presence.take_beats(session, beats, NOW)
        session.expire_all()
        assert session.get_one(StationState, one).volume == 70
        assert session.get_one(StationState, two).volume == 60


def test_a_silent_station_is_an_alarm_until_it_is_back(store: Store) -> None:
    later = NOW + timedelta(minutes=6)
    with store.writing() as session:
        v = settle(session)
        one, never_seen = register(session, v.suoi_may, 2)
        presence.take_states(session, [state(one)], NOW)
        alarms.watch_stations(session, NOW + MINUTE)
        assert alarms.open_alarms(session) == []
        alarms.watch_stations(session, later)
        alarms.watch_stations(session, later + MINUTE)
        (alarm,) = alarms.open_alarms(session)
        assert (alarm.code, alarm.station_id, alarm.count) == (alarms.SILENT, one, 1)
        presence.seen(session, [one], later + MINUTE)
        alarms.watch_stations(session, later + MINUTE)
        assert alarms.open_alarms(session) == []
        assert session.query(Alarm).count() == 1
        assert never_seen != one
