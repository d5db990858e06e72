"""The door of the API: keys, what they open, and how a refusal is told."""

from datetime import timedelta

import pytest

from controller import people
from controller.api import keys
from controller.model import Grant
from controller.permissions import Permission
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.api.program import Program, program
from tests.web.browser import Browser
from tests.web.conftest import Clock


@pytest.fixture
def writer(browser: Browser, village: Village) -> Program:
    return program(browser.app, village.officer, village.suoi_may)


def test_without_a_key_nothing_is_told(browser: Browser) -> None:
    for secret in ("", "tt_wrong"):
        answer = Program(browser.app, secret).get("/areas")
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.mimetype == "application/problem+json"
        assert answer.json is not None
        assert "khóa API" in answer.json["detail"]


def test_a_key_opens_what_its_maker_may_see(writer: Program, village: Village) -> None:
    answer = writer.get("/areas")
    assert answer.json is not None
    assert [each["name"] for each in answer.json["items"]] == ["Xã Suối Mây"]


def test_a_key_gives_no_more_than_was_chosen(browser: Browser, village: Village) -> None:
    looks = program(browser.app, village.staff, village.na_may, Permission.SEE_BULLETINS)
    areas = looks.get("/areas").json
    assert areas is not None
    assert [each["id"] for each in areas["items"]] == [village.na_may]
    stations = looks.get("/stations").json
    assert stations is not None
    assert stations["items"] == []


def test_a_key_loses_what_its_maker_loses(writer: Program, store: Store, village: Village) -> None:
    with store.writing() as session:
        for grant in session.query(Grant).filter_by(person_id=village.officer.person_id):
            session.delete(grant)
    assert writer.get("/areas").json == {"items": [], "next": None}
    with store.writing() as session:
        people.deactivate(session, village.administrator, village.officer.person_id, now=NOW)
    assert writer.get("/areas").status_code == 401


def test_a_key_that_ran_out_or_was_revoked_opens_nothing(
    writer: Program, store: Store, village: Village, clock: Clock
) -> None:
    clock.move(timedelta(seconds=1))
    other = program(writer.client.application, village.officer, village.suoi_may)
    with store.writing() as session:
        (newest, *_) = keys.of(session, village.officer.person_id)
        keys.revoke(session, village.officer, newest.id, now=NOW)
    assert other.get("/areas").status_code == 401
    assert writer.get("/areas").status_code == 200
    clock.move(timedelta(days=30))
    assert writer.get("/areas").status_code == 401


def test_a_program_that_asks_too_much_waits_for_the_next_minute(
    writer: Program, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "A_MINUTE", 2)
    left = [writer.get("/areas").headers["RateLimit-Remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    refused = writer.get("/areas")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    clock.move(timedelta(minutes=1))
    assert writer.get("/areas").status_code == 200


def test_what_is_not_there_is_a_problem_too(writer: Program) -> None:
    for path, status in (("/nothing", 404), ("/areas/x", 404), ("/areas?limit=0", 400)):
        answer = writer.get(path)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    wrong = writer.post("/areas", {})
    assert (wrong.status_code, "GET" in wrong.headers["Allow"]) == (405, True)


def test_what_did_not_change_is_not_sent_again(writer: Program) -> None:
    tag = writer.get("/areas").headers["ETag"]
    again = writer.get("/areas", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
