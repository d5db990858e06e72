"""Accounts and grants, kept by administrators of their area."""

from collections.abc import Callable, Collection
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import areas, grants, people, reach
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Grant, Person, Role, WebSession
from controller.permissions import Who, who
from controller.store import Store
from tests.controller.village import NOW, TODAY, Village, settle

Act = Callable[..., None]


def local_administrator(session: Session, v: Village) -> Who:
    """Of Suối Mây only."""
    made = people.create(
        session,
        v.administrator,
        login="admin.suoimay",
        name="Quản trị xã",
        grants=[(Role.ADMINISTRATOR, v.suoi_may)],
        now=NOW,
    )
    return who(session, made.id)


def elsewhere(session: Session, places: Collection[str]) -> set[tuple[str, str, str]]:
    rows = session.scalars(select(Grant).where(Grant.area_id.in_(places)))
    return {(row.person_id, row.role, row.area_id) for row in rows}


def opened(session: Session, person_id: str) -> None:
    facts = {"token_hash": "0" * 64, "address": "::1", "created_at": NOW, "seen_at": NOW}
    session.add(WebSession(person_id=person_id, **facts))
    session.flush()


def test_the_first_administrator_founds_an_empty_server_once(store: Store) -> None:
    def found() -> Who:
        return people.found(
            store, login="goc", name="Gốc", password="núi cao sông dài", area_ids=[], now=NOW
        )

    assert found().name == "Gốc"
    with pytest.raises(WrongState):
        found()


def test_an_administrator_adds_people_in_their_own_area_only(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        new = people.create(
            session,
            v.administrator,
            login="Mai.NaMay",
            name=" Mai ",
            grants=[(Role.OFFICER, v.na_may)],
            now=NOW,
        )
        assert who(session, new.id) == Who(new.id, "Mai", ((Role.OFFICER, v.na_may),))
        assert (new.login, new.password_hash) == ("mai.namay", None)
        with pytest.raises(NotFound):
            people.create(
                session,
                v.approver,
                login="x.y.z",
                name="X",
                grants=[(Role.OFFICER, v.suoi_may)],
                now=NOW,
            )
        with pytest.raises(Invalid) as found:
            people.create(session, v.administrator, login="lan", name="", grants=[], now=NOW)
    assert {p.field for p in found.value.problems} == {"login", "name", "grants"}


def test_nobody_is_managed_from_below_or_beside(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        asking = local_administrator(session, v)
        for person in (v.stranger, v.administrator, v.staff):
            with pytest.raises(NotFound):
                people.make_reset_link(session, asking, person.person_id, now=NOW)
        found = reach.listed(session, asking, reach.Sought(), on=TODAY, limit=9)
        assert [person.name for person in found] == ["Hoà", "Lan", "Minh", "Quản trị xã"]
        for area_id in (v.province, v.na_may):
            with pytest.raises(NotFound):
                grants.give(session, asking, v.officer.person_id, Role.APPROVER, area_id, now=NOW)


def test_people_are_found_by_name_role_and_lock(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        people.deactivate(session, v.administrator, v.colleague.person_id, now=NOW)

        def found(**sought: object) -> list[str]:
            wanted = reach.Sought(**sought)  # type: ignore[arg-type]  # a test knows its types
            who_asks = v.administrator
            listed = reach.listed(session, who_asks, wanted, on=TODAY, limit=9)
            return [person.name for person in listed]

        assert found(words="HOA") == ["Hoà"]
        assert found(words="tuan") == found(role=Role.STAFF) == ["Tuấn"]
        assert found(active=False) == ["Minh"]
        assert found(words="%") == []


def test_a_role_given_holds_at_once_and_one_taken_back_signs_out(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        lan = v.officer.person_id
        grants.give(session, v.administrator, lan, Role.APPROVER, v.na_may, now=NOW)
        assert (Role.APPROVER, v.na_may) in who(session, lan).grants
        opened(session, lan)
        grants.take_back(session, v.administrator, lan, Role.OFFICER, v.suoi_may, now=NOW)
        assert who(session, lan).grants == ((Role.APPROVER, v.na_may),)
        assert session.scalars(select(WebSession)).all() == []
        with pytest.raises(WrongState):
            grants.take_back(session, v.administrator, lan, Role.APPROVER, v.na_may, now=NOW)


def test_whoever_works_elsewhere_too_is_seen_but_locked_from_above_only(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        lan = v.officer.person_id
        asking = local_administrator(session, v)
        grants.give(session, v.administrator, lan, Role.OFFICER, v.na_may, now=NOW)
        assert reach.seen(session, asking, lan, now=NOW).name == "Lan"
        for act in (people.deactivate, people.make_reset_link):
            with pytest.raises(NotFound):
                act(session, asking, lan, now=NOW)
        with pytest.raises(NotFound):
            grants.take_back(session, asking, lan, Role.OFFICER, v.na_may, now=NOW)
        grants.take_back(session, asking, lan, Role.OFFICER, v.suoi_may, now=NOW)
        with pytest.raises(NotFound):
            reach.seen(session, asking, lan, now=NOW)


def test_nobody_changes_what_they_may_do_themselves(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        own = v.administrator.person_id
        with pytest.raises(WrongState):
            grants.give(session, v.administrator, own, Role.APPROVER, v.province, now=NOW)
        with pytest.raises(WrongState):
            people.deactivate(session, v.administrator, own, now=NOW)


def test_of_two_administrators_who_remove_each_other_one_stays(store: Store) -> None:
    """The second acts with what they were allowed when their page was asked for."""
    with store.writing() as session:
        v = settle(session)
        other = people.create(
            session,
            v.administrator,
            login="quan.hai",
            name="Quân Hai",
            grants=[(Role.ADMINISTRATOR, v.province)],
            now=NOW,
        )
        stale = who(session, other.id)
        people.deactivate(session, v.administrator, other.id, now=NOW)
        with pytest.raises(WrongState):
            people.deactivate(session, stale, v.administrator.person_id, now=NOW)


def test_an_account_that_is_opened_again_has_its_roles_and_no_password(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        lan = v.officer.person_id
        people.deactivate(session, v.administrator, lan, now=NOW)
        with pytest.raises(WrongState):
            people.make_reset_link(session, v.administrator, lan, now=NOW)
        people.reactivate(session, v.administrator, lan, now=NOW)
        assert who(session, lan) == v.officer
        assert session.get_one(Person, lan).password_hash is None


def test_nothing_is_given_or_taken_beyond_ones_own_places(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        asking = local_administrator(session, v)
        beyond = (v.province, v.zone, v.na_may)
        others = [v.officer, v.approver, v.stranger, v.staff, v.administrator, v.auditor]
        roles = st.sampled_from(Role)
        act = st.sampled_from((grants.give, grants.take_back))

        @given(act, st.sampled_from(others), roles, st.sampled_from([*beyond, v.suoi_may]))
        def tried(do: Act, person: Who, role: Role, area_id: str) -> None:
            outside = elsewhere(session, beyond)
            with suppress(NotFound, WrongState):
                do(session, asking, person.person_id, role, area_id, now=NOW)
            assert elsewhere(session, beyond) == outside

        tried()


def test_a_grant_over_a_place_that_is_no_more_keeps_nobody_from_managing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        lan = v.officer.person_id
        grants.give(session, v.administrator, lan, Role.OFFICER, v.na_may, now=NOW)
        areas.close(session, v.na_may, TODAY)
        session.flush()
        people.deactivate(session, v.administrator, v.officer.person_id, now=NOW)
        with pytest.raises(NotFound):
            who(session, v.officer.person_id)
