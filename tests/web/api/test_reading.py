"""What programs look at: the sample province through a key of one commune."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from controller.demo import sample
from controller.demo.seeding import area_id
from tests.web.api.program import Program
from tests.web.caller import Caller
from web.parts import parts


@pytest.fixture(scope="module")
def commune(app: Flask) -> Program:
    with app.app_context():
        store = parts().store
    with store.reading() as session:
        place = area_id(session, sample.SUOI_MAY)
    return Caller(app, place, "chuong.trinh").program


def items(answer_of: Program, path: str) -> list[dict[str, object]]:
    """A whole list, page after page of two."""
    found: list[dict[str, object]] = []
    cursor = ""
    while True:
        sign = "&" if "?" in path else "?"
        page = answer_of.get(f"{path}{sign}limit=2&cursor={cursor}").json
        assert page is not None
        found += page["items"]
        if page["next"] is None:
            return found
        assert len(page["items"]) == 2
        cursor = page["next"]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/stations", "id"),
        ("/bulletins", "id"),
        ("/airings", "id"),
        ("/orders", "id"),
        ("/verdicts", "airing_id"),
    ],
)
def test_pages_together_are_the_whole_list_once(commune: Program, path: str, key: str) -> None:
    whole = commune.get(f"{path}?limit=200").json
    assert whole is not None
    assert whole["next"] is None
    assert items(commune, path) == whole["items"]
    assert len(whole["items"]) > 1
    assert whole["items"][0][key]


def test_the_as_run_log_says_what_was_heard_where(commune: Program) -> None:
    heard = items(commune, "/verdicts?verdict=aired")
    assert [each["title"] for each in heard] == ["Lịch tiêm chủng"]
    assert heard[0]["area_id"] == items(commune, "/areas")[0]["id"]
    assert heard[0]["played_s"] == heard[0]["total_s"]
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert items(commune, f"/verdicts?since={tomorrow:%Y-%m-%dT%H:%M:%SZ}") == []


def test_bulletins_are_found_by_their_state(commune: Program) -> None:
    waiting = items(commune, "/bulletins?state=submitted")
    assert [each["title"] for each in waiting] == ["Chi trả an sinh xã hội"]
    found = commune.get(f"/bulletins/{waiting[0]['id']}")
    assert found.json == waiting[0]


def test_a_recording_is_heard(commune: Program) -> None:
    (approved, *_) = items(commune, "/bulletins?state=approved")
    answer = commune.get(f"/bulletins/{approved['id']}/recording")
    assert (answer.mimetype, answer.data[:4]) == ("audio/ogg", b"OggS")
    (draft,) = items(commune, "/bulletins?state=draft")
    assert commune.get(f"/bulletins/{draft['id']}/recording").status_code == 404


def test_an_emergency_that_warns_is_told(commune: Program) -> None:
    found = commune.get("/emergencies").json
    assert found is not None
    assert [each["title"] for each in found["items"]] == ["Lũ quét trên suối"]


def test_orders_tell_how_they_stand_with_each_station(commune: Program) -> None:
    (order, *_) = items(commune, "/orders")
    delivered = items(commune, f"/orders/{order['id']}/deliveries")
    assert {each["state"] for each in delivered} <= {"queued", "sent", "done", "refused"}
    assert delivered


def test_a_cursor_of_another_list_is_refused(commune: Program) -> None:
    page = commune.get("/bulletins?limit=1").json
    assert page is not None
    for path in (f"/airings?cursor={page['next']}", "/verdicts?cursor=***"):
        assert commune.get(path).status_code == 400
