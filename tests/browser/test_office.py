"""An office at work: from a prepared notice to a deputy's approval."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_road import listen

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(200)]

LEADER = "Lãnh đạo xã Suối Mây"
DEPUTY = "Cán bộ khu vực Mây Cao"


def test_a_prepared_notice_is_filled_in_declared_and_approved_by_a_deputy(
    visit: Callable[..., Visitor],
) -> None:
    leader = visit("lanhdao.suoimay")
    leader.open("/vang-mat/")
    page = leader.page
    now = page.evaluate("new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 16)")
    page.get_by_label("Vắng từ").fill(now)
    page.get_by_label("Người duyệt thay").select_option(label=DEPUTY)
    leader.press("Ghi vắng mặt")
    expect(page.get_by_text("Đang vắng")).to_be_visible()
    leader.check("office-1-away")

    officer = visit("canbo.suoimay")
    title = _written(officer)
    _declared(officer)

    deputy = visit("khuvuc")
    deputy.open("/")
    expect(deputy.page.get_by_text(f"Bạn duyệt thay {LEADER}")).to_be_visible()
    deputy.check("office-5-deputy")
    deputy.page.get_by_role("link", name=re.compile(title)).first.click()
    deputy.check("office-6-decide")
    deputy.press("Duyệt")
    expect(deputy.page.get_by_text(f"{DEPUTY} duyệt thay {LEADER}")).to_be_visible()

    leader.open("/vang-mat/")
    leader.page.get_by_role("button", name=re.compile("Kết thúc sớm")).click()
    expect(leader.page.get_by_text("Đang vắng")).to_have_count(0)


def _written(officer: Visitor) -> str:
    """From the words of a template; nothing is read while a blank is open."""
    officer.open("/kho-mau/")
    officer.page.get_by_role("link", name=re.compile("Dùng mẫu.*Tuyển dụng")).click()
    officer.press("Nghe thử")
    expect(officer.page.locator("#error-summary")).to_be_focused()
    officer.check("office-2-blanks")
    words = officer.page.get_by_label("Lời bản tin")
    title = "Thông báo tuyển dụng"
    words.fill(f"{title}.\nXưởng may Suối Mây tuyển hai thợ may.")
    officer.page.get_by_label("Hằng ngày").check()
    officer.page.get_by_label("Giờ phát").fill("17:00")
    officer.page.get_by_label("Giờ phát").blur()
    expect(officer.page.locator("#room")).to_contain_text("bản tin này khoảng")
    officer.press("Nghe thử")
    listen(officer)
    return title


def _declared(officer: Visitor) -> None:
    """The questions of each kind come and go with it."""
    page = officer.page
    page.get_by_text("Đăng giúp tổ chức, cá nhân khác?").click()
    told = page.get_by_text("Bản tin tuyển dụng đã nêu")
    expect(told).to_be_hidden()
    page.get_by_label("Tuyển dụng", exact=True).check()
    expect(told).to_be_visible()
    page.get_by_label("Tên tổ chức, cá nhân nhờ đăng").fill("Xưởng may Suối Mây")
    officer.press("Gửi duyệt")
    expect(page.locator("#error-summary")).to_contain_text("phải nêu vị trí cần tuyển")
    officer.check("office-3-declare")
    for fact in ("Vị trí cần tuyển", "Số lượng", "Yêu cầu", "Tên và địa chỉ nơi tuyển"):
        page.get_by_label(fact).check()
    page.get_by_label("Tôi cam đoan bản tin không quảng cáo").check()
    page.get_by_label("Tôi đã nghe hết bản tin").check()
    officer.press("Gửi duyệt")
    expect(page.get_by_text(f"{LEADER} đang vắng")).to_be_visible()
    officer.check("office-4-sent")
