"""Programs move airings, this once or from then on, and back, as people do on the page."""

from datetime import datetime, timedelta

import pytest

from controller.store import Store
from scheduler.calendar import ZONE
from tests.controller.air import airings, approve, plan_all, register
from tests.controller.village import NOW, TODAY, OneKey, Village
from tests.web.api.program import Program, program
from tests.web.browser import Browser

FIVE = datetime.combine(TODAY, datetime.min.time(), ZONE).replace(hour=17)
SIX = FIVE + timedelta(hours=1)


@pytest.fixture
def writer(browser: Browser, village: Village) -> Program:
    return program(browser.app, village.officer, village.suoi_may)


@pytest.fixture
def planned(store: Store, village: Village) -> list[str]:
    """The airings of a daily bulletin, the first today at five."""
    with store.writing() as session:
        signer = OneKey()
        register(session, village.suoi_may)
        approve(session, village, signer)
        plan_all(session, signer)
        return [each.id for each in airings(session)]


def start(program: Program, airing: str) -> datetime:
    told = program.get(f"/airings/{airing}").get_json()["starts_at"]
    return datetime.fromisoformat(told)


def test_one_airing_is_moved_and_back(
    writer: Program, planned: list[str], nudges: list[object]
) -> None:
    first, second = planned[:2]
    answer = writer.post(f"/airings/{first}/move", {"starts_at": SIX.isoformat()}, "act-1")
    assert answer.status_code == 200, answer.text
    assert datetime.fromisoformat(answer.get_json()["starts_at"]) == SIX
    again = writer.post(f"/airings/{first}/move", {"starts_at": SIX.isoformat()}, "act-1")
    assert again.data == answer.data
    assert len(nudges) == 1, "the same act again is told the same, and done once"
    assert start(writer, second) == FIVE + timedelta(days=1)
    back = writer.post(f"/airings/{first}/move-back", {})
    assert datetime.fromisoformat(back.get_json()["starts_at"]) == FIVE
    nothing = writer.post(f"/airings/{first}/move-back", {})
    assert (nothing.status_code, nothing.get_json()["type"]) == (
        409,
        "urn:truyen-thanh:problem:wrong-state",
    )


def test_those_that_follow_go_with_it(writer: Program, planned: list[str]) -> None:
    first, second = planned[:2]
    body = {"starts_at": SIX.isoformat(), "onward": True}
    assert writer.post(f"/airings/{first}/move", body).status_code == 200
    assert start(writer, second) == SIX + timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_at", "words"),
    [
        (NOW - timedelta(hours=1), "đã qua"),
        (NOW + timedelta(days=30), "ngày tới"),
        (SIX + timedelta(seconds=7), "đúng phút"),
    ],
)
def test_a_time_that_cannot_be_is_told_at_its_field(
    writer: Program, planned: list[str], starts_at: datetime, words: str
) -> None:
    refused = writer.post(f"/airings/{planned[0]}/move", {"starts_at": starts_at.isoformat()})
    assert refused.status_code == 422
    (wrong,) = refused.get_json()["errors"]
    assert wrong["field"] == "starts_at"
    assert words in wrong["message"]
    assert start(writer, planned[0]) == FIVE


def test_only_who_composes_there_moves(
    browser: Browser, village: Village, planned: list[str]
) -> None:
    body = {"starts_at": SIX.isoformat()}
    for who, place in ((village.stranger, village.na_may), (village.auditor, village.province)):
        other = program(browser.app, who, place)
        assert other.post(f"/airings/{planned[0]}/move", body).status_code == 404
        assert other.post(f"/airings/{planned[0]}/move-back", {}).status_code == 404
