"""What waits is told before its start is lost, once; what was lost is put off with one tap."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from contract.states import BulletinState, Class
from controller import approval, bulletins, shifting
from controller.alarms import open_alarms
from controller.chores import Chores
from controller.content import content_hash, rule_of
from controller.errors import ContentChanged, NotFound, WrongState
from controller.model import AuditLine
from controller.reminding import LOST, remind
from controller.store import Store
from scheduler.calendar import ZONE
from scheduler.patterns import Once
from tests.controller.test_approval import ONCE, submitted
from tests.controller.test_waiting import AT_FIVE, MINUTE
from tests.controller.village import DAILY, NOW, OneKey, settle

REMINDERS = (60, 15)
AFTER = AT_FIVE + MINUTE


def test_each_reminder_is_told_once_and_the_loss_too(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v, rule=ONCE)

        def told(before_min: int) -> list[tuple[str, int]]:
            at = AT_FIVE - before_min * MINUTE
            return [(news.kind, news.minutes) for news in remind(session, at, REMINDERS)]

        assert [told(minutes) for minutes in (90, 60, 40, 14, 13)] == [
            [],
            [("soon", 60)],
            [],
            [("soon", 15)],
            [],
        ]
        assert told(-1) == [("lost", 0)]
        assert told(-2) == []
        assert [alarm.code for alarm in open_alarms(session)] == [LOST]
        (line,) = session.scalars(select(AuditLine).where(AuditLine.action == "bulletin.slot_lost"))
        assert (line.object_id, line.person_id) == (bulletin.id, None)
        assert (line.after or {})["start"] == "17:00 23/11/2026"


def test_what_comes_again_each_day_is_reminded_each_day(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        submitted(session, v, rule=DAILY)
        for day in range(3):
            start = AT_FIVE + timedelta(days=day)
            assert [n.start for n in remind(session, start - 9 * MINUTE, REMINDERS)] == [start]
            assert [n.kind for n in remind(session, start + MINUTE, REMINDERS)] == ["lost"]
        assert open_alarms(session) == []  # it is heard tomorrow


def test_an_emergency_and_what_is_decided_are_not_reminded_of(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        submitted(session, v, cls=Class.EMERGENCY)
        done = submitted(session, v, rule=ONCE)
        approval.approve(session, v.approver, done.id, content_hash(done), signer=OneKey(), now=NOW)
        assert remind(session, AT_FIVE - MINUTE, REMINDERS) == []


@pytest.mark.parametrize("who", ["officer", "approver"])
def test_a_lost_one_goes_into_the_next_slot_and_still_waits(store: Store, who: str) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v, rule=ONCE)
        seen = content_hash(bulletin)
        remind(session, AFTER, REMINDERS)
        start = shifting.shift(session, getattr(v, who), bulletin.id, now=AFTER)
        assert start == AT_FIVE + 15 * MINUTE  # the village's hours are all day
        assert bulletin.state == BulletinState.SUBMITTED
        assert rule_of(bulletin).pattern == Once(start.astimezone(ZONE).date())
        assert bulletin.slot_lost_at == AT_FIVE
        remind(session, AFTER, REMINDERS)
        assert open_alarms(session) == []
        with pytest.raises(ContentChanged):
            approval.approve(session, v.approver, bulletin.id, seen, signer=OneKey(), now=AFTER)
        approval.approve(
            session, v.approver, bulletin.id, content_hash(bulletin), signer=OneKey(), now=AFTER
        )


def test_the_alarm_ends_when_nothing_lost_waits_any_more(store: Store) -> None:
    chores = Chores(store, OneKey())
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v, rule=ONCE)
        bulletin_id, version = bulletin.id, bulletin.version
    chores.remind(AFTER)
    with store.writing() as session:
        assert [alarm.code for alarm in open_alarms(session)] == [LOST]
        bulletins.withdraw(session, v.officer, bulletin_id, version, now=AFTER)
    chores.remind(AFTER)
    with store.reading() as session:
        assert open_alarms(session) == []


def test_nobody_shifts_what_is_not_lost_or_not_theirs(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        once, daily = submitted(session, v, rule=ONCE), submitted(session, v, rule=DAILY)
        for stranger in (v.stranger, v.auditor, v.technician):
            with pytest.raises(NotFound):
                shifting.shift(session, stranger, once.id, now=AFTER)
        for bulletin_id, now in ((once.id, NOW), (daily.id, AFTER)):
            with pytest.raises(WrongState):
                shifting.shift(session, v.officer, bulletin_id, now=now)
        bulletins.withdraw(session, v.officer, once.id, once.version, now=AFTER)
        with pytest.raises(WrongState):
            shifting.shift(session, v.officer, once.id, now=AFTER)
