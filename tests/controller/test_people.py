"""Accounts and grants, kept by administrators of their area."""

import pytest

from controller import areas, people
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Role
from controller.permissions import Who, who
from controller.store import Store
from tests.controller.village import NOW, TODAY, settle


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
        local = people.create(
            session,
            v.administrator,
            login="admin.suoimay",
            name="Quản trị xã",
            grants=[(Role.ADMINISTRATOR, v.suoi_may)],
            now=NOW,
        )
        asking = who(session, local.id)
        for person in (v.stranger, v.administrator, v.staff):
            with pytest.raises(NotFound):
                people.make_reset_link(session, asking, person.person_id, now=NOW)
        names = [person.name for person, _ in people.listed(session, asking, on=TODAY)]
        assert names == ["Hoà", "Lan", "Minh", "Quản trị xã"]
        with pytest.raises(NotFound):
            people.regrant(
                session, asking, v.officer.person_id, [(Role.APPROVER, v.province)], now=NOW
            )


def test_grants_are_replaced_whole_but_never_ones_own(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        grants = [(Role.APPROVER, v.na_may), (Role.OFFICER, v.na_may)]
        people.regrant(session, v.administrator, v.officer.person_id, grants, now=NOW)
        assert set(who(session, v.officer.person_id).grants) == set(grants)
        own = v.administrator.person_id
        with pytest.raises(WrongState):
            people.regrant(session, v.administrator, own, grants, now=NOW)
        with pytest.raises(WrongState):
            people.deactivate(session, v.administrator, own, now=NOW)


def test_a_grant_over_a_place_that_is_no_more_keeps_nobody_from_managing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        both = [(Role.OFFICER, v.suoi_may), (Role.OFFICER, v.na_may)]
        people.regrant(session, v.administrator, v.officer.person_id, both, now=NOW)
        areas.close(session, v.na_may, TODAY)
        session.flush()
        people.deactivate(session, v.administrator, v.officer.person_id, now=NOW)
        with pytest.raises(NotFound):
            who(session, v.officer.person_id)
