"""A leader's passkey in a real browser, with a device that Chromium plays."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from controller.demo.village import Village
from controller.model import Person
from controller.store import Store
from tests.browser.conftest import Visitor
from tests.browser.test_second_factor import PASSWORD, invited

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_device(visitor: Visitor) -> None:
    """At the name that passkeys are tied to, with a device built in."""
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def leave(visitor: Visitor) -> None:
    visitor.page.locator("details.me summary").click()
    visitor.press("Đăng xuất")


def test_a_passkey_is_made_and_opens_the_door_in_two_taps(visit: Callable[..., Visitor]) -> None:
    link = invited(visit("quantri"), "khoa.truy.cap").replace("127.0.0.1", "localhost")
    leader = visit()
    with_a_device(leader)
    page = leader.page
    page.goto(link)
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    leader.press("Lưu mật khẩu")
    leader.sign_in("khoa.truy.cap", PASSWORD)
    leader.open("/khoa-truy-cap/")
    leader.press("Thêm khóa truy cập")
    page.get_by_label("Gọi máy này là gì").fill("Điện thoại của tôi")
    leader.check("passkey-make")
    leader.press("Tạo khóa")
    expect(page.get_by_role("heading", name="Cất mã dự phòng")).to_be_visible()
    leader.press("Đã cất, tiếp tục")
    expect(page.get_by_text("Điện thoại của tôi", exact=True)).to_be_visible()
    leader.check("passkeys")

    leave(leader)
    expect(page.get_by_role("button", name="Dùng khóa truy cập")).to_be_visible()
    leader.check("passkey-door")
    leader.press("Dùng khóa truy cập")
    expect(page.get_by_role("heading", name="Chào ")).to_be_visible()
    leave(leader)
    page.get_by_label("Tên đăng nhập").fill("khoa.truy.cap")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    leader.press("Đăng nhập")
    leader.check("passkey-second-step")
    leader.press("Vào")
    expect(page.get_by_role("heading", name="Chào ")).to_be_visible()
    leader.open("/khoa-truy-cap/")
    page.get_by_role("link", name="Bỏ khóa Điện thoại của tôi").click()
    leader.check("passkey-remove")
    leader.press("Bỏ khóa này")
    expect(page.get_by_text("Đã bỏ khóa truy cập.")).to_be_visible()


@pytest.mark.slow
def test_it_is_set_up_at_the_door_once_it_is_due(
    visit: Callable[..., Visitor], village: Village
) -> None:
    link = invited(visit("quantri"), "khoa.o.cua").replace("127.0.0.1", "localhost")
    store = Store(f"sqlite:///{village.layout.data / 'truyenthanh.db'}")
    with store.writing() as session:
        due = Person.login == "khoa.o.cua"
        session.execute(update(Person).where(due).values(factor_due_at=datetime.now(UTC)))
    store.close()
    leader = visit()
    with_a_device(leader)
    page = leader.page
    page.goto(link)
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    leader.press("Lưu mật khẩu")
    page.get_by_label("Tên đăng nhập").fill("khoa.o.cua")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    leader.press("Đăng nhập")
    leader.check("passkey-enrol-door")
    leader.press("Dùng khóa truy cập")
    leader.press("Đã cất, tiếp tục")
    expect(page.get_by_role("heading", name="Chào ")).to_be_visible()
