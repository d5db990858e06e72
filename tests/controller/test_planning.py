"""The airing table follows the approvals."""

from datetime import time, timedelta

from sqlalchemy import select

from contract.states import AiringState, Class
from controller import bulletins, planning
from controller.alarms import open_alarms
from controller.model import Approval, AreaWindow
from controller.preview import preview
from controller.store import Store
from scheduler.patterns import Once
from scheduler.rules import Rule
from tests.controller.air import AT_FIVE, FIVE, MINUTE, airings, approve, fleet, plan_all, register
from tests.controller.village import NOW, TODAY, OneKey, settle


def test_an_approved_daily_bulletin_is_planned_for_ten_days(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 2)
        bulletin = approve(session, v, OneKey())
        planning.reconcile(session, fleet(session), NOW)
        rows = airings(session)
    assert [row.starts_at for row in rows] == [FIVE + timedelta(days=n) for n in range(10)]
    assert {row.bulletin_id for row in rows} == {bulletin.id}
    assert all(row.targets == [v.suoi_may] for row in rows), "one row for all stations"


def test_planning_again_changes_nothing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 2)
        approve(session, v, OneKey())
        planning.reconcile(session, fleet(session), NOW)
        before = [(row.id, row.state, row.targets) for row in airings(session)]
        planning.reconcile(session, fleet(session), NOW)
        planning.reconcile(session, fleet(session), NOW + MINUTE)
        assert [(row.id, row.state, row.targets) for row in airings(session)] == before


def test_what_is_edited_after_approval_is_cancelled_ahead_and_kept_behind(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        bulletin = approve(session, v, OneKey())
        planning.reconcile(session, fleet(session), NOW)
        later = FIVE + 2 * MINUTE
        airings(session)[0].state = AiringState.STARTED
        bulletins.edit(
            session, v.officer, bulletin.id, bulletin.version, v.draft(title="Khác"), now=later
        )
        planning.reconcile(session, fleet(session), later)
        states = [row.state for row in airings(session)]
    assert states == [AiringState.STARTED] + [AiringState.CANCELLED] * 9


def test_a_withdrawn_bulletin_leaves_the_air(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        bulletin = approve(session, v, OneKey(), rule=AT_FIVE)
        planning.reconcile(session, fleet(session), NOW)
        bulletins.withdraw(session, v.officer, bulletin.id, bulletin.version, now=NOW)
        planning.reconcile(session, fleet(session), NOW)
        (row,) = airings(session)
    assert row.state == AiringState.CANCELLED
    assert row.reason == planning.VOIDED


def test_what_the_windows_do_not_permit_is_refused_with_a_reason_and_may_come_back(
    store: Store,
) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, OneKey(), rule=AT_FIVE)
        planning.reconcile(session, fleet(session), NOW)
        session.add(AreaWindow(area_id=v.suoi_may, start="05:30", end="06:30"))
        session.flush()
        planning.reconcile(session, fleet(session), NOW)
        (row,) = airings(session)
        assert row.state == AiringState.REFUSED
        assert row.reason
        session.query(AreaWindow).filter_by(area_id=v.suoi_may).delete()
        planning.reconcile(session, fleet(session), NOW)
        assert (row.state, row.reason) == (AiringState.PLANNED, "")


def test_an_airing_that_only_some_stations_may_hear_targets_those(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 2)
        register(session, v.na_may, 2)
        session.add(AreaWindow(area_id=v.na_may, start="05:30", end="06:30"))
        session.flush()
        bulletin = approve(session, v, OneKey(), rule=AT_FIVE)
        bulletin.targets = [v.zone]
        planning.reconcile(session, fleet(session), NOW)
        (row,) = airings(session)
    assert (row.state, row.targets) == (AiringState.PLANNED, [v.suoi_may])
    assert row.reason, "it says who does not hear it"


def test_two_at_the_same_time_are_heard_one_after_the_other(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        signer = OneKey()
        for title in ("Một", "Hai"):
            approve(session, v, signer, rule=AT_FIVE, title=title, cls=Class.PRIORITY)
        planning.reconcile(session, fleet(session), NOW)
        first, second = airings(session)
    assert (first.starts_at, second.starts_at) == (FIVE, first.ends_at)


def test_an_approval_that_cannot_be_read_keeps_nobody_else_off_the_air(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        signer = OneKey()
        broken = approve(session, v, signer, rule=AT_FIVE)
        broken.rule = {"kind": "weird"}
        approve(session, v, signer, rule=Rule(pattern=Once(TODAY), times=(time(18, 0),)))
        plan_all(session, signer)
        (row,) = airings(session)
    assert row.starts_at == FIVE + 60 * MINUTE


def test_targets_are_said_with_the_fewest_names(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        (other,) = register(session, v.na_may)
        found = fleet(session)
    assert found.cover(frozenset({one, two, other})) in ([v.province], [v.zone])
    assert found.cover(frozenset({one, two})) == [v.suoi_may]
    assert sorted(found.cover(frozenset({one, other}))) == sorted([v.na_may, one])
    assert found.cover(frozenset()) == []


def test_a_page_that_looks_at_what_is_planned_changes_nothing(store: Store) -> None:
    """An approval that cannot be read is the planner's to tell; a page only looks."""
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 1)
        broken = approve(session, v, OneKey())
        approved = session.scalars(select(Approval).where(Approval.bulletin_id == broken.id)).one()
        approved.release = b"{}"
    with store.reading() as session:
        preview(session, v.officer, v.draft(), now=NOW)
        assert open_alarms(session) == []
    with store.writing() as session:
        planning.reconcile(session, fleet(session), NOW)
        assert [alarm.code for alarm in open_alarms(session)] == ["unplannable"]
