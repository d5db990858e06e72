"""The inbox: what is normal from above sounds in a commune by its choice, and not without."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import AiringState, BulletinState, Class
from controller import bulletins, inbox, planning
from controller.content import rule_of
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Approval, Area, AuditLine, Bulletin
from controller.store import Store
from tests.controller.air import AT_FIVE, airings, approve, fleet, register
from tests.controller.village import NOW, OneKey, Village, settle


def from_above(session: Session, v: Village, **changes: object) -> Bulletin:
    """A bulletin approved in the khu vực, for all of it."""
    bulletin = approve(session, v, OneKey(), title="Tin khu vực", **changes)
    bulletin.area_id, bulletin.targets, bulletin.author_id = v.zone, [v.zone], v.staff.person_id
    session.flush()
    return bulletin


def plan(session: Session) -> list[list[str]]:
    """Where each airing of the plan sounds."""
    planning.reconcile(session, fleet(session), NOW)
    return [row.targets for row in airings(session, AiringState.PLANNED)]


def test_nothing_normal_from_above_sounds_without_the_choice_of_the_commune(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        elsewhere = register(session, v.na_may)
        bulletin = from_above(session, v, rule=AT_FIVE)
        assert plan(session) == []
        session.get_one(Area, v.na_may).inbox = False
        session.flush()
        assert plan(session) == [fleet(session).cover(frozenset(elsewhere))]  # type: ignore[arg-type]
        (item,) = inbox.waiting(session, v.officer, NOW)
        assert (item.bulletin.id, item.sender) == (bulletin.id, "Khu vực Thượng nguồn")
        assert inbox.waiting(session, v.stranger, NOW) == []


@pytest.mark.parametrize("cls", [Class.PRIORITY])
def test_a_priority_one_enters_by_itself(store: Store, cls: Class) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        from_above(session, v, cls=cls, rule=AT_FIVE)
        assert plan(session) == [[v.zone]]
        assert inbox.waiting(session, v.officer, NOW) == []


def test_the_communes_own_never_waits_for_a_choice(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, OneKey(), rule=AT_FIVE)
        assert plan(session) == [[v.suoi_may]]


def test_what_is_chosen_becomes_the_communes_own_and_waits_for_its_own_approval(
    store: Store,
) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = from_above(session, v)
        copy = inbox.take(session, v.officer, bulletin.id, v.suoi_may, now=NOW)
        assert (copy.area_id, list(copy.targets)) == (v.suoi_may, [v.suoi_may])
        assert (copy.text, rule_of(copy)) == (bulletin.text, rule_of(bulletin))
        assert copy.recording_sha256 == bulletin.recording_sha256
        assert (copy.state, copy.listened_at) == (BulletinState.READY, None)
        assert inbox.waiting(session, v.officer, NOW) == []
        with pytest.raises(WrongState):
            inbox.take(session, v.colleague, bulletin.id, v.suoi_may, now=NOW)
        (told,) = inbox.answers(session, bulletin.id)
        assert (told.copy_id, told.area) == (copy.id, "Xã Suối Mây")
        did = session.scalars(select(AuditLine.action).order_by(AuditLine.n.desc())).first()
        assert did == "bulletin.take"


def test_what_is_declined_says_why(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = from_above(session, v)
        with pytest.raises(Invalid):
            inbox.decline(session, v.officer, bulletin.id, v.suoi_may, " ", now=NOW)
        inbox.decline(session, v.officer, bulletin.id, v.suoi_may, "Không trồng lúa", now=NOW)
        assert inbox.waiting(session, v.officer, NOW) == []
        (told,) = inbox.chosen(session, v.officer, NOW)
        assert (told.reason, told.copy_id) == ("Không trồng lúa", None)
        with pytest.raises(WrongState):
            inbox.decline(session, v.officer, bulletin.id, v.suoi_may, "Nữa", now=NOW)


def test_a_bulletin_that_was_changed_above_waits_for_a_new_choice(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = from_above(session, v)
        inbox.decline(session, v.officer, bulletin.id, v.suoi_may, "Chưa rõ", now=NOW)
        old = session.scalars(select(Approval)).one()
        facts = {
            name: getattr(old, name)
            for name in ("bulletin_id", "content_hash", "decision", "person_id", "at", "release")
        }
        bulletins.void(session, bulletin, NOW)
        session.add(Approval(id="newer", **facts))
        session.flush()
        (item,) = inbox.waiting(session, v.officer, NOW)
        assert item.approval_id == "newer"


def test_nobody_chooses_for_another_commune_nor_from_above(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = from_above(session, v)
        session.get_one(Bulletin, bulletin.id).targets = [v.suoi_may]
        session.flush()
        for person in (v.stranger, v.staff, v.auditor):
            assert inbox.waiting(session, person, NOW) == []
            with pytest.raises(NotFound):
                inbox.take(session, person, bulletin.id, v.suoi_may, now=NOW)
        with pytest.raises(NotFound):
            inbox.take(session, v.stranger, bulletin.id, v.na_may, now=NOW)
        sound = str(bulletin.recording_sha256)
        assert inbox.may_hear(session, v.officer, sound, NOW)
        assert not inbox.may_hear(session, v.stranger, sound, NOW)


def test_what_is_over_does_not_wait_any_more(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = from_above(session, v, rule=AT_FIVE)
        late = NOW.replace(hour=23)
        assert inbox.waiting(session, v.officer, late) == []
        with pytest.raises(WrongState):
            inbox.take(session, v.officer, bulletin.id, v.suoi_may, now=late)
