"""The red page: an emergency written, sent, approved by another, watched, and ended in one tap."""

import re

from sqlalchemy import select

from contract.states import BulletinState, Class
from controller import stations
from controller.media.disk import DiskMedia
from controller.model import Bulletin, Order, OrderKind
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from tests.web.writing import look, sent, state_of, voice_it

WORDS = "Nước sông đang lên nhanh. Bà con thôn Đông lên nhà văn hóa ngay."


def written(officer: Browser, store: Store, media: DiskMedia, **changes: object) -> str:
    """The id of an emergency from the red page, ready to be heard."""
    answer = officer.fill("/khan-cap/", "/khan-cap/", {"text": WORDS, "then": "listen", **changes})
    assert answer.status_code == 303, answer.text
    voice_it(store, media)
    return str(answer.location).rpartition("/")[2]


def sounded(store: Store, media: DiskMedia, village: Village, approver: Browser) -> str:
    """The page of an emergency that was just approved."""
    urgent = sent(store, media, village, cls=Class.EMERGENCY, valid_h=2)
    answer = approver.fill(f"/duyet/{urgent}", f"/duyet/{urgent}/dong-y", {})
    assert answer.location.startswith("/khan-cap/phat/")
    return str(answer.location)


def test_it_is_written_with_its_place_and_life_and_checked_before_it_is_sent(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    made = written(officer, store, media, valid_h="6")
    row = look(store, made)
    assert (row.cls, row.valid_h, row.state) == (Class.EMERGENCY, 6, BulletinState.READY)
    page = officer.get(f"/ban-tin/{made}").text
    assert "Được duyệt là phát ngay ở Xã Suối Mây" in page
    assert "6 giờ" in page
    assert f"Người duyệt được: <strong>{village.approver.name}</strong>" in page
    officer.fill(f"/ban-tin/{made}", f"/ban-tin/{made}/gui-duyet", {"listened": "yes"})
    assert state_of(store, made) is BulletinState.SUBMITTED
    assert WORDS.partition(".")[0] in officer.get("/khan-cap/").text


def test_without_a_life_or_a_place_it_is_not_saved(officer: Browser, store: Store) -> None:
    for life in ("", "0", "25", "ba"):
        fields = {"text": WORDS, "targets": [], "valid_h": life}
        answer = officer.fill("/khan-cap/", "/khan-cap/", fields)
        assert answer.status_code == 422
        assert "Chọn thời hạn cảnh báo từ 1 đến 24 giờ." in answer.text
        assert "Chọn ít nhất một nơi phát." in answer.text
        assert WORDS in answer.text
    with store.reading() as session:
        assert session.scalars(select(Bulletin.id)).all() == []


def test_it_is_changed_in_its_own_form(officer: Browser, store: Store, media: DiskMedia) -> None:
    made = written(officer, store, media)
    fields = {"text": "Nước đã rút.", "valid_h": "12"}
    officer.fill(f"/ban-tin/{made}", f"/khan-cap/ban-tin/{made}", fields)
    row = look(store, made)
    assert (row.text, row.valid_h, row.cls) == ("Nước đã rút.", 12, Class.EMERGENCY)
    stale = officer.post(f"/khan-cap/ban-tin/{made}", {**fields, "version": "1", "kind": "text"})
    assert stale.status_code == 409


def test_the_writer_of_ordinary_bulletins_is_led_to_the_red_page(officer: Browser) -> None:
    page = officer.get("/ban-tin/soan").text
    assert 'name="cls" value="1"' not in page
    assert 'href="/khan-cap/"' in page


def test_a_second_person_finds_it_there_and_watches_its_stations(
    officer: Browser, approver: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW)
    waiting = sent(store, media, village, cls=Class.EMERGENCY)
    assert f"/duyet/{waiting}" in approver.get("/khan-cap/").text
    page = sounded(store, media, village, approver)
    shown = approver.get(page).text
    assert "Loa chợ" in shown
    assert "Chưa nhận lệnh" in shown
    assert "Đã duyệt. Lệnh phát khẩn cấp" in shown
    part = officer.get(f"{page}/tinh-hinh")
    again = officer.get(f"{page}/tinh-hinh", headers={"If-None-Match": part.headers["ETag"]})
    assert again.status_code == 304
    assert officer.get("/khan-cap/").text.count(f'href="{page}"') == 2, "in the strip, in the list"


def test_the_all_clear_is_one_tap_on_every_page(
    officer: Browser, approver: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    with store.writing() as session:
        stations.register(session, None, village.suoi_may, "Loa chợ", now=NOW)
    page = sounded(store, media, village, approver)
    answer = officer.fill("/tram-loa/", f"{page}/bao-yen", {})
    assert "Đã báo yên" in officer.get(answer.location).text
    assert "/bao-yen" not in officer.get("/").text
    with store.reading() as session:
        kinds = session.scalars(select(Order.kind).order_by(Order.made_at, Order.id)).all()
    assert set(kinds) == {OrderKind.EMERGENCY, OrderKind.ALL_CLEAR}


def test_people_of_another_commune_see_nothing_of_it(
    stranger: Browser, approver: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    page = sounded(store, media, village, approver)
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"{page}/tinh-hinh").status_code == 404
    assert stranger.post(f"{page}/bao-yen", {}).status_code == 404
    assert page not in stranger.get("/khan-cap/").text


def test_who_raises_none_has_no_red_button(browser: Browser, village: Village) -> None:
    auditor = browser.signed_in(village.auditor)
    assert "/khan-cap/" not in auditor.get("/").text
    assert auditor.get("/khan-cap/").status_code == 404
    assert auditor.post("/khan-cap/", {"text": WORDS}).status_code == 404


def test_a_template_fills_the_form_and_its_blanks_hold_it_back(
    officer: Browser, store: Store
) -> None:
    page = officer.get("/khan-cap/?mau=chay-rung").text
    assert "Báo cháy rừng khẩn cấp tại [tên khu rừng]" in page
    assert 'value="6" checked' in page
    answer = officer.fill("/khan-cap/?mau=chay-rung", "/khan-cap/", {"then": "listen"})
    assert answer.status_code == 422
    assert "Còn chỗ chưa điền: “[tên khu rừng]”" in answer.text
    with store.reading() as session:
        assert session.scalars(select(Bulletin.id)).all() == []


def test_a_standard_template_becomes_the_communes_own_and_goes_again(officer: Browser) -> None:
    changes = {"text": "Rừng thông cháy, đoạn [số]."}
    officer.fill("/khan-cap/mau/them?tu=chay-rung", "/khan-cap/mau/them", changes)
    listed = officer.get("/khan-cap/mau/").text
    assert "Của Xã Suối Mây" in listed
    own = re.search(r'href="(/khan-cap/mau/[0-9a-f-]{36})"', listed)
    assert own
    ref = own[1].rpartition("/")[2]
    assert "Rừng thông cháy" in officer.get(f"/khan-cap/?mau={ref}").text
    assert officer.fill(own[1], own[1], {"text": ""}).status_code == 422
    officer.fill(own[1], own[1], {"name": "Cháy rừng thông"})
    assert "Cháy rừng thông" in officer.get("/khan-cap/").text
    officer.fill(own[1], f"{own[1]}/bo", {})
    assert "Của Xã Suối Mây" not in officer.get("/khan-cap/mau/").text
