"""Who answers for a place says whose programmes may be taken over there."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Approval, AuditLine
from controller.ports import Checked
from controller.relays import changing, sources
from controller.store import Store
from tests.controller.relays.radio import ADDRESS, given, relay, source
from tests.controller.village import NOW, OneKey, Village, settle

OTHER = "http://vov.example/other"


def names(session: Session, v: Village) -> dict[str, list[str]]:
    people = {"officer": v.officer, "stranger": v.stranger, "technician": v.technician}
    return {
        name: [row.name for row in sources.listing(session, who, now=NOW)]
        for name, who in people.items()
    }


def test_what_is_said_for_a_zone_holds_in_all_its_communes(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        source(session, v)
        source(session, v, v.approver, area_id=v.suoi_may, name="Đài huyện cũ")
        assert names(session, v) == {
            "officer": ["VOV1", "Đài huyện cũ"],
            "stranger": ["VOV1"],
            "technician": [],
        }


def test_an_officer_uses_sources_and_changes_none(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        row = source(session, v)
        with pytest.raises(NotFound):
            source(session, v, v.officer, area_id=v.suoi_may)
        with pytest.raises(NotFound):
            source(session, v, v.approver)  # of one commune, for the whole zone
        with pytest.raises(NotFound):
            changing.withdraw(session, v.approver, row.id, now=NOW)


def test_every_problem_is_told_at_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        with pytest.raises(Invalid) as error:
            source(session, v, name=" ", owner="", address="http://10.0.0.1/")
    assert [problem.field for problem in error.value.problems] == ["name", "owner", "address"]


def test_a_private_address_is_taken_when_settings_name_it(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        entered = given(v, address="http://10.0.0.1/")
        row = changing.add(session, v.staff, entered, private={"10.0.0.1"}, now=NOW)
    assert row.address == "http://10.0.0.1/"


def test_another_address_voids_every_approval_and_the_check(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = relay(session, v, OneKey())
        row = sources.get(session, v.staff, bulletin.relay_source, now=NOW)
        changing.note(session, v.staff, row.id, ADDRESS, Checked(True, "Nghe rõ"), now=NOW)
        entered = given(v, address=OTHER)
        changing.change(session, v.staff, row.id, entered, private=(), now=NOW)
        session.expire_all()
        assert (bulletin.state, bulletin.relay_address) == (BulletinState.READY, OTHER)
        assert session.scalars(select(Approval.voided_at)).one() == NOW
        assert (row.works, row.checked_at, row.told) == (None, None, "")


def test_another_name_voids_nothing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = relay(session, v, OneKey())
        entered = given(v, name="VOV 1")
        changing.change(session, v.staff, bulletin.relay_source, entered, private=(), now=NOW)
        assert bulletin.state == BulletinState.APPROVED


def test_a_withdrawn_source_is_offered_to_nobody_and_changed_by_nobody(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        row = source(session, v)
        changing.withdraw(session, v.staff, row.id, now=NOW)
        assert sources.listing(session, v.staff, now=NOW) == []
        assert sources.usable(session, row.id, v.suoi_may, now=NOW) is None
        with pytest.raises(WrongState):
            changing.change(session, v.staff, row.id, given(v), private=(), now=NOW)
        actions = list(session.scalars(select(AuditLine.action).order_by(AuditLine.n)))
    assert actions[-2:] == ["relay_source.add", "relay_source.withdraw"]


def test_the_check_of_an_address_that_was_changed_meanwhile_is_passed_over(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        row = source(session, v)
        changing.note(session, v.officer, row.id, OTHER, Checked(True, "Nghe rõ"), now=NOW)
        assert row.works is None
