"""How stations are: thresholds that do not flutter, samples that do not grow, alarms that clear."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contract.reports import Beat, Machine, Modem, Senses, State
from controller import presence, samples
from controller.alarms import open_alarms
from controller.model import Alarm, StationSample, StationState
from controller.station_ills import RULES, Limit, ills
from controller.store import Store
from tests.controller.air import MINUTE, register, statements_of
from tests.controller.village import NOW, settle


def beat(station: str = "a", **more: object) -> Beat:
    facts = {
        "station": station,
        "at": NOW,
        "uptime_s": 1,
        "free_bytes": 10**10,
        "recordings": 2,
        "volume": 80,
        "underruns": 0,
        "rss_bytes": 40_000_000,
        **more,
    }
    return Beat(**facts)  # type: ignore[arg-type]  # a test knows its types


def hot(celsius: float) -> Beat:
    return beat(machine=Machine(cpu_c=celsius))


WRONG = {
    "health_mains": beat(senses=Senses(mains=False)),
    "health_battery": beat(senses=Senses(battery_v=22.8)),  # two of 12 V
    "health_interlock": beat(senses=Senses(interlock_closed=False)),
    "health_disk": beat(free_bytes=50_000_000),
    "health_wear": beat(machine=Machine(wear_percent=90)),
    "health_cpu": hot(85),
    "health_cabinet": beat(senses=Senses(temperature_c=71)),
    "health_memory": beat(machine=Machine(memory_free_bytes=20_000_000)),
    "health_load": beat(machine=Machine(load=4.0)),
    "health_papers": beat(machine=Machine(papers_end_at=NOW + timedelta(days=20))),
    "health_clock": beat(clock_offset_ms=-3_000, clock_uncertainty_ms=100),
    "health_modem": beat(modem=Modem(answers=False)),
    "health_sim": beat(modem=Modem(answers=True, sim="SIM PIN")),
    "health_network": beat(modem=Modem(answers=True, network="denied")),
    "health_signal": beat(modem=Modem(answers=True, dbm=-109)),
    "health_door": beat(senses=Senses(door_open=True)),
}


@pytest.mark.parametrize("code", RULES)
def test_each_fault_is_told_alone_with_what_to_do(code: str) -> None:
    found = ills(WRONG[code], ())
    assert list(found) == [code]
    assert "{" not in found[code]
    assert RULES[code].do.endswith(".")


def test_a_station_that_is_well_and_one_that_tells_nothing_have_no_ills() -> None:
    well = beat(
        machine=Machine(memory_free_bytes=10**9, load=0.1, cpu_c=50, wear_percent=10),
        modem=Modem(answers=True, sim="READY", network="home", dbm=-85),
        senses=Senses(mains=True, battery_v=12.8, temperature_c=40, door_open=False),
        clock_offset_ms=20,
    )
    assert ills(well, ()) == ills(beat(), RULES) == ills(well, RULES) == {}


def test_an_offset_that_may_be_the_networks_is_no_wrong_clock() -> None:
    assert not ills(beat(clock_offset_ms=3_000, clock_uncertainty_ms=2_500), ())


def test_heat_is_over_only_when_it_is_well_below() -> None:
    assert "health_cpu" not in ills(hot(79.9), ())
    assert "health_cpu" in ills(hot(80), ())
    assert "health_cpu" in ills(hot(72.1), {"health_cpu"})
    assert "health_cpu" not in ills(hot(72), {"health_cpu"})


@given(st.lists(st.floats(60, 90), min_size=1, max_size=60))
def test_whatever_the_heat_does_it_changes_only_across_the_whole_gap(heat: list[float]) -> None:
    limit = RULES["health_cpu"]
    assert isinstance(limit, Limit)
    known: frozenset[str] = frozenset()
    for celsius in heat:
        before, known = known, frozenset(ills(hot(celsius), known))
        if known > before:
            assert celsius >= limit.ill
        if known < before:
            assert celsius <= limit.well


def codes(session: Session) -> list[str]:
    session.flush()
    return sorted(alarm.code for alarm in open_alarms(session))


def test_an_alarm_is_raised_once_and_cleared_when_it_is_well(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        ill = beat(one, machine=Machine(cpu_c=85), senses=Senses(door_open=True))
        presence.take_beats(session, [ill, beat(two)], NOW)
        presence.take_beats(session, [ill, beat(two)], NOW + MINUTE)
        assert codes(session) == ["health_cpu", "health_door"]
        assert {alarm.count for alarm in open_alarms(session)} == {1}
        presence.take_beats(session, [beat(one, machine=Machine(cpu_c=75))], NOW + 2 * MINUTE)
        assert codes(session) == ["health_cpu"]
        presence.take_beats(session, [beat(one, machine=Machine(cpu_c=60))], NOW + 3 * MINUTE)
        assert codes(session) == []
        assert session.scalar(select(func.count()).select_from(Alarm)) == 2


def test_a_cut_of_the_mains_in_a_district_costs_as_many_questions_as_in_one_place(
    store: Store,
) -> None:
    with store.writing() as session:
        v = settle(session)
        names = register(session, v.suoi_may, 9)
        asked = statements_of(session)
        costs = []
        for some in (names[:1], names[1:]):
            asked.clear()
            cut = [beat(name, senses=Senses(mains=False)) for name in some]
            presence.take_beats(session, cut, NOW)
            costs.append(len(asked))
        assert costs[0] == costs[1]
        assert codes(session) == ["health_mains"] * 9


def test_samples_are_ten_minutes_apart_and_never_more_than_two_days(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        for minute in range(0, 60, 2):
            presence.take_beats(
                session, [beat(one, machine=Machine(cpu_c=minute))], NOW + minute * MINUTE
            )
        found = samples.latest(session, one, NOW + 60 * MINUTE)
        assert [row.figures["cpu_c"] for row in found] == [0, 10, 20, 30, 40, 50]
        for round_ in range(1, 300):
            later = NOW + 60 * MINUTE + round_ * samples.EVERY
            presence.take_beats(session, [beat(one)], later)
        count = select(func.count()).select_from(StationSample)
        assert session.scalar(count) == samples.SLOTS
        session.expire_all()
        found = samples.latest(session, one, later)
        assert len(found) == 144
        assert found[-1].at == later


def test_the_newest_beat_and_troubles_are_kept(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        told = beat(one, root_version=3, modem=Modem(answers=True, operator="Viettel"))
        presence.take_beats(session, [told], NOW)
        state = State(station=one, boot="b", online=True, at=NOW, troubles=("disk", "rig"))
        presence.take_states(session, [state], NOW)
        session.expire_all()
        row = session.get_one(StationState, one)
        assert row.troubles == ["disk", "rig"]
        assert row.telemetry is not None
        assert row.telemetry["modem"] == {"answers": True, "operator": "Viettel"}
        assert row.telemetry["root_version"] == 3
