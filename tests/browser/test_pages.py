"""Every page at phone and desk size: no barrier, nothing wider than the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LONG_MS = 12_000  # longer than scripts/live.js waits for an answer

PAGES = {
    "canbo.suoimay": {
        "home": "/",
        "bulletins": "/ban-tin/",
        "compose": "/ban-tin/soan",
        "help": "/tro-giup/ban-tin",
        "help-all": "/tro-giup/",
        "on-air": "/dang-phat/",
        "schedule": "/lich/",
        "schedule-week": "/lich/?xem=tuan",
        "stations": "/tram-loa/",
        "station": "/tram-loa/suoi-may-1",
        "minute": "/tram-loa/suoi-may-1/vi-sao",
        "readings": "/cach-doc/?tim=UBND",
        "reading-new": "/cach-doc/them",
        "sources": "/nguon-tiep-song/",
        "emergencies": "/khan-cap/",
        "search": "/tim?q=suoi",
        "notice-templates": "/kho-mau/",
        "notice-template-new": "/kho-mau/them?tu=hop-thon",
        "alarm-templates": "/khan-cap/mau/",
        "alarm-template-new": "/khan-cap/mau/them?tu=lu",
        "inbox": "/hop-tin/",
        "priorities": "/uu-tien/",
        "sessions": "/phien",
        "schedule-import": "/lich/nhap/",
        "calendar-keys": "/lich/theo-doi/",
        "api-keys": "/cai-dat/khoa-api/",
        "not-found": "/khong-co-trang-nay",
    },
    "lanhdao.suoimay": {
        "approvals": "/duyet/",
        "absence": "/vang-mat/",
        "source-new": "/nguon-tiep-song/them",
    },
    "khuvuc": {"compose-khu-vuc": "/ban-tin/soan", "reading-new-khu-vuc": "/cach-doc/them"},
    "kythuat": {
        "home-technician": "/",
        "broken": "/tram-loa/?chi=hong",
        "sound": "/tram-loa/suoi-may-1/am-thanh",
        "tuning": "/tram-loa/suoi-may-1/chinh",
        "box": "/tram-loa/suoi-may-1/hop",
        "ills": "/tram-loa/can-xem",
        "wall": "/tram-loa/tuong/",
        "map": "/ban-do/",
        "health": "/tram-loa/suoi-may-1/suc-khoe",
        "foreign": "/tram-loa/thiet-bi-khac",
    },
    "quantri": {
        "people": "/nguoi-dung/",
        "audit": "/nhat-ky/",
        "inbox-places": "/hop-tin/noi-tu-chon",
        "report": "/bao-cao/",
        "report-mails": "/bao-cao/gui-thu/",
        "paper": "/bao-cao/van-ban/",
        "royalties": "/bao-cao/nhuan-but/",
    },
}


def test_the_door_has_no_barrier(visit: Callable[..., Visitor]) -> None:
    door = visit()
    door.open("/dang-nhap")
    door.check("sign-in")


@pytest.mark.parametrize("login", PAGES)
def test_no_page_has_a_barrier(visit: Callable[..., Visitor], login: str) -> None:
    visitor = visit(login)
    for name, path in PAGES[login].items():
        visitor.open(path)
        visitor.complaints = [said for said in visitor.complaints if "404" not in said]
        visitor.check(name)
    visitor.page.set_viewport_size(DESK)  # the frame is another one there; once for each role
    visitor.meet_no_barrier(login)


def test_errors_are_in_focus_and_said_at_their_field(visit: Callable[..., Visitor]) -> None:
    visitor = visit("canbo.suoimay")
    visitor.open("/ban-tin/soan")
    visitor.press("Nghe thử")
    expect(visitor.page.locator("#error-summary")).to_be_focused()
    assert visitor.page.title().startswith("Lỗi: ")
    visitor.check("compose-errors")
    visitor.page.locator("#error-summary a").first.click()
    expect(visitor.page.get_by_label("Lời bản tin")).to_be_focused()


def test_each_way_of_repeating_shows_its_own_fields(visit: Callable[..., Visitor]) -> None:
    visitor = visit("canbo.suoimay")
    visitor.open("/ban-tin/soan")
    page = visitor.page
    expect(page.get_by_label("Ngày phát")).to_be_visible()
    page.get_by_label("Hằng tuần").check()
    expect(page.get_by_label("Thứ Hai")).to_be_visible()
    expect(page.get_by_label("Ngày phát")).to_be_hidden()
    page.get_by_text("Lặp lại khác").click()
    page.get_by_label("Theo âm lịch").check()
    expect(page.get_by_label("Ngày âm lịch")).to_be_visible()
    expect(page.get_by_label("Thứ Hai")).to_be_hidden()
    visitor.check("compose-lunar")
    page.get_by_label("Tệp âm thanh").first.check()
    expect(page.get_by_label("Lời bản tin")).to_be_hidden()
    visitor.check("compose-file")


def test_a_relay_is_chosen_from_the_sources_of_the_place(visit: Callable[..., Visitor]) -> None:
    manager = visit("lanhdao.suoimay")
    manager.open("/nguon-tiep-song/them")
    manager.page.get_by_label("Tên nguồn").fill("Đài tỉnh")
    manager.page.get_by_label("Đài hoặc đơn vị phát").fill("Đài Phát thanh tỉnh Mây Trắng")
    manager.page.get_by_label("Địa chỉ luồng phát").fill("http://phat-thanh.invalid/fm")
    manager.press("Lưu và nghe thử")
    expect(manager.page.get_by_text("Không tìm thấy máy chủ").first).to_be_visible(timeout=30_000)
    manager.check("source")
    visitor = visit("canbo.suoimay")
    visitor.open("/ban-tin/soan")
    page = visitor.page
    expect(page.get_by_label("Tiếp sóng mấy phút")).to_be_hidden()
    page.get_by_label("Tiếp sóng đài khác").check()
    expect(page.get_by_label("Tiếp sóng mấy phút")).to_be_visible()
    expect(page.get_by_label("Nguồn tiếp sóng")).to_contain_text("Đài tỉnh")
    visitor.check("compose-relay")
    manager.page.get_by_text("Thôi dùng", exact=True).click()
    manager.press("Thôi dùng nguồn này")
    expect(manager.page.get_by_text("Chưa có nguồn tiếp sóng nào")).to_be_visible()


def test_the_chosen_start_is_said_back(visit: Callable[..., Visitor]) -> None:
    visitor = visit("canbo.suoimay")
    visitor.open("/ban-tin/soan")
    visitor.page.get_by_label("Ngày phát").fill("2030-02-02")
    visitor.page.get_by_label("Giờ phát").fill("17:00")
    visitor.page.get_by_label("Giờ phát").blur()
    said = visitor.page.locator("#start-in-words")
    expect(said).to_contain_text("17:00 (5 giờ chiều)")
    expect(said).to_contain_text("Thứ Bảy, 02/02/2030 (1/1 âm lịch)")
    visitor.page.get_by_label("Hằng ngày").check()
    expect(said.get_by_text("Thứ Bảy")).to_be_hidden()


def test_what_is_opened_comes_out_from_under_the_bottom_bar(visit: Callable[..., Visitor]) -> None:
    visitor = visit("canbo.suoimay")
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 420})
    visitor.open("/dang-phat/")
    page.locator("main summary").click()
    bar, button = page.locator("nav.menu"), page.get_by_role("button", name="Dừng ngay")
    expect(button).to_be_in_viewport(ratio=1)
    edge, box = bar.bounding_box(), button.bounding_box()
    assert edge
    assert box
    assert box["y"] + box["height"] <= edge["y"]


def test_without_javascript_the_voice_is_still_heard(visit: Callable[..., Visitor]) -> None:
    visitor = visit("canbo.suoimay", java_script_enabled=False)
    visitor.open("/ban-tin/soan")
    visitor.page.get_by_label("Lời bản tin").fill("Họp tổ tối nay.")
    visitor.press("Nghe thử")
    expect(visitor.page.locator("#player")).to_be_visible(timeout=60_000)
    visitor.page.get_by_label("Tôi đã nghe hết bản tin").check()
    visitor.page.locator("#send_field").select_option(label="Tin chung")
    visitor.press("Gửi duyệt")
    expect(visitor.page.get_by_text("Chờ duyệt").first).to_be_visible()


def test_a_live_page_keeps_what_it_knows_and_says_when_it_is_old(
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit("canbo.suoimay")
    page = visitor.page
    page.clock.install()
    visitor.open("/dang-phat/")
    expect(page.locator("#freshness")).to_contain_text("Cập nhật lúc")
    page.route("**/luc-nay", lambda route: route.fulfill(status=500, body="<p>hỏng</p>"))
    page.clock.fast_forward(LONG_MS)
    expect(page.locator("#freshness")).to_contain_text("Mất liên lạc")
    expect(page.locator("#now")).to_have_class("stale")
    expect(page.get_by_text("hỏng")).to_have_count(0)
    page.unroute("**/luc-nay")
    expect(page.locator("#freshness")).to_contain_text("Cập nhật lúc")
    expect(page.locator("#now")).not_to_have_class("stale")


def test_a_live_page_whose_airing_is_gone_says_so_by_itself(visit: Callable[..., Visitor]) -> None:
    visitor = visit("canbo.suoimay")
    visitor.open("/dang-phat/")
    visitor.page.locator("#now").evaluate(
        "part => { part.setAttribute('hx-get', '/dang-phat/gone/tinh-hinh'); htmx.process(part) }"
    )
    visitor.page.evaluate("history.replaceState(null, '', '/dang-phat/gone')")
    expect(visitor.page.get_by_text("Không tìm thấy trang này")).to_be_visible()
