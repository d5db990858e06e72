"""Targets are frozen at the start, and each of them gets exactly one verdict."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.reports import Started
from contract.states import AiringState, Cause, Class, Verdict
from controller import verdict_ledger
from controller.model import Airing, Alarm, StationVerdict
from controller.store import Store
from tests.controller.air import (
    AT_FIVE,
    FIVE,
    airings,
    approve,
    ended,
    fleet,
    plan_all,
    register,
    take_report,
)
from tests.controller.air import report as told
from tests.controller.village import NOW, OneKey, Village, settle


def planned(session: Session, v: Village) -> Airing:
    approve(session, v, OneKey(), rule=AT_FIVE)
    plan_all(session, OneKey())
    (airing,) = airings(session)
    return airing


def verdicts(session: Session) -> dict[str, str]:
    query = select(StationVerdict).execution_options(populate_existing=True)
    return {row.station_id: row.verdict for row in session.scalars(query)}


def alarms(session: Session) -> list[str]:
    return list(session.scalars(select(Alarm.code).order_by(Alarm.id)))


def test_targets_are_those_of_the_moment_of_the_start(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        airing = planned(session, v)
        assert not verdict_ledger.is_work(session, NOW)
        verdict_ledger.start_due(session, fleet(session), NOW)
        assert airing.state == AiringState.PLANNED
        verdict_ledger.start_due(session, fleet(session), FIVE)
        register(session, v.suoi_may)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        assert verdicts(session) == dict.fromkeys([one, two], Verdict.PENDING)
    assert airing.state == AiringState.STARTED


def test_an_airing_is_closed_when_the_last_verdict_is_in(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        airing = planned(session, v)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        take_report(session, told(one, ended(airing)), FIVE)
        assert not verdict_ledger.is_work(session, FIVE), "a station that is away makes none"
        verdict_ledger.close_done(session)
        assert airing.state == AiringState.STARTED
        take_report(session, told(two, ended(airing, 9_000, Cause.STOPPED)), FIVE)
        verdict_ledger.close_done(session)
        assert verdicts(session) == {one: Verdict.AIRED, two: Verdict.PARTIAL}
        row = session.get_one(StationVerdict, (airing.id, two))
        assert (row.cause, row.played_samples, row.evidence) == (Cause.STOPPED, 9_000, "L0")
    assert airing.state == AiringState.CLOSED


def test_an_airing_without_stations_is_closed_at_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        airing = planned(session, v)
        airing.targets = [v.na_may]
        verdict_ledger.start_due(session, fleet(session), FIVE)
        verdict_ledger.close_done(session)
    assert airing.state == AiringState.CLOSED


def test_a_second_end_changes_no_verdict_and_is_an_alarm(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        airing = planned(session, v)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        lines = [ended(airing, 0, Cause.POWER), ended(airing)]
        take_report(session, told(one, *lines), FIVE)
        assert verdicts(session) == {one: Verdict.MISSED}
        assert alarms(session) == ["second_verdict"]


def test_an_end_told_before_we_noticed_the_start_counts(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        airing = planned(session, v)
        take_report(session, told(one, ended(airing)), NOW)
        assert verdicts(session) == {}
        verdict_ledger.start_due(session, fleet(session), FIVE)
        assert verdicts(session) == {one: Verdict.AIRED}
        assert alarms(session) == []


def start_of(airing: Airing) -> Started:
    return Started(
        airing=airing.id,
        bulletin=airing.bulletin_id,
        recording=airing.recording_sha256,
        cls=Class.NORMAL,
        planned_at=FIVE,
        from_sample=0,
    )


@pytest.mark.parametrize("first", ["the station begins", "we notice the start"])
def test_a_station_that_began_is_seen_to_play(store: Store, first: str) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        airing = planned(session, v)
        if first == "the station begins":
            take_report(session, told(one, start_of(airing)), FIVE)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        if first != "the station begins":
            take_report(session, told(one, start_of(airing)), FIVE)
        session.expire_all()
        row = session.get_one(StationVerdict, (airing.id, one))
        assert (row.started_at, row.verdict) == (NOW, Verdict.PENDING)


def test_what_sounded_where_it_should_not_is_an_alarm_and_what_was_silent_is_not(
    store: Store,
) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        (other,) = register(session, v.na_may)
        airing = planned(session, v)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        silent = ended(airing, 0, Cause.CANCELLED)
        take_report(session, told(other, silent), FIVE)
        assert alarms(session) == []
        take_report(session, told(other, ended(airing), first=2), FIVE)
        assert alarms(session) == ["stray_airing"]
        assert other not in verdicts(session)


def test_ten_days_of_silence_are_unverified_until_the_station_speaks(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        airing = planned(session, v)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        verdict_ledger.give_up_silent(session, FIVE + verdict_ledger.SILENCE)
        assert verdicts(session) == {one: Verdict.PENDING}
        later = FIVE + verdict_ledger.SILENCE + timedelta(seconds=1)
        verdict_ledger.give_up_silent(session, later)
        verdict_ledger.close_done(session)
        assert verdicts(session) == {one: Verdict.UNVERIFIED}
        take_report(session, told(one, ended(airing)), later)
        assert verdicts(session) == {one: Verdict.AIRED}
    assert airing.state == AiringState.CLOSED
