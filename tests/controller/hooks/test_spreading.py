"""What happens becomes messages: each once, to those who may see it, in their places only."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from contract.states import Cause, Class
from controller import alarms, bulletins, emergency, moving, orders, verdict_ledger
from controller.errors import Invalid
from controller.hooks import making, spreading
from controller.hooks.kinds import Kind
from controller.model import Hook, HookDelivery, HookEvent, Person
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
from tests.controller.air import report as reported
from tests.controller.hooks.office import hook, kinds, told
from tests.controller.village import NOW, OneKey, settle


def test_a_bulletin_is_followed_and_the_neighbours_hear_nothing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        ours, theirs = hook(session, v.officer, v.suoi_may), hook(session, v.stranger, v.na_may)
        above = hook(session, v.administrator, v.province)
        row = approve(session, v, OneKey())
        row = bulletins.withdraw(session, v.officer, row.id, row.version, now=NOW)
        wanted = ["bulletin.approved", "bulletin.submitted", "bulletin.withdrawn"]
        assert kinds(session, ours) == wanted == kinds(session, above)
        assert kinds(session, theirs) == []
        first = told(session, ours)[0]
    assert first["timestamp"] == "2026-11-23T02:00:00Z"
    assert first["data"] == {
        "bulletin_id": row.id,
        "area_id": v.suoi_may,
        "title": "Lịch tiêm chủng",
        "cls": 3,
        "targets": [v.suoi_may],
        "reason": "",
    }


def test_nothing_is_told_twice_and_nothing_of_before(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        approve(session, v, OneKey())
        ours = hook(session, v.officer, v.suoi_may)
        assert kinds(session, ours) == []
        approve(session, v, OneKey())
        once = kinds(session, ours)
        assert once == kinds(session, ours) == ["bulletin.approved", "bulletin.submitted"]
        later = hook(session, v.officer, v.suoi_may, name="Sau")
        session.execute(update(Hook).where(Hook.id == later.id).values(made_at=FIVE))
        session.expire_all()
        assert not spreading.is_work(session) or kinds(session, later) == []


def test_a_move_is_told_with_where_it_was(store: Store) -> None:
    with store.writing() as session:
        v, signer = settle(session), OneKey()
        register(session, v.suoi_may)
        ours = hook(session, v.officer, v.suoi_may, Kind.MOVED, Kind.CANCELLED)
        theirs = hook(session, v.stranger, v.na_may)
        approve(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        (airing,) = airings(session)
        six = FIVE + timedelta(hours=1)
        moving.move_once(session, v.approver, airing.id, six, signer=signer, now=NOW)
        orders.cancel(session, v.officer, airing.id, signer=signer, now=NOW)
        assert kinds(session, ours) == ["airing.cancelled", "airing.moved"]
        assert kinds(session, theirs) == []
        moved = next(each["data"] for each in told(session, ours) if each["data"]["was"])
    assert datetime.fromisoformat(moved["starts_at"]) == six
    assert datetime.fromisoformat(moved["was"]) == FIVE


def test_only_what_was_chosen_comes(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        ours = hook(session, v.officer, v.suoi_may, Kind.APPROVED)
        approve(session, v, OneKey())
        assert kinds(session, ours) == ["bulletin.approved"]


def test_verdicts_come_together_each_to_those_who_see_the_station(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        (far,) = register(session, v.na_may)
        above = hook(session, v.administrator, v.province, Kind.VERDICT)
        ours = hook(session, v.officer, v.suoi_may, Kind.VERDICT)
        theirs = hook(session, v.stranger, v.na_may, Kind.VERDICT)
        approve(session, v, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        take_report(session, reported(one, ended(airing)), FIVE)
        take_report(session, reported(two, ended(airing, 9_000, Cause.STOPPED)), FIVE)
        take_report(session, reported(one, ended(airing)), FIVE)  # the same line again
        assert kinds(session, ours, FIVE) == ["airing.verdict"] * 2
        assert kinds(session, theirs, FIVE) == []
        lines = [line for each in told(session, above) for line in each["data"]["verdicts"]]
    assert {line["station_id"]: line["verdict"] for line in lines} == {one: "aired", two: "partial"}
    assert {line["played_s"] for line in lines} == {1.0, 0.1875}
    assert far not in {line["station_id"] for line in lines}


def test_silence_is_an_event_of_its_own_and_the_servers_trouble_is_the_provinces(
    store: Store,
) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        above = hook(session, v.technician, v.province)
        ours = hook(session, v.officer, v.suoi_may)
        theirs = hook(session, v.stranger, v.na_may)
        for code, station in (("station_silent", one), ("mains", one), ("chore_failed", None)):
            alarms.sound_alarm(session, code, "Mất điện.", NOW, station)
            alarms.sound_alarm(session, code, "Mất điện.", NOW, station)  # counted, not new
        alarms.clear_alarms(session, "station_silent", [one], NOW)
        alarms.clear_alarm(session, "chore_failed", NOW)
        alarms.clear_alarm(session, "chore_failed", NOW)
        station = ["alarm.raised", "station.back", "station.silent"]
        assert kinds(session, ours) == station
        assert kinds(session, above) == sorted([*station, "alarm.raised", "alarm.cleared"])
        assert kinds(session, theirs) == []


def test_an_emergency_from_above_is_told_where_it_sounds(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        ours = hook(session, v.officer, v.suoi_may, Kind.EMERGENCY, Kind.ALL_CLEAR)
        theirs = hook(session, v.stranger, v.na_may)
        signer = OneKey()
        approve(session, v, signer, cls=Class.EMERGENCY)
        (airing,) = airings(session)
        emergency.all_clear(session, v.officer, airing.id, signer=signer, now=NOW)
        assert kinds(session, ours) == ["emergency.all_clear", "emergency.sounded"]
        assert kinds(session, theirs) == []
        assert {each["data"]["airing_id"] for each in told(session, ours)} == {airing.id}


def test_a_hook_ends_with_its_maker(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        ours = hook(session, v.officer, v.suoi_may)
        session.get_one(Person, v.officer.person_id).active = False
        approve(session, v, OneKey())
        assert kinds(session, ours) == []
        assert ours.stopped_at == NOW


def test_nothing_is_written_where_nobody_listens(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        alarms.sound_alarm(session, "x", "y", NOW)
        ours = hook(session, v.technician, v.province)
        making.stop(session, v.technician, ours.id, now=NOW)
        alarms.clear_alarm(session, "x", NOW)
        assert session.scalar(select(func.count()).select_from(HookEvent)) == 0
        assert not spreading.is_work(session)


def test_a_fact_that_is_taken_back_was_never_told(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        hook(session, v.technician, v.province)

    def fail() -> None:
        with store.writing() as session:
            alarms.sound_alarm(session, "x", "y", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.writing() as session:
        spreading.spread(session, NOW)
        assert session.scalar(select(func.count()).select_from(HookDelivery)) == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Đặt tên"),
        ({"url": "http://a.vn/"}, "https://"),
        ({"kinds": ()}, "Chọn ít nhất một việc"),
        ({"kinds": (Kind.TEST,)}, "Chọn ít nhất một việc"),
        ({"area_id": "na_may"}, "không được xem"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    store: Store, changes: dict[str, object], words: str
) -> None:
    with store.writing() as session:
        v = settle(session)
        if "area_id" in changes:
            changes = {"area_id": v.na_may}
        facts = {"name": "A", "area_id": v.suoi_may, "url": "https://a.vn/", "kinds": (Kind.BACK,)}
        wanted = making.Wanted(**{**facts, **changes})  # type: ignore[arg-type]  # a test knows
        with pytest.raises(Invalid) as caught:
            making.make(session, v.officer, wanted, frozenset(), now=NOW)
    assert any(words in each.message for each in caught.value.problems)
