"""Signing in and out, the throttle, the one-time link, one's sessions."""

from datetime import timedelta

import pytest

from controller import passwords
from controller.model import Bulletin, Person
from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser, forms
from tests.web.conftest import Clock

PASSWORD = "bốn từ không liên quan"


@pytest.fixture
def lan(store: Store, village: Village) -> None:
    """The officer has a password."""
    with store.writing() as session:
        person = session.get_one(Person, village.officer.person_id)
        person.password_hash = passwords.hashed(PASSWORD)


def try_it(browser: Browser, password: str, **fields: str):
    return browser.fill(
        "/dang-nhap", "/dang-nhap", {"login": "lan", "password": password, **fields}
    )


def test_the_right_password_leads_to_ones_work(browser: Browser, lan: None) -> None:
    answer = try_it(browser, PASSWORD)
    assert answer.location == "/"
    assert "Chào Lan" in browser.get("/").text


def test_the_page_that_was_asked_for_comes_after_it(browser: Browser, lan: None) -> None:
    asked = browser.get("/ban-tin/?so=60")
    assert asked.location == "/dang-nhap?next=/ban-tin/?so%3D60"
    assert try_it(browser, PASSWORD, next="/ban-tin/?so=60").location == "/ban-tin/?so=60"


@pytest.mark.parametrize(
    "foreign",
    [
        "https://xa.example/",
        "//xa.example",
        "/\\xa.example",
        "/\t/xa.example",  # browsers leave tabs and line ends out
        "/\n/xa.example",
        "/a\r\nSet-Cookie: tt_session=x",
    ],
)
def test_nobody_is_led_away_to_another_site(browser: Browser, lan: None, foreign: str) -> None:
    assert try_it(browser, PASSWORD, next=foreign).location == "/"


def test_a_wrong_password_twenty_times_is_slowed_down(browser: Browser, lan: None) -> None:
    codes = [try_it(browser, "sai rồi").status_code for _ in range(20)]
    assert codes == [422] * 10 + [429] * 10
    answer = try_it(browser, PASSWORD)
    assert answer.status_code == 429
    assert "Sai mật khẩu quá nhiều lần" in answer.text


def test_a_wrong_name_sounds_like_a_wrong_password(browser: Browser, lan: None) -> None:
    wrong = try_it(browser, "sai rồi").text
    unknown = browser.fill(
        "/dang-nhap", "/dang-nhap", {"login": "ai đó", "password": "sai rồi"}
    ).text
    for page in (wrong, unknown):
        assert page.count("Tên đăng nhập hoặc mật khẩu không đúng.") == 2


def test_signing_out_ends_the_session(browser: Browser, lan: None) -> None:
    try_it(browser, PASSWORD)
    browser.fill("/", "/dang-xuat", {})
    assert browser.get("/").location == "/dang-nhap?next=/"


def test_a_machine_left_alone_is_signed_out(officer: Browser, clock: Clock) -> None:
    clock.move(timedelta(minutes=31))
    assert officer.get("/").status_code == 303


def test_a_page_that_polls_is_told_to_load_itself_again(officer: Browser, clock: Clock) -> None:
    clock.move(timedelta(minutes=31))
    answer = officer.get("/dang-phat/luc-nay", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (401, "true")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_that_is_being_filled_in_is_not_loaded_again(
    officer: Browser, clock: Clock, method: str
) -> None:
    address = {"GET": "/ban-tin/luc", "POST": "/ban-tin/soan/cach-doc"}[method]
    clock.move(timedelta(minutes=31))
    answer = officer.client.open(address, method=method, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers.get("HX-Refresh")) == (200, None)
    assert "Chữ bạn gõ vẫn còn" in answer.text


def test_what_was_typed_outlives_the_session(
    officer: Browser, store: Store, clock: Clock, lan: None
) -> None:
    typed = next(form for form in forms(officer.get("/ban-tin/soan").text) if "text" in form.fields)
    clock.move(timedelta(minutes=31))
    text = {"text": "Họp thôn & tổ.\nMời <bà con>.", "time": "17:00", "then": "keep"}
    again = officer.client.post("/ban-tin/soan", data={**typed.fields, **text})
    assert again.status_code == 401
    (door,) = forms(again.text)
    wrong = officer.client.post(door.action, data={**door.fields, "login": "lan", "password": "x"})
    (door,) = forms(wrong.text)
    door.fields |= {"login": "lan", "password": PASSWORD}
    (waiting,) = forms(officer.client.post(door.action, data=door.fields).text)
    page = officer.client.post(waiting.action, data=waiting.fields).location
    with store.reading() as session:
        assert session.get_one(Bulletin, page.rpartition("/")[2]).text == text["text"]


def test_a_form_of_another_site_is_not_kept_for_after_the_sign_in(
    officer: Browser, clock: Clock
) -> None:
    clock.move(timedelta(minutes=31))
    answer = officer.client.post("/ban-tin/soan", data={"text": "Giả mạo"})
    assert answer.status_code == 400
    assert "Giả mạo" not in answer.text


def test_sessions_that_ran_out_are_not_shown_as_signed_in(
    browser: Browser, officer: Browser, clock: Clock, lan: None
) -> None:
    try_it(browser, PASSWORD)
    clock.move(timedelta(minutes=20))
    browser.get("/")
    clock.move(timedelta(minutes=20))
    assert browser.get("/phien").text.count("Đăng nhập 23/11/2026") == 1


def test_all_sessions_are_ended_at_once(browser: Browser, officer: Browser, lan: None) -> None:
    try_it(browser, PASSWORD)
    page = browser.get("/phien").text
    assert page.count("Đăng nhập 23/11/2026 09:00") == 2
    browser.fill("/phien", "/phien/dang-xuat-het", {})
    assert officer.get("/").status_code == 303


def test_an_administrator_hands_over_a_link_that_works_once(
    browser: Browser, village: Village
) -> None:
    administrator = browser.signed_in(village.administrator)
    reset = f"/nguoi-dung/{village.officer.person_id}/dat-lai-mat-khau"
    shown = administrator.fill(f"/nguoi-dung/{village.officer.person_id}", reset, {})
    assert "no-store" in shown.headers["Cache-Control"]
    page = shown.text
    link = page.partition("/mat-khau/")[2].partition('"')[0]
    assert "Chào Lan" not in page
    short = browser.fill(f"/mat-khau/{link}", "", {"password": "ngắn"})
    assert short.status_code == 422
    assert "ít nhất 10 ký tự" in short.text
    browser.fill(f"/mat-khau/{link}", "", {"password": PASSWORD})
    assert try_it(browser, PASSWORD).location == "/"
    again = browser.post(f"/mat-khau/{link}", {"password": "một câu khác hẳn"})
    for answer in (again, browser.get(f"/mat-khau/{link}")):
        assert answer.status_code == 404
        assert "để nhận đường dẫn mới" in answer.text
