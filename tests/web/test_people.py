"""Administrators invite people, give and take back roles, lock accounts; within their places."""

import pytest

from controller import grants, people
from controller.model import Person, Role
from controller.permissions import Who, who
from controller.signing_in import INVITATION_LIVES
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.conftest import Clock

PASSWORD = "suối chảy qua bốn bản"


@pytest.fixture
def administrator(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.administrator)


def invited(administrator: Browser, village: Village) -> str:
    """The path of the link for somebody new."""
    fields = {"name": "Sùng Mai", "login": "mai", "role": "officer", "area": village.na_may}
    shown = administrator.fill("/nguoi-dung/moi", "", fields)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    return "/mat-khau/" + shown.text.partition("/mat-khau/")[2].partition('"')[0]


def local(store: Store, village: Village) -> Who:
    """An administrator of Suối Mây; Lan works in Nà Mây too."""
    with store.writing() as session:
        lan = village.officer.person_id
        grants.give(session, village.administrator, lan, Role.OFFICER, village.na_may, now=NOW)
        roles = [(Role.ADMINISTRATOR, village.suoi_may)]
        made = people.create(
            session, village.administrator, login="qt.xa", name="Xã", grants=roles, now=NOW
        )
        return who(session, made.id)


def test_somebody_invited_sets_a_password_and_signs_in(
    administrator: Browser, browser: Browser, village: Village
) -> None:
    link = invited(administrator, village)
    assert "chưa dùng lời mời" in administrator.get("/nguoi-dung/?tim=sung+mai").text
    assert "<strong>mai</strong>" in browser.get(link).text
    browser.fill(link, "", {"password": PASSWORD})
    signed = browser.fill("/dang-nhap", "/dang-nhap", {"login": "mai", "password": PASSWORD})
    assert signed.location == "/"
    assert browser.get("/nguoi-dung/").status_code == 404


def test_an_invitation_lives_for_a_week(
    administrator: Browser, browser: Browser, village: Village, clock: Clock
) -> None:
    link = invited(administrator, village)
    clock.move(INVITATION_LIVES * 0.99)
    assert browser.get(link).status_code == 200
    clock.move(INVITATION_LIVES * 0.02)
    assert browser.get(link).status_code == 404


def test_what_is_missing_is_told_and_what_was_typed_is_kept(administrator: Browser) -> None:
    answer = administrator.fill("/nguoi-dung/moi", "", {"name": "Mai", "login": "lan"})
    assert answer.status_code == 422
    assert 'value="Mai"' in answer.text
    assert "đã có người dùng" in answer.text
    assert "Chọn ít nhất một vai trò" in answer.text


def test_a_role_is_given_and_taken_back_on_the_page_of_a_person(
    administrator: Browser, village: Village
) -> None:
    page = f"/nguoi-dung/{village.officer.person_id}"
    given = {"role": "approver", "area": village.na_may}
    assert administrator.fill(page, f"{page}/vai-tro", given).status_code == 303
    assert "Lãnh đạo duyệt · Xã Nà Mây" in administrator.get(page).text
    assert administrator.post(f"{page}/thu-hoi", given).status_code == 303
    assert "<strong>Lãnh đạo duyệt · Xã Nà Mây" not in administrator.get(page).text
    assert administrator.post(f"{page}/vai-tro", {"role": "king"}).status_code == 404
    only = {"role": "officer", "area": village.suoi_may}
    administrator.post(f"{page}/thu-hoi", only)
    assert "chỉ có một vai trò" in administrator.get(page).text


def test_a_locked_person_is_out_at_once_and_comes_back_by_a_new_invitation(
    administrator: Browser, officer: Browser, village: Village
) -> None:
    page = f"/nguoi-dung/{village.officer.person_id}"
    assert officer.get("/").status_code == 200
    administrator.fill(page, f"{page}/khoa", {})
    assert officer.get("/").status_code == 303
    assert "Lan" in administrator.get("/nguoi-dung/?khoa=1").text
    assert "/mat-khau/" in administrator.fill(page, f"{page}/mo-khoa", {}).text
    assert officer.get("/").status_code == 303


def test_whoever_works_elsewhere_too_has_no_button_that_leads_nowhere(
    browser: Browser, store: Store, village: Village
) -> None:
    asking = browser.signed_in(local(store, village))
    page = f"/nguoi-dung/{village.officer.person_id}"
    assert page in asking.get("/nguoi-dung/").text
    shown = asking.get(page).text
    assert "còn làm việc ở nơi khác" in shown
    assert "dat-lai-mat-khau" not in shown
    assert shown.count("/thu-hoi") == 1
    stranger = f"/nguoi-dung/{village.stranger.person_id}"
    assert asking.get(stranger).status_code == 404


def test_what_was_given_stands_in_the_audit_in_words(
    administrator: Browser, village: Village, store: Store
) -> None:
    page = f"/nguoi-dung/{village.officer.person_id}"
    administrator.fill(page, f"{page}/vai-tro", {"role": "approver", "area": village.na_may})
    shown = administrator.get("/nhat-ky/?ve=person").text
    assert "giao vai trò" in shown
    assert "Lãnh đạo duyệt · Xã Nà Mây; Cán bộ xã · Xã Suối Mây" in shown
    with store.reading() as session:
        assert session.get_one(Person, village.officer.person_id).active


def test_the_list_is_paged(administrator: Browser, store: Store, village: Village) -> None:
    with store.writing() as session:
        for n in range(51):
            people.create(
                session,
                village.administrator,
                login=f"can-bo-{n}",
                name=f"Cán bộ {n:02}",
                grants=[(Role.OFFICER, village.na_may)],
                now=NOW,
            )
    first = administrator.get("/nguoi-dung/?tim=can+bo").text
    assert "Cán bộ 49" in first
    assert "Cán bộ 50" not in first
    assert "Trang sau" in first
    assert "Cán bộ 50" in administrator.get("/nguoi-dung/?tim=can+bo&trang=2").text
