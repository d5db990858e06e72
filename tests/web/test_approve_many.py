"""Many ordinary bulletins at once: named, unheard ones told, none kept back by another."""

import pytest

from contract.states import BulletinState, Class
from controller import bulletins
from controller.media.disk import DiskMedia
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.writing import look, recording_of, sent, state_of


@pytest.fixture
def three(store: Store, media: DiskMedia, village: Village) -> list[str]:
    return [sent(store, media, village, title=f"Tin {n}", text=f"Lời {n}.") for n in range(3)]


def test_all_are_chosen_looked_through_and_approved_in_four_taps(
    approver: Browser, store: Store, three: list[str], nudges: list[object]
) -> None:
    assert "Chọn tất cả" in approver.get("/duyet/").text  # 1: Duyệt, in the menu
    page = "/duyet/?chon=tat-ca"  # 2
    assert "Duyệt 3 bản tin" in approver.get(page).text
    checked = approver.fill(page, "/duyet/nhieu/", {"chosen": three})  # 3
    assert "Bạn chưa nghe hết 3 bản tin" in checked.text
    assert checked.text.count("Chưa nghe</span>") == 3
    fields = {"chosen": three} | {f"seen-{one}": seen(checked.text, one) for one in three}
    assert approver.post("/duyet/nhieu/dong-y", fields).status_code == 303  # 4
    assert "Đã duyệt 3 bản tin" in approver.get("/duyet/").text
    assert {state_of(store, one) for one in three} == {BulletinState.APPROVED}
    assert len(nudges) == 1


def test_what_was_heard_to_its_end_is_not_named(
    approver: Browser, store: Store, three: list[str]
) -> None:
    page, action = f"/duyet/{three[0]}", f"/duyet/{three[0]}/da-nghe"
    assert approver.fill(page, action, {"recording": "0" * 64}).status_code == 204
    assert "Chưa nghe" in approver.post("/duyet/nhieu/", {"chosen": three[:1]}).text
    assert approver.fill(page, action, {}).status_code == 204
    assert "Chưa nghe" not in approver.post("/duyet/nhieu/", {"chosen": three[:1]}).text


def test_one_that_was_changed_since_keeps_no_other_back(
    approver: Browser, store: Store, three: list[str], village: Village
) -> None:
    page = approver.post("/duyet/nhieu/", {"chosen": three}).text
    fields = {"chosen": three} | {f"seen-{one}": seen(page, one) for one in three}
    with store.writing() as session:
        version = look(store, three[1]).version
        bulletins.withdraw(session, village.officer, three[1], version, now=NOW)
    approver.post("/duyet/nhieu/dong-y", fields)
    after = approver.get("/duyet/").text
    assert "Đã duyệt 2 bản tin" in after
    assert "“Tin 1”" in after
    assert state_of(store, three[1]) is BulletinState.WITHDRAWN


def test_an_emergency_is_never_one_of_many(
    approver: Browser, store: Store, media: DiskMedia, village: Village, three: list[str]
) -> None:
    alarm = sent(store, media, village, cls=Class.EMERGENCY)
    page = approver.get("/duyet/?chon=tat-ca").text
    assert f'value="{alarm}"' not in page
    assert f"/duyet/{alarm}" in page
    approver.post("/duyet/nhieu/dong-y", {"chosen": [alarm], f"seen-{alarm}": "x"})
    assert state_of(store, alarm) is BulletinState.SUBMITTED
    assert "phải mở ra và duyệt riêng" in approver.get("/duyet/").text


def test_nothing_chosen_is_said_at_the_list(approver: Browser, three: list[str]) -> None:
    answer = approver.post("/duyet/nhieu/", {})
    assert (answer.status_code, "Chọn ít nhất một" in answer.text) == (422, True)


def test_nobody_of_another_commune_approves_or_is_told_anything(
    stranger: Browser, store: Store, three: list[str]
) -> None:
    told = {"recording": recording_of(store, three[0])}
    assert stranger.post(f"/duyet/{three[0]}/da-nghe", told).status_code == 404
    page = stranger.post("/duyet/nhieu/", {"chosen": three})
    assert "Tin 0" not in page.text
    stranger.post("/duyet/nhieu/dong-y", {"chosen": three[:1]})
    assert state_of(store, three[0]) is BulletinState.SUBMITTED


def seen(page: str, bulletin_id: str) -> str:
    """The hash that stands in the page."""
    return page.partition(f'name="seen-{bulletin_id}" value="')[2].partition('"')[0]
