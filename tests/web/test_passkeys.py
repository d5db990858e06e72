"""Passkeys: made, shown at the door and before an alarm, removed; all other answers refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy import select

from contract.states import Class
from controller import passwords, second_step
from controller.media.disk import DiskMedia
from controller.model import AuditLine, Passkey, Person, WebSession
from controller.passkey_answer import ANSWERED_WITHIN
from controller.settings import Settings
from controller.store import Store
from tests.controller.village import Village
from tests.fakes.authenticator import MAY_SYNC, PRESENT, SYNCED, Authenticator
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import sent
from web.parts import install, parts

ORIGIN = "http://localhost"
PASSWORD = "bốn từ không liên quan"
DOOR = "/dang-nhap/khoa/"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return structs.replace(settings, public_url=ORIGIN)


@pytest.fixture
def device() -> Authenticator:
    return Authenticator(ORIGIN)


def make(browser: Browser, device: Authenticator, name: str = "Điện thoại") -> Any:
    assert "Tạo khóa" in browser.post("/khoa-truy-cap/them", {}).text
    options = browser.post("/khoa-truy-cap/hoi", {}).get_json()
    answer = device.make(options)
    return browser.post("/khoa-truy-cap/tao", {"name": name, "credential": answer})


def asked(browser: Browser) -> dict[str, Any]:
    options: dict[str, Any] = browser.post(f"{DOOR}hoi", {}).get_json()
    return options


def show(browser: Browser, device: Authenticator, **fields: str) -> Any:
    return browser.post(DOOR, {"credential": device.show(asked(browser)), **fields})


def actions(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(AuditLine.action).order_by(AuditLine.n)))


def test_one_is_made_and_opens_the_door_without_a_name(
    browser: Browser, approver: Browser, device: Authenticator, store: Store
) -> None:
    made = make(approver, device)
    assert "Cất mã dự phòng" in made.text  # with the first, for the day the device is lost
    assert "Điện thoại" in approver.get("/khoa-truy-cap/").text
    assert "Hãy bật trước" not in approver.get("/").text
    assert "allowCredentials" not in asked(browser) or not asked(browser)["allowCredentials"]
    entered = show(browser, device, next="/duyet/")
    assert entered.location == "/duyet/"
    assert browser.get("/duyet/").status_code == 200
    assert {"person.passkey_added", "person.sign_in"} <= set(actions(store))


def test_what_was_typed_before_comes_through(
    browser: Browser, approver: Browser, device: Authenticator
) -> None:
    make(approver, device)
    resumed = show(browser, device, next="/ban-tin/soan", kept="text=Xin+chào")
    assert 'value="Xin chào"' in resumed.text


def test_an_alarm_is_approved_with_it(  # noqa: PLR0917 - fixtures
    approver: Browser,
    device: Authenticator,
    store: Store,
    media: DiskMedia,
    village: Village,
    clock: Clock,
) -> None:
    make(approver, device)
    alarm = sent(store, media, village, cls=Class.EMERGENCY, valid_h=2)
    page = f"/duyet/{alarm}"
    clock.move(second_step.PROVEN_FOR + timedelta(minutes=1))
    assert "data-passkey" in approver.get(page).text
    refused = approver.fill(page, f"{page}/dong-y", {"credential": "{}"})
    assert refused.status_code == 422
    signed = device.show(asked(approver))
    done = approver.fill(page, f"{page}/dong-y", {"credential": signed})
    assert done.status_code == 303
    assert done.location.startswith("/khan-cap/phat/")


def test_somebody_elses_proves_nothing(
    approver: Browser, officer: Browser, device: Authenticator, clock: Clock
) -> None:
    make(approver, device)
    other = Authenticator(ORIGIN)
    make(officer, other)
    clock.move(second_step.PROVEN_FOR + timedelta(minutes=1))
    signed = other.show(asked(approver))
    assert approver.post("/khoa-truy-cap/them", {"credential": signed}).status_code == 422
    with_own = approver.post("/khoa-truy-cap/them", {"credential": device.show(asked(approver))})
    assert "Tạo khóa" in with_own.text


Change = Callable[[Authenticator], None]


def elsewhere(device: Authenticator) -> None:
    device.origin = "https://localhost.example"


def not_unlocked(device: Authenticator) -> None:
    device.flags = PRESENT


def another_key(device: Authenticator) -> None:
    device.key = Authenticator(ORIGIN).key


def another_person(device: Authenticator) -> None:
    device.handle = b"somebody"


def copied(device: Authenticator) -> None:
    device.count -= 1


def grown_into_one_that_syncs(device: Authenticator) -> None:
    device.flags |= MAY_SYNC


@pytest.mark.parametrize(
    "change",
    [elsewhere, not_unlocked, another_key, another_person, copied, grown_into_one_that_syncs],
)
def test_any_other_answer_stays_outside(
    browser: Browser, approver: Browser, device: Authenticator, store: Store, change: Change
) -> None:
    make(approver, device)
    change(device)
    refused = show(browser, device)
    assert refused.location == "/dang-nhap"
    assert "Khóa truy cập không đúng" in browser.get("/dang-nhap").text
    assert browser.get("/").status_code == 303
    assert ("person.passkey_copied" in actions(store)) == (change is copied)


def test_a_device_that_does_not_count_and_one_that_syncs_are_taken(
    browser: Browser, approver: Browser, store: Store
) -> None:
    device = Authenticator(ORIGIN, step=0, flags=PRESENT | 4 | MAY_SYNC)
    make(approver, device)
    device.flags |= SYNCED
    assert show(browser, device).location == "/"
    browser.post("/dang-xuat", {})
    assert show(browser, device).location == "/"
    with store.reading() as session:
        row = session.scalars(select(Passkey)).one()
        assert (row.sign_count, row.may_sync, row.synced) == (0, True, True)
    assert "sao lưu sang các máy khác" in approver.get("/khoa-truy-cap/").text


def test_an_answer_is_good_once_and_not_for_long(
    browser: Browser, approver: Browser, clock: Clock
) -> None:
    device = Authenticator(ORIGIN, step=0)
    make(approver, device)
    options = asked(browser)
    with browser.client.session_transaction() as cookie:
        kept = dict(cookie)
    answer = device.show(options)
    assert browser.post(DOOR, {"credential": answer}).location == "/"
    with browser.client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(kept)  # whoever copied the cookie as well as the answer
    assert browser.post(DOOR, {"credential": answer}).location == "/dang-nhap"
    late = device.show(asked(browser))
    clock.move(ANSWERED_WITHIN + timedelta(seconds=1))
    assert browser.post(DOOR, {"credential": late}).location == "/dang-nhap"


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": 1}', '{"id": "a", "response": []}', "x" * 30_000]
)
def test_nonsense_stays_outside(browser: Browser, answer: str) -> None:
    asked(browser)
    assert browser.post(DOOR, {"credential": answer}).location == "/dang-nhap"


def test_it_is_the_second_step_too_and_a_locked_account_has_no_key(
    browser: Browser, approver: Browser, device: Authenticator, store: Store, village: Village
) -> None:
    make(approver, device)
    with store.writing() as session:
        session.get_one(Person, village.approver.person_id).active = False
    assert show(browser, device).location == "/dang-nhap"
    with store.writing() as session:
        session.get_one(Person, village.approver.person_id).active = True
        row = session.scalars(select(WebSession)).one()
        row.stage = "code"
    assert asked(approver)["allowCredentials"]
    answer = device.show(asked(approver))
    assert approver.post("/dang-nhap/ma", {"credential": answer}).location == "/"
    assert approver.get("/").status_code == 200
    with store.reading() as session:
        assert session.scalars(select(WebSession.stage)).all() == ["full"]


def test_whoever_must_have_a_second_factor_makes_one_at_the_door(
    browser: Browser, device: Authenticator, store: Store, village: Village, clock: Clock
) -> None:
    assert browser.post("/dang-nhap/khoa-moi/hoi", {}).status_code == 403
    with store.writing() as session:
        person = session.get_one(Person, village.approver.person_id)
        person.password_hash = passwords.hashed(PASSWORD)
        person.factor_due_at = clock()
    typed = {"login": "hoa", "password": PASSWORD, "next": "/duyet/"}
    assert "Dùng khóa truy cập" in browser.fill("/dang-nhap", "/dang-nhap", typed).text
    refused = browser.post("/dang-nhap/khoa-moi/", {"credential": "{}", "next": "/duyet/"})
    assert refused.status_code == 422
    assert browser.get("/duyet/").status_code == 303
    options = browser.post("/dang-nhap/khoa-moi/hoi", {}).get_json()
    answer = {"credential": device.make(options), "next": "/duyet/"}
    done = browser.post("/dang-nhap/khoa-moi/", answer)
    assert "Cất mã dự phòng" in done.text
    assert 'href="/duyet/"' in done.text
    assert browser.get("/duyet/").status_code == 200
    assert browser.post("/dang-nhap/khoa-moi/hoi", {}).status_code == 403


def test_recovery_codes_open_where_there_is_no_telephone(
    browser: Browser, approver: Browser, device: Authenticator, clock: Clock
) -> None:
    code = make(approver, device).text.partition('<code class="text-body">')[2][:19]
    clock.move(second_step.PROVEN_FOR + timedelta(minutes=1))
    assert "Tạo khóa" in approver.post("/khoa-truy-cap/them", {"proof": code}).text


def test_the_last_is_removed_with_a_warning(
    approver: Browser, stranger: Browser, store: Store, clock: Clock
) -> None:
    devices = [Authenticator(ORIGIN), Authenticator(ORIGIN)]
    for number, device in enumerate(devices):
        make(approver, device, f"Máy {number}")
    with store.reading() as session:
        keys = session.scalars(select(Passkey.id).order_by(Passkey.name)).all()
    assert stranger.get(f"/khoa-truy-cap/bo?khoa={keys[0]}").status_code == 404
    assert stranger.post("/khoa-truy-cap/bo", {"passkey": keys[0]}).status_code == 404
    page = f"/khoa-truy-cap/bo?khoa={keys[0]}"
    assert "cuối cùng" not in approver.get(page).text
    approver.fill(page, "/khoa-truy-cap/bo", {})
    page = f"/khoa-truy-cap/bo?khoa={keys[1]}"
    assert "cuối cùng" in approver.get(page).text
    clock.move(second_step.PROVEN_FOR + timedelta(minutes=1))
    asks = approver.fill(page, "/khoa-truy-cap/bo", {})
    assert "Xác nhận là bạn" in asks.text
    signed = devices[1].show(asked(approver))
    done = approver.post("/khoa-truy-cap/bo", {"passkey": keys[1], "credential": signed})
    assert done.status_code == 303
    with store.reading() as session:
        assert session.scalars(select(Passkey)).all() == []
    assert actions(store).count("person.passkey_removed") == 2


def test_a_name_is_needed_and_one_device_has_one(approver: Browser, device: Authenticator) -> None:
    assert make(approver, device, " ").status_code == 422
    make(approver, device)
    options = approver.post("/khoa-truy-cap/hoi", {}).get_json()
    assert len(options["excludeCredentials"]) == 1
    assert options["authenticatorSelection"]["residentKey"] == "required"
    again = approver.post("/khoa-truy-cap/tao", {"name": "x", "credential": device.make(options)})
    assert "đã có rồi" in again.text


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (None, "TT_PUBLIC_URL"),
        ("https://192.168.1.10", "cần một tên miền"),
        ("http://loa.xa.gov.vn", "cần HTTPS"),
        ("https://loa.xa.gov.vn", "khi mở trang ở địa chỉ https://loa.xa.gov.vn"),
    ],
)
def test_where_there_can_be_none_the_page_says_why(
    approver: Browser, url: str | None, said: str
) -> None:
    with approver.app.app_context():
        now = parts()
    install(approver.app, replace(now, settings=structs.replace(now.settings, public_url=url)))
    page = approver.get("/khoa-truy-cap/").text
    assert said in page
    assert "Thêm khóa truy cập" not in page
    assert "data-passkey" not in approver.get("/dang-nhap").text
    assert approver.post("/khoa-truy-cap/hoi", {}).status_code == 404
