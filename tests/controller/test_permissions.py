"""Who may do what and where, and that the documents say the same."""

from pathlib import Path

import pytest

from controller.errors import NotFound
from controller.model import Person, Role
from controller.permissions import ALLOWED, Permission, can, require, scope, who
from controller.store import Store
from tests.controller.village import TODAY, settle

DOCS = Path(__file__).resolve().parents[2] / "docs" / "decisions"


def test_the_table_of_roles_is_the_documented_one() -> None:
    page = (DOCS / "0001-roles-and-permissions.md").read_text(encoding="utf-8")
    table = [line for line in page.splitlines() if line.startswith("|")]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    roles = [Role(name) for name in lines[0][1:]]
    documented = {
        (role, Permission(line[0]))
        for line in lines[2:]
        for role, mark in zip(roles, line[1:], strict=True)
        if mark == "✓"
    }
    assert {Permission(line[0]) for line in lines[2:]} == set(Permission)
    assert {(role, each) for role, given in ALLOWED.items() for each in given} == documented


def test_a_grant_reaches_everything_below_its_area_and_nothing_beside_it(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for person, reached in ((v.officer, {v.suoi_may}), (v.staff, {v.suoi_may, v.na_may})):
            for place in (v.suoi_may, v.na_may):
                allowed = can(session, person, Permission.COMPOSE, place, TODAY)
                assert allowed is (place in reached)
        assert scope(session, v.staff, Permission.COMPOSE, TODAY) == {v.zone, v.suoi_may, v.na_may}
        assert scope(session, v.technician, Permission.COMPOSE, TODAY) == set()


def test_what_is_out_of_reach_does_not_exist(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        require(session, v.staff, Permission.COMPOSE, [v.suoi_may, v.na_may], TODAY)
        for places in ([v.na_may], [v.suoi_may, v.na_may], ["nowhere"]):
            with pytest.raises(NotFound):
                require(session, v.officer, Permission.COMPOSE, places, TODAY)


def test_somebody_who_was_deactivated_is_nobody(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        session.get_one(Person, v.officer.person_id).active = False
        session.flush()
        with pytest.raises(NotFound):
            who(session, v.officer.person_id)
