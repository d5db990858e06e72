"""What every page has in common: who may come, forged forms, headers, failures."""

import re
from io import BytesIO

import pytest
from werkzeug.routing import Rule

from controller.settings import Settings
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from web import create_app, draft_form
from web.csrf import PROGRAMS
from web.guard import OPEN, STATIONS_TOO

PEOPLE = ("officer", "approver", "staff", "technician", "administrator", "auditor")
SECTIONS = ("/", "/ban-tin/", "/ban-tin/soan", "/duyet/", "/dang-phat/", "/tram-loa/", "/phien")


def rules(browser: Browser) -> list[Rule]:
    told_to_all = OPEN | {"api.openapi"}
    return [rule for rule in browser.app.url_map.iter_rules() if rule.endpoint not in told_to_all]


def address(rule: Rule, id_: str) -> str:
    return re.sub(r"<[^>]*>", id_, rule.rule)


def test_every_page_asks_who_is_there(browser: Browser) -> None:
    for rule in rules(browser):
        answer = browser.get(address(rule, "x" * 36)) if "GET" in (rule.methods or ()) else None
        if answer is not None and (rule.endpoint == STATIONS_TOO or rule.rule.startswith(PROGRAMS)):
            assert answer.status_code == 401
        elif answer is not None:
            assert answer.location.startswith("/dang-nhap"), rule


@pytest.mark.parametrize("role", PEOPLE)
def test_every_role_sees_its_sections_without_a_fault(
    browser: Browser, village: Village, role: str
) -> None:
    person = browser.signed_in(getattr(village, role))
    for url in SECTIONS:
        answer = person.get(url)
        assert answer.status_code == 200, url
        assert answer.text.count("<h1>") == 1
    expected = 200 if role == "administrator" else 404
    assert person.get("/nguoi-dung/").status_code == expected
    expected = 200 if role in ("officer", "approver", "staff") else 404
    for url in ("/cach-doc/", "/cach-doc/them"):
        assert person.get(url).status_code == expected


@pytest.mark.parametrize("token", [None, "", "another", "tôi"])
def test_a_form_of_another_site_is_refused(officer: Browser, token: str | None) -> None:
    officer.get("/ban-tin/soan")
    fields = {"text": "Giả mạo"} if token is None else {"text": "Giả mạo", "csrf": token}
    answer = officer.client.post("/ban-tin/soan", data=fields)
    assert answer.status_code == 400
    assert "Trang đã mở quá lâu" in answer.text


def test_a_form_without_any_session_is_refused(browser: Browser) -> None:
    answer = browser.client.post("/dang-nhap", data={"csrf": "", "login": "lan"})
    assert answer.status_code == 400


def test_scripts_run_only_with_the_word_of_this_answer(officer: Browser) -> None:
    first, second = officer.get("/ban-tin/soan"), officer.get("/ban-tin/soan")
    words = [
        re.findall(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])[0]
        for page in (first, second)
    ]
    assert words[0] != words[1]
    policy = first.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    scripts = re.findall(r"<script[^>]*>", first.text)
    assert scripts
    assert all(f'nonce="{words[0]}"' in script and " src=" in script for script in scripts)


def test_no_page_has_an_inline_style_or_handler(officer: Browser) -> None:
    for url in SECTIONS:
        assert not re.search(r"\s(style|on\w+)=", officer.get(url).text), url


@pytest.mark.parametrize("url", ["/", "/dang-nhap", "/static/brand.svg", "/khong-co"])
def test_every_answer_carries_the_headers(browser: Browser, url: str) -> None:
    headers = browser.get(url).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.get("/dang-nhap").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_never_travels_in_clear(browser: Browser) -> None:
    answer = browser.get("/dang-nhap", base_url="https://loa.example")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_what_is_too_large_is_said_so(officer: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_form, "MOST_BYTES", 1_000)
    answer = officer.post("/ban-tin/soan", {"text": "a" * 2_000})
    assert answer.status_code == 413
    assert "quá lớn" in answer.text


def test_only_who_is_signed_in_may_send_much_and_only_where_files_are_taken(
    browser: Browser, officer: Browser
) -> None:
    def send(who: Browser, url: str) -> int:
        return who.post(url, {"file": (BytesIO(bytes(9_000)), "a.mp3")}).status_code

    browser.app.config["MAX_CONTENT_LENGTH"] = 8_000
    assert send(browser, "/dang-nhap") == 413
    assert send(browser, "/ban-tin/soan") == 303, "to the sign-in page, unread"
    assert send(officer, "/dang-phat/dung-het") == 413
    assert send(officer, "/ban-tin/soan") == 422


def test_nothing_is_kept_of_what_somebody_sends_who_may_not_compose(
    browser: Browser, village: Village, settings: Settings
) -> None:
    auditor = browser.signed_in(village.auditor)
    file = (BytesIO(b"RIFF"), "a.mp3")
    auditor.post("/ban-tin/soan", {"kind": "audio", "file": file, "targets": [village.suoi_may]})
    assert list((settings.media / "originals").iterdir()) == []


def test_an_id_that_no_database_takes_is_not_found(officer: Browser) -> None:
    assert officer.get("/ban-tin/a%00b").status_code == 404


def test_a_fault_of_ours_gives_a_number_and_no_traceback(
    settings: Settings, store: Store, village: Village, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down() -> None:
        raise ZeroDivisionError("a secret detail")

    app = create_app(settings, store, nudge=break_down, now=lambda: NOW)
    officer = Browser(app, store, lambda: NOW).signed_in(village.officer)
    answer = officer.fill("/ban-tin/soan", "", {"text": "Họp thôn.", "then": "keep"})
    assert answer.status_code == 500
    reference = re.findall(r"Mã lỗi: <strong>([0-9A-F]{8})</strong>", answer.text)[0]
    assert "ZeroDivisionError" not in answer.text
    assert "secret detail" not in answer.text
    assert reference in caplog.text


def test_health_is_open_and_asks_the_database(browser: Browser) -> None:
    assert browser.get("/healthz").text == "ok\n"
