"""The tally says what the ledger says, after any history, on both ways of counting."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from importlib import import_module

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from contract.reports import Ended, Started
from contract.states import Cause, Class, Verdict
from controller import tally, verdict_ledger
from controller.model import Airing, Station, StationVerdict, Tally
from controller.store import Store
from controller.store.migrations import versions
from scheduler.patterns import Daily
from scheduler.rules import Rule
from tests.controller.air import FIVE, airings, approve, fleet, plan_all, register
from tests.controller.air import ended as told
from tests.controller.village import OneKey, settle

DAY = timedelta(days=1)
DAILY = Rule(pattern=Daily(), times=(FIVE.time(),))
Counted = dict[tuple[str, str, str, str], tuple[int, int, int, int]]


class Away(Exception):
    """Leaves a transaction without a trace."""


ENDS = st.tuples(
    st.integers(0, 1),  # which airing
    st.integers(0, 3),  # which station
    st.sampled_from(Cause),
    st.integers(0, 48_000),
    st.sampled_from([0, 59, 60, 300]),  # how late it began, in seconds
    st.sampled_from([None, 0, 24_000]),  # silent samples of a relay
)
STEPS = st.one_of(
    st.just("start"),
    st.just("began"),
    st.just("give up"),
    st.lists(ENDS, min_size=1, max_size=4),
)


def ledger(session: Session) -> Counted:
    """Every verdict counted anew, in Python."""
    session.expire_all()
    sums: dict[tuple[str, str, str, str], Counter[str]] = {}
    query = (
        select(StationVerdict, Station.area_id, Airing)
        .join(Station, Station.id == StationVerdict.station_id)
        .join(Airing, Airing.id == StationVerdict.airing_id)
    )
    for row, area, airing in session.execute(query):
        one = sums.setdefault((airing.id, area, row.verdict, row.cause or ""), Counter())
        heard = row.verdict in ("aired", "partial")
        begun = row.started_at or row.planned_at
        one["n"] += 1
        one["late"] += heard and begun - row.planned_at >= timedelta(seconds=60)
        one["ms"] += round((airing.ends_at - airing.starts_at).total_seconds() * 1000)
        one["heard"] += (row.played_samples - (row.silent_samples or 0)) if heard else 0
    return {key: (one["n"], one["late"], one["ms"], one["heard"]) for key, one in sums.items()}


def tallied(session: Session) -> Counted:
    rows = session.scalars(select(Tally).execution_options(populate_existing=True))
    return {
        (row.airing_id, row.area_id, row.verdict, row.cause): (
            row.stations,
            row.late,
            row.asked_ms,
            row.played_samples,
        )
        for row in rows
    }


def end(airing: Airing, cause: Cause, played: int, late_s: int, silent: int | None) -> Ended:
    line = told(airing, played, cause)
    if line.started_at is not None:
        line = structs.replace(line, started_at=line.started_at + timedelta(seconds=late_s))
    return line if silent is None else structs.replace(line, silent_samples=min(silent, played))


def begun(airing: Airing) -> Started:
    return Started(
        airing=airing.id,
        bulletin=airing.bulletin_id,
        recording=airing.recording_sha256,
        cls=Class(airing.cls),
        planned_at=airing.starts_at,
        from_sample=0,
    )


def settled(session: Session) -> tuple[list[str], list[Airing]]:
    """Four stations in two communes, and two daily airings of both that have not begun."""
    v = settle(session)
    stations = register(session, v.suoi_may, 3) + register(session, v.na_may, 1)
    approve(session, v, OneKey(), rule=DAILY)
    plan_all(session, OneKey())
    found = airings(session)[:2]
    for each in found:
        each.targets = [v.zone]
    session.flush()
    return stations, found


def replay(session: Session, steps: list[object]) -> None:
    """Six days lie between two steps, so that what is never told is given up."""
    stations, due = settled(session)
    now = FIVE
    for step in steps:
        if step == "start":
            verdict_ledger.start_due(session, fleet(session, now), now)
        elif step == "began":
            lately = [(station, begun(due[0]), now + DAY) for station in stations[:2]]
            verdict_ledger.began(session, lately)
        elif step == "give up":
            verdict_ledger.give_up_silent(session, now)
        elif isinstance(step, list):
            lines = [(stations[s], end(due[a], *rest)) for a, s, *rest in step]
            verdict_ledger.apply(session, lines, now)
        assert tallied(session) == ledger(session)
        now += 6 * DAY


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, max_size=12))
def test_after_any_history_the_tally_is_the_ledger(store: Store, steps: list[object]) -> None:
    with suppress(Away), store.writing() as session:
        replay(session, steps)
        raise Away


def test_what_is_there_before_the_step_is_counted_by_it(store: Store) -> None:
    step = import_module(f"{versions.__name__}.0025_tally")
    with store.writing() as session:
        stations, due = settled(session)
        verdict_ledger.start_due(session, fleet(session), FIVE + DAY)
        lines = [
            (stations[0], end(due[0], Cause.FINISHED, 48_000, 60, None)),
            (stations[1], end(due[0], Cause.FINISHED, 48_000, 59, 24_000)),
            (stations[2], end(due[1], Cause.POWER, 0, 0, None)),
        ]
        verdict_ledger.apply(session, lines, FIVE)
        before = tallied(session)
        session.execute(delete(Tally))
        session.execute(text(step._count(session.get_bind().dialect.name)))
        assert tallied(session) == before == ledger(session)


def test_what_was_not_heard_counts_for_nothing() -> None:
    row = StationVerdict(
        verdict=Verdict.UNVERIFIED, planned_at=FIVE, started_at=FIVE + DAY, played_samples=48_000
    )
    assert tally.standing(row) == tally.UNVERIFIED
