"""An old notice is a new draft with the same sound, heard again before it is sent."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from contract.ids import new_id
from contract.states import AiringState, BulletinState, Class
from controller import bulletins
from controller.content import draft_of, rule_of, sound_of
from controller.errors import Invalid, NotFound
from controller.model import Airing, Approval, Bulletin, Decision
from controller.reuse import once_more, reuse, to_reuse
from controller.store import Store
from scheduler.rules import Rule, starts
from tests.controller.test_bulletins import ready
from tests.controller.village import DAILY, NOW, Village, settle

AHEAD = timedelta(minutes=10)
NEXT_WEEK = NOW + timedelta(days=7)


def approved(session: Session, v: Village, **changes: object) -> Bulletin:
    bulletin = ready(session, v)
    bulletin.state = BulletinState.APPROVED
    for name, value in changes.items():
        setattr(bulletin, name, value)
    session.flush()
    return bulletin


def broadcast(
    session: Session, v: Village, *, state: AiringState = AiringState.CLOSED, **changes: object
) -> Bulletin:
    bulletin = approved(session, v, **changes)
    approver = v.approver.person_id
    decision = Approval(
        id=new_id(NOW),
        bulletin_id=bulletin.id,
        content_hash="",
        decision=Decision.APPROVED,
        person_id=approver,
        at=NOW,
    )
    session.add(decision)
    session.flush()
    airing = Airing(
        id=new_id(NOW),
        bulletin_id=bulletin.id,
        approval_id=decision.id,
        recording_sha256=bulletin.recording_sha256,
        cls=Class.NORMAL,
        starts_at=NOW,
        ends_at=NOW + timedelta(minutes=1),
        targets=bulletin.targets,
        state=state,
    )
    session.add(airing)
    session.flush()
    return bulletin


def test_a_copy_has_the_same_sound_and_the_next_time_and_waits_to_be_heard(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        old = broadcast(session, v)
        copy = reuse(session, v.colleague, old.id, ahead=AHEAD, now=NEXT_WEEK)
        assert (copy.state, copy.author_id) == (BulletinState.READY, v.colleague.person_id)
        assert sound_of(copy) == sound_of(old)
        assert (copy.recording_sha256, copy.reading) == (old.recording_sha256, old.reading)
        assert draft_of(copy).targets == draft_of(old).targets
        start = starts(rule_of(copy), NOW, NEXT_WEEK + timedelta(days=9), ())
        assert start == [NEXT_WEEK.replace(hour=10, minute=0)]  # 17:00 in the village, that day
        with pytest.raises(Invalid, match="nghe hết"):
            bulletins.submit(session, v.colleague, copy.id, 1, acknowledged=(), now=NEXT_WEEK)


@pytest.mark.parametrize(
    "changes", [{"state": BulletinState.SUBMITTED}, {"cls": Class.EMERGENCY}, {"relay_source": "x"}]
)
def test_what_is_not_decided_and_what_has_its_own_road_is_not_reused(
    store: Store, changes: dict[str, object]
) -> None:
    with store.writing() as session:
        v = settle(session)
        old = broadcast(session, v, **changes)
        with pytest.raises(NotFound):
            reuse(session, v.officer, old.id, ahead=AHEAD, now=NEXT_WEEK)


def test_nobody_reuses_what_is_said_elsewhere(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        old = broadcast(session, v)
        for person in (v.stranger, v.auditor):
            with pytest.raises(NotFound):
                reuse(session, person, old.id, ahead=AHEAD, now=NEXT_WEEK)


@pytest.mark.parametrize(
    "state", [None, AiringState.PLANNED, AiringState.REFUSED, AiringState.CANCELLED]
)
def test_what_was_not_broadcast_is_neither_offered_nor_reused(
    store: Store, state: AiringState | None
) -> None:
    with store.writing() as session:
        v = settle(session)
        old = approved(session, v) if state is None else broadcast(session, v, state=state)
        assert to_reuse(session, v.officer, now=NEXT_WEEK, limit=3) == []
        with pytest.raises(NotFound):
            reuse(session, v.officer, old.id, ahead=AHEAD, now=NEXT_WEEK)


def test_what_was_broadcast_is_offered_to_who_may_write_for_all_its_places(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        here = broadcast(session, v, state=AiringState.STARTED)
        broadcast(session, v, cls=Class.EMERGENCY)
        wide = broadcast(session, v, targets=[v.suoi_may, v.na_may])
        assert to_reuse(session, v.colleague, now=NEXT_WEEK, limit=3) == [here]
        offered = to_reuse(session, v.staff, now=NEXT_WEEK, limit=3)
        assert {each.id for each in offered} == {here.id, wide.id}
        for person in (v.stranger, v.auditor, v.technician):
            assert to_reuse(session, person, now=NEXT_WEEK, limit=3) == []


@given(st.times(), st.timedeltas(timedelta(), timedelta(days=400)))
def test_the_new_time_is_the_first_that_is_not_gone(at: object, later: timedelta) -> None:
    rule = Rule(pattern=DAILY.pattern, times=(at,))  # type: ignore[arg-type]  # naive wall time
    now = NOW + later
    found = starts(once_more(rule, now), now, now + timedelta(days=1, seconds=1), ())
    assert found == starts(rule, now, now + timedelta(days=1), ())[:1]
