"""Each station is told what it should do, in a plan that is signed, numbered and renewed."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec
from contract.errors import Refusal
from contract.messages import Release
from contract.reports import Ack, PlanHeld
from contract.states import AiringState, Class
from controller import bulletins, facts, planning, plans, verdict_ledger
from controller.model import Alarm, Outgoing, StationPlan, StationState
from controller.store import Store
from scheduler.patterns import Once
from scheduler.rules import Rule
from tests.controller.air import (
    AT_FIVE,
    FIVE,
    MINUTE,
    airings,
    approve,
    fleet,
    opened,
    plan_all,
    plan_of,
    register,
    statements_of,
)
from tests.controller.village import NOW, TODAY, OneKey, settle

DAY = timedelta(days=1)


def ack(session: Session, station: str, refused: Refusal | None = None) -> Ack:
    of = session.get_one(StationPlan, station).id
    return Ack(station=station, of=of, topic="plan", at=NOW, refused=refused)


def alarms(session: Session) -> list[str]:
    return list(session.scalars(select(Alarm.code).where(Alarm.cleared_at.is_(None))))


def test_a_station_gets_the_airings_of_the_areas_it_lies_in(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        (other,) = register(session, v.na_may)
        bulletin = approve(session, v, signer)
        assert plan_all(session, signer) == 2
        plan, elsewhere = plan_of(session, mine, signer), plan_of(session, other, signer)
        rows = airings(session)
    assert [item.airing for item in plan.items] == [row.id for row in rows]
    assert {item.release for item in plan.items} == {
        opened(Release, codec.encode(plan.releases[0]), signer).id
    }
    assert plan.areas == (v.suoi_may, v.zone, v.province)
    assert (plan.aud, plan.station, plan.seq, plan.epoch) == ((mine,), mine, 1, 1)
    assert plan.exp == NOW + planning.HORIZON
    (recording,) = plan.recordings
    assert recording.sha256 == bulletin.recording_sha256
    assert recording.path == f"media/{bulletin.recording_sha256}.ogg"
    assert elsewhere.items == elsewhere.recordings == elsewhere.releases == ()


def test_a_plan_that_would_say_the_same_is_not_made_again(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 2)
        approve(session, v, signer)
        assert plan_all(session, signer) == 2
        assert plan_all(session, signer) == 0
        # an airing that went by does not make it another plan
        assert plan_all(session, signer, FIVE + MINUTE) == 0


def test_a_change_makes_the_next_version_for_those_concerned(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        register(session, v.na_may)
        plan_all(session, signer)
        approve(session, v, signer)
        assert plan_all(session, signer) == 1
        assert plan_of(session, mine, signer).seq == 2


def test_a_plan_is_renewed_within_a_day(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        approve(session, v, signer)
        plan_all(session, signer)
        assert plan_all(session, signer, NOW + 20 * 60 * MINUTE - MINUTE) == 0
        assert plan_all(session, signer, NOW + DAY) == 1
        plan = plan_of(session, mine, signer)
    assert plan.exp == NOW + DAY + planning.HORIZON
    assert plan.items[0].starts_at == FIVE + DAY, "what is over is told no more"


def test_what_has_started_and_is_not_over_is_still_told(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        approve(session, v, signer, rule=AT_FIVE)
        (mine,) = register(session, v.suoi_may)
        planning.reconcile(session, fleet(session), NOW)
        (row,) = airings(session)
        row.state = AiringState.STARTED
        plans.renew(session, fleet(session), signer, FIVE + timedelta(milliseconds=500))
        assert [item.airing for item in plan_of(session, mine, signer).items] == [row.id]


def test_an_emergency_is_not_in_a_plan(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        approve(session, v, signer, cls=Class.EMERGENCY)
        plan_all(session, signer)
        assert plan_of(session, mine, signer).items == ()


def test_an_accepted_plan_is_not_sent_again(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        plan_all(session, signer)
        plans.answered(session, [ack(session, mine)], NOW)
        assert session.get_one(StationPlan, mine).accepted_at == NOW
        assert session.get_one(Outgoing, f"plan/{mine}").due_at is None


def test_an_answer_to_an_older_plan_changes_nothing(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        plan_all(session, signer)
        old = ack(session, mine)
        approve(session, v, signer)
        plan_all(session, signer)
        plans.answered(session, [old], NOW)
        assert session.get_one(StationPlan, mine).accepted_at is None


def test_a_refused_plan_is_an_alarm_until_one_is_accepted(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        plan_all(session, signer)
        plans.answered(session, [ack(session, mine, Refusal.UNSIGNED)], NOW)
        assert session.get_one(StationPlan, mine).refused == Refusal.UNSIGNED
        assert alarms(session) == [plans.REFUSED]
        plans.answered(session, [ack(session, mine)], NOW)
        assert alarms(session) == []


def test_a_plan_refused_by_a_wrong_clock_is_sent_again(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        plan_all(session, signer)
        plans.answered(session, [ack(session, mine, Refusal.NOT_YET_VALID)], NOW)
        assert alarms(session) == [plans.REFUSED]
        assert session.get_one(Outgoing, f"plan/{mine}").due_at is not None


def test_a_station_that_shows_an_older_plan_gets_the_newest_again(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        plan_all(session, signer)
        plans.answered(session, [ack(session, mine)], NOW)
        plans.shown(session, {mine: PlanHeld(epoch=1, version=1)}, NOW)
        assert session.get_one(Outgoing, f"plan/{mine}").due_at is None
        plans.shown(session, {mine: None}, NOW + MINUTE)
        assert session.get_one(Outgoing, f"plan/{mine}").due_at == NOW + MINUTE


def test_after_a_restored_backup_the_next_version_leaps_over_the_one_shown(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        plan_all(session, signer)
        held = PlanHeld(epoch=1, version=41)
        state = session.get_one(StationState, mine)
        state.plan_epoch, state.plan_version = 1, 41
        plans.shown(session, {mine: held}, NOW)
        assert plan_all(session, signer) == 1
        assert plan_of(session, mine, signer).seq == 42


def test_a_raised_epoch_makes_every_plan_again(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        plan_all(session, signer)
        plans.shown(session, {mine: PlanHeld(epoch=2, version=1)}, NOW)
        assert alarms(session) == ["epoch_behind"]
        facts.raise_epoch(session, NOW)
        facts.raise_epoch(session, NOW)
        assert plan_all(session, signer) == 1
        assert plan_of(session, mine, signer).epoch == 3


def test_a_plan_too_big_for_the_broker_covers_fewer_days(store: Store, monkeypatch: object) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        approve(session, v, signer)
        monkeypatch.setattr(plans, "PACKET_ROOM", 1_500)
        plan_all(session, signer)
        plan = plan_of(session, mine, signer)
        assert alarms(session) == [plans.TOO_BIG]
        assert 1 <= len(plan.items) < 10
        assert plan.exp < NOW + planning.HORIZON
        assert plan_all(session, signer) == 0, "and it is not made again for that"


def test_what_is_taken_back_at_the_last_moment_leaves_the_plan_though_it_has_started(
    store: Store,
) -> None:
    signer, soon = OneKey(), FIVE - timedelta(seconds=0.2)
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        bulletin = approve(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        assert len(plan_of(session, mine, signer).items) == 1
        bulletins.withdraw(session, v.officer, bulletin.id, bulletin.version, now=soon)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        plan_all(session, signer, FIVE)
        assert plan_of(session, mine, signer).items == ()


def test_no_plan_goes_out_that_the_broker_would_not_take(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        soon = Rule(pattern=Once(TODAY), times=(time(9, 1),))
        approve(session, v, signer, rule=soon)
        monkeypatch.setattr(plans, "PACKET_ROOM", 800)
        plan_all(session, signer)
        plan = plan_of(session, mine, signer)
    assert plan.items == ()


def test_a_thousand_stations_cost_no_query_each(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 60)
        approve(session, v, signer)
        statements = statements_of(session)
        plan_all(session, signer)
    assert len(statements) < 60
