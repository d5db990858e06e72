"""A second person decides about exactly what they heard."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from contract import codec, signing
from contract.messages import Envelope, Release
from contract.states import BulletinState, Class
from contract.trust import Role, RoleKeys, Trust, public_text
from controller import approval, bulletins
from controller.content import content_hash
from controller.errors import ContentChanged, Invalid, NotFound, OwnBulletin, WrongState
from controller.model import Airing, Approval, Bulletin, Decision
from controller.store import Store
from scheduler.calendar import ZONE
from scheduler.patterns import Daily, Once
from scheduler.rules import Rule, starts
from tests.controller.test_bulletins import LATER, ready
from tests.controller.village import DAILY, NOW, TODAY, OneKey, Village, settle

ONCE = Rule(pattern=Once(TODAY), times=DAILY.times)


def submitted(session: Session, v: Village, **changes: object) -> Bulletin:
    bulletin = ready(session, v)
    if changes:
        bulletins.edit(session, v.officer, bulletin.id, 1, v.draft(**changes), now=NOW)
    version = bulletin.version
    return bulletins.submit(session, v.officer, bulletin.id, version, acknowledged=(), now=NOW)


def approved(session: Session, v: Village, bulletin: Bulletin, signer: OneKey) -> Approval:
    seen = content_hash(bulletin)
    return approval.approve(session, v.approver, bulletin.id, seen, signer=signer, now=LATER)


def test_an_approved_bulletin_has_a_release_that_a_station_believes(store: Store) -> None:
    signer = OneKey()
    keys = RoleKeys(keys=(public_text(signer.key),), threshold=1)
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v, rule=ONCE)
        decided = approved(session, v, bulletin, signer)
    assert (bulletin.state, decided.decision) == (BulletinState.APPROVED, Decision.APPROVED)
    envelope = codec.decode(Envelope, decided.release or b"")
    release = signing.verify(Release, envelope, Trust(roles=dict.fromkeys(Role, keys)))
    assert (release.aud, release.cls) == ((v.suoi_may,), Class.NORMAL)
    assert (release.recording, release.bulletin) == (bulletin.recording_sha256, bulletin.id)
    assert release.nbf == datetime.combine(TODAY, ONCE.times[0], ZONE)
    assert release.exp == datetime.combine(TODAY + timedelta(days=1), datetime.min.time(), ZONE)


def test_it_waits_in_the_queue_of_others_only(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        queues = {
            who.name: [b.id for b in approval.queue(session, who, now=NOW)]
            for who in (v.approver, v.officer, v.stranger, v.staff)
        }
    assert queues == {"Hoà": [bulletin.id], "Lan": [], "Pao": [], "Tuấn": []}


def test_an_author_cannot_approve_their_own(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        bulletin.author_id = v.approver.person_id
        session.flush()
        assert approval.queue(session, v.approver, now=NOW) == []
        with pytest.raises(OwnBulletin):
            approved(session, v, bulletin, OneKey())


def test_whoever_changed_it_last_cannot_approve_it_either(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        changed = v.draft(cls=Class.PRIORITY)
        bulletins.edit(session, v.approver, bulletin.id, 1, changed, now=NOW)
        bulletins.submit(session, v.officer, bulletin.id, 2, acknowledged=(), now=NOW)
        with pytest.raises(OwnBulletin):
            approved(session, v, bulletin, OneKey())


def test_what_was_changed_after_it_was_seen_is_not_approved(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        seen = content_hash(bulletin)
        bulletins.edit(session, v.officer, bulletin.id, 1, v.draft(cls=Class.PRIORITY), now=NOW)
        bulletins.submit(session, v.officer, bulletin.id, 2, acknowledged=(), now=NOW)
        with pytest.raises(ContentChanged):
            approval.approve(session, v.approver, bulletin.id, seen, signer=OneKey(), now=LATER)


@pytest.mark.parametrize("change", ["edit", "withdraw"])
def test_any_change_voids_what_was_approved(store: Store, change: str) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        decided = approved(session, v, bulletin, OneKey())
        if change == "edit":
            changed = v.draft(title="Tên khác")
            bulletins.edit(session, v.officer, bulletin.id, 1, changed, now=LATER)
        else:
            bulletins.withdraw(session, v.officer, bulletin.id, 1, now=LATER)
        session.refresh(decided)
    assert decided.voided_at == LATER
    assert bulletin.state != BulletinState.APPROVED


def test_it_is_given_back_with_a_reason_and_may_be_submitted_again(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        seen = content_hash(bulletin)
        with pytest.raises(Invalid, match="lý do"):
            approval.give_back(session, v.approver, bulletin.id, seen, "  ", now=LATER)
        approval.give_back(session, v.approver, bulletin.id, seen, "Sai ngày", now=LATER)
        assert bulletin.state == BulletinState.RETURNED
        assert [d.reason for d in approval.decisions(session, bulletin.id)] == ["Sai ngày"]
        bulletins.submit(session, v.officer, bulletin.id, 1, acknowledged=(), now=LATER)
    assert bulletin.state == BulletinState.SUBMITTED


def test_it_is_decided_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        approved(session, v, bulletin, OneKey())
        with pytest.raises(WrongState):
            approved(session, v, bulletin, OneKey())


def test_who_may_not_decide_does_not_find_it(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        seen = content_hash(bulletin)
        for who in (v.stranger, v.colleague, v.staff, v.technician, v.administrator):
            with pytest.raises(NotFound):
                approval.approve(session, who, bulletin.id, seen, signer=OneKey(), now=LATER)


def test_a_start_that_passed_while_it_waited_is_not_approved(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v, rule=ONCE)
        seen = content_hash(bulletin)
    late = NOW + timedelta(days=1)
    with pytest.raises(Invalid, match="đã qua"), store.writing() as session:
        approval.approve(session, v.approver, bulletin.id, seen, signer=OneKey(), now=late)
    with store.reading() as session:
        assert session.get_one(Bulletin, bulletin.id).state == BulletinState.SUBMITTED
        assert approval.decisions(session, bulletin.id) == []


def test_an_approved_emergency_is_on_the_air_at_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v, cls=Class.EMERGENCY)
        approved(session, v, bulletin, OneKey())
        airing = session.query(Airing).one()
    assert (airing.bulletin_id, airing.cls) == (bulletin.id, Class.EMERGENCY)


@given(st.dates(TODAY, TODAY + timedelta(days=40)), st.times().map(lambda t: t.replace(fold=0)))
def test_a_release_spans_every_start_and_no_other_day(day: object, at: object) -> None:
    rule = Rule(pattern=Daily(), times=(at,), valid_to=day)  # type: ignore[arg-type]
    span = approval.release_span(rule, NOW, frozenset())
    found = starts(rule, NOW, NOW + timedelta(days=60), frozenset())
    assert (span is None) == (found == [])
    if span is not None:
        assert span[0] == found[0]
        assert found[-1] < span[1] <= found[-1] + timedelta(days=1)


def test_an_approver_answers_only_where_it_sounds_within_their_places(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        wider = v.draft(targets=(v.suoi_may, v.na_may))
        bulletins.edit(session, v.staff, bulletin.id, 1, wider, now=NOW)
        bulletins.submit(session, v.staff, bulletin.id, 2, acknowledged=(), now=NOW)
        assert approval.queue(session, v.approver, now=NOW) == []
        with pytest.raises(NotFound, match="bulletin"):
            approved(session, v, bulletin, OneKey())
