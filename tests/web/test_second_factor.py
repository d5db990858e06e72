"""A telephone is set up, shown at the door, and shown again before an alarm sounds."""

from datetime import timedelta

import pytest

from contract.states import Class
from controller import passwords, second_factor, second_step, totp
from controller.media.disk import DiskMedia
from controller.model import Person
from controller.store import Store
from tests.controller.village import Village
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.writing import sent
from web import devices

PASSWORD = "bốn từ không liên quan"


@pytest.fixture
def hoa(store: Store, village: Village) -> None:
    """The approver has a password."""
    with store.writing() as session:
        person = session.get_one(Person, village.approver.person_id)
        person.password_hash = passwords.hashed(PASSWORD)


def enter(browser: Browser, **fields: str):
    typed = {"login": "hoa", "password": PASSWORD, **fields}
    return browser.fill("/dang-nhap", "/dang-nhap", typed)


def shown(page: str, clock: Clock) -> str:
    """What a telephone that was told the secret of the page shows now."""
    secret = page.partition('<code class="text-body">')[2].partition("</code>")[0].replace(" ", "")
    return totp.code(secret, totp.step_at(clock()))


def codes(page: str) -> list[str]:
    return [part.partition("</code>")[0] for part in page.split('<li><code class="text-body">')[1:]]


def set_up(browser: Browser, clock: Clock) -> tuple[str, list[str]]:
    """The page with the secret, and the recovery codes."""
    begun = browser.fill("/hai-buoc/", "/hai-buoc/dien-thoai", {}).text
    done = browser.post("/hai-buoc/xac-nhan", {"code": shown(begun, clock)})
    assert done.status_code == 200
    assert "no-store" in done.headers["Cache-Control"]
    clock.move(timedelta(minutes=1))
    return begun, codes(done.text)


def test_an_approver_sets_up_a_telephone_and_shows_it_at_the_door(
    browser: Browser, hoa: None, clock: Clock
) -> None:
    assert enter(browser).location == "/"
    assert "Hãy bật trước 07/12/2026" in browser.get("/").text
    begun, recovery = set_up(browser, clock)
    assert len(recovery) == 10
    assert "Hãy bật trước" not in browser.get("/").text
    browser.post("/dang-xuat", {})
    door = enter(browser, next="/duyet/")
    assert "Nhập mã xác nhận" in door.text
    assert browser.get("/duyet/").status_code == 303
    wrong = browser.post("/dang-nhap/ma", {"proof": "123", "next": "/duyet/"})
    assert wrong.status_code == 422
    assert "Mã chưa đúng" in wrong.text
    right = browser.post("/dang-nhap/ma", {"proof": shown(begun, clock), "next": "/duyet/"})
    assert right.location == "/duyet/"
    assert browser.get("/duyet/").status_code == 200


def test_what_was_typed_before_the_session_ended_comes_through_both_steps(
    browser: Browser, hoa: None, clock: Clock
) -> None:
    enter(browser)
    _, recovery = set_up(browser, clock)
    browser.post("/dang-xuat", {})
    enter(browser, next="/ban-tin/soan", kept="text=Xin+chào")
    through = browser.post(
        "/dang-nhap/ma", {"proof": recovery[0], "next": "/ban-tin/soan", "kept": "text=Xin+chào"}
    )
    assert 'value="Xin chào"' in through.text


def test_after_the_grace_the_telephone_is_set_up_at_the_door(
    browser: Browser, hoa: None, clock: Clock
) -> None:
    enter(browser)
    browser.post("/dang-xuat", {})
    clock.move(second_factor.GRACE)
    door = enter(browser)
    assert "Vai trò của bạn cần thêm một bước" in door.text
    assert browser.get("/").status_code == 303
    assert browser.post("/dang-nhap/dien-thoai", {"code": "1"}).status_code == 422
    done = browser.post("/dang-nhap/dien-thoai", {"code": shown(door.text, clock)})
    assert len(codes(done.text)) == 10
    assert browser.get("/").status_code == 200
    assert browser.post("/dang-nhap/dien-thoai", {"code": "1"}).location == "/dang-nhap"


def test_an_alarm_is_approved_with_a_code_when_the_last_is_old(
    approver: Browser, store: Store, media: DiskMedia, village: Village, clock: Clock
) -> None:
    begun, _ = set_up(approver, clock)
    alarm = sent(store, media, village, cls=Class.EMERGENCY, valid_h=2)
    page = f"/duyet/{alarm}"
    assert 'name="proof"' not in approver.get(page).text
    clock.move(second_step.PROVEN_FOR)
    assert 'name="proof"' in approver.get(page).text
    refused = approver.fill(page, f"{page}/dong-y", {"proof": "000000"})
    assert refused.status_code == 422
    assert "Mã chưa đúng" in refused.text
    done = approver.fill(page, f"{page}/dong-y", {"proof": shown(begun, clock)})
    assert done.status_code == 303
    assert done.location != page


def test_another_telephone_or_codes_need_the_first(approver: Browser, clock: Clock) -> None:
    begun, first = set_up(approver, clock)
    clock.move(second_step.PROVEN_FOR)
    for action in ("/hai-buoc/dien-thoai", "/hai-buoc/ma-du-phong"):
        asked = approver.fill("/hai-buoc/", action, {}).text
        assert "Nhập mã xác nhận" in asked
        assert approver.post(action, {"proof": "1"}).status_code == 422
    assert approver.post("/hai-buoc/xac-nhan", {"code": "1"}).status_code == 303
    renewed = approver.post("/hai-buoc/ma-du-phong", {"proof": shown(begun, clock)}).text
    assert set(codes(renewed)).isdisjoint(first)
    assert "Còn 10 mã" in approver.get("/hai-buoc/").text


def test_one_machine_is_signed_out_by_name(browser: Browser, approver: Browser, hoa: None) -> None:
    enter(browser)
    approver.fill("/phien", "/phien/dang-xuat", {})
    assert browser.get("/").status_code == 303
    assert approver.get("/").status_code == 200


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("(Linux; Android 14) Chrome/140.0 Mobile", "Chrome trên điện thoại Android"),
        ("(Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge trên máy Windows"),
        ("(iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari trên iPhone"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_called_as_its_owner_knows_it(said: str, called: str) -> None:
    assert devices.called(said) == called
