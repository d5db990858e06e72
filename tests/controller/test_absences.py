"""Whoever is away leaves the deciding to one other person, for that time only."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from controller import absences, acting, approval, bulletins, people
from controller.absences import Wanted
from controller.audit import verify
from controller.content import content_hash
from controller.errors import Invalid, NotFound, OwnBulletin, WrongState
from controller.model import Grant, Role
from controller.permissions import Permission, Who, who
from controller.store import Store
from tests.controller.test_approval import submitted
from tests.controller.test_bulletins import LATER
from tests.controller.village import NOW, OneKey, Village, settle

DAY = timedelta(days=1)


def at(session: Session, person: Who, now: datetime) -> Who:
    """The person as they come through the door at that moment."""
    return acting.with_stand_ins(session, who(session, person.person_id), now)


def wanted(deputy: Who, **changes: object) -> Wanted:
    facts = {"starts_at": NOW, "ends_at": NOW + DAY, "deputy_id": deputy.person_id}
    return Wanted(**{**facts, **changes})  # type: ignore[arg-type]  # a test knows its types


def away(session: Session, v: Village) -> str:
    """The approver is away for a day from now on; the colleague decides."""
    row = absences.add(session, v.approver, v.approver.person_id, wanted(v.colleague), now=NOW)
    return row.id


def another_approver(session: Session, v: Village) -> Who:
    made = people.create(
        session,
        v.administrator,
        login="binh.moi",
        name="Bình",
        grants=[(Role.APPROVER, v.suoi_may)],
        now=NOW,
    )
    session.flush()
    return who(session, made.id)


def test_the_deputy_decides_in_that_time_and_the_record_says_for_whom(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        away(session, v)
        deputy = at(session, v.colleague, LATER)
        assert approval.queue(session, deputy, now=LATER) == [bulletin]
        decided = approval.approve(
            session, deputy, bulletin.id, content_hash(bulletin), signer=OneKey(), now=LATER
        )
        assert (decided.person_id, decided.for_person_id) == (
            v.colleague.person_id,
            v.approver.person_id,
        )
        assert verify(session) == []


@pytest.mark.parametrize("moment", [NOW - timedelta(seconds=1), NOW + DAY])
def test_before_and_after_it_nothing_was_lent(store: Store, moment: datetime) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        away(session, v)
        deputy = at(session, v.colleague, moment)
        assert approval.queue(session, deputy, now=moment) == []
        with pytest.raises(NotFound):
            approval.give_back(
                session, deputy, bulletin.id, content_hash(bulletin), "Sai giờ", now=moment
            )


def test_it_is_to_decide_and_nothing_else(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        away(session, v)
        before, deputy = who(session, v.colleague.person_id), at(session, v.colleague, NOW)
        gained = {p for p in Permission if deputy.areas_of(p) != before.areas_of(p)}
        assert gained == {Permission.APPROVE, Permission.APPROVE_EMERGENCY}


@pytest.mark.parametrize("author", ["deputy", "absent"])
def test_neither_the_deputy_nor_the_absent_has_their_own_approved(
    store: Store, author: str
) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        wrote = v.colleague if author == "deputy" else v.approver
        bulletin.author_id = wrote.person_id
        session.flush()
        away(session, v)
        deputy = at(session, v.colleague, LATER)
        assert approval.queue(session, deputy, now=LATER) == []
        with pytest.raises((OwnBulletin, NotFound)):
            approval.approve(
                session, deputy, bulletin.id, content_hash(bulletin), signer=OneKey(), now=LATER
            )


def test_who_may_decide_anyway_decides_in_their_own_name(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = submitted(session, v)
        second = another_approver(session, v)
        absences.add(session, v.approver, v.approver.person_id, wanted(second), now=NOW)
        deputy = at(session, second, LATER)
        bulletin.author_id = v.approver.person_id  # what the absent wrote is theirs to decide too
        session.flush()
        decided = approval.approve(
            session, deputy, bulletin.id, content_hash(bulletin), signer=OneKey(), now=LATER
        )
        assert decided.for_person_id is None


def test_deputies_form_no_chain(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        second = another_approver(session, v)
        absences.add(session, v.approver, v.approver.person_id, wanted(second), now=NOW)
        with pytest.raises(Invalid, match="đang được giao duyệt thay Hoà"):
            absences.add(session, second, second.person_id, wanted(v.colleague), now=NOW)
        with pytest.raises(NotFound):  # the colleague decides nothing of their own to leave
            absences.add(session, v.colleague, v.colleague.person_id, wanted(second), now=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": None}, "starts_at"),
        ({"ends_at": None}, "ends_at"),
        ({"ends_at": NOW - DAY}, "ends_at"),
        ({"ends_at": NOW + 91 * DAY}, "ends_at"),
        ({"starts_at": NOW - 2 * DAY}, "starts_at"),
        ({"deputy_id": "nobody"}, "deputy"),
        ({"reason": "x" * 201}, "reason"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    store: Store, changes: dict[str, object], field: str
) -> None:
    with store.writing() as session:
        v = settle(session)
        entered = wanted(v.colleague, **changes)
        with pytest.raises(Invalid) as refused:
            absences.add(session, v.approver, v.approver.person_id, entered, now=NOW)
        assert field in refused.value.by_field()


def test_once_is_enough_at_a_time(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        away(session, v)
        with pytest.raises(Invalid, match="Đã ghi vắng"):
            away(session, v)


def test_deputies_come_from_the_place_or_from_above_and_speak(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        found = absences.candidates(session, v.approver.person_id, now=NOW)
        assert {each.name for each in found} == {"Lan", "Minh", "Tuấn"}


def test_an_administrator_enters_it_for_the_ill_but_takes_nothing_themselves(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        ill = v.approver.person_id
        absences.add(session, v.administrator, ill, wanted(v.colleague), now=NOW)
        assert at(session, v.colleague, NOW).stands_in
        for other in (v.stranger, v.officer, v.auditor):
            with pytest.raises(NotFound):
                absences.add(session, other, ill, wanted(v.colleague), now=NOW)
    both = (*v.administrator.grants, (Role.OFFICER, v.province))
    with store.writing() as session:
        selfish = replace_grants(session, v.administrator, both)
        later = wanted(selfish, starts_at=NOW + 3 * DAY, ends_at=NOW + 4 * DAY)
        with pytest.raises(Invalid, match="Không tự giao"):
            absences.add(session, selfish, ill, later, now=NOW)


def replace_grants(session: Session, person: Who, grants: tuple[tuple[Role, str], ...]) -> Who:
    for role, area in grants:
        session.merge(Grant(person_id=person.person_id, role=role, area_id=area))
    session.flush()
    return who(session, person.person_id)


def test_back_earlier_the_deputy_decides_no_more(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        row = away(session, v)
        with pytest.raises(NotFound):
            absences.end(session, v.colleague, v.approver.person_id, row, now=LATER)
        absences.end(session, v.approver, v.approver.person_id, row, now=LATER)
        assert not at(session, v.colleague, LATER).stands_in
        with pytest.raises(WrongState):
            absences.end(session, v.approver, v.approver.person_id, row, now=LATER)


def test_a_locked_account_lends_nothing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        away(session, v)
        people.deactivate(session, v.administrator, v.approver.person_id, now=NOW)
        assert not at(session, v.colleague, LATER).stands_in


def test_a_locked_deputy_decides_nothing_and_that_is_known(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        away(session, v)
        people.deactivate(session, v.administrator, v.colleague.person_id, now=NOW)
        (known,) = acting.near(session, [v.suoi_may], LATER)
        assert not known.deputy_active


def test_it_reaches_no_further_than_where_the_deputy_works(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        replace_grants(session, v.approver, ((Role.APPROVER, v.na_may),))
        away(session, v)
        assert at(session, v.colleague, NOW).areas_of(Permission.APPROVE) == (v.suoi_may,)
        elsewhere = bulletins.compose(
            session, v.stranger, v.draft(area_id=v.na_may, targets=(v.na_may,)), now=NOW
        )
        with pytest.raises(NotFound):
            approval.require_decider(session, at(session, v.colleague, NOW), elsewhere, NOW)
