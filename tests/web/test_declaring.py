"""What a sender says with "Gửi duyệt", and what who decides sees of it."""

from contract.states import BulletinState
from controller.media.disk import DiskMedia
from controller.store import Store
from tests.web.browser import Browser
from tests.web.test_bulletins import id_of, write
from tests.web.writing import look, state_of, voice_it

SELLING = "Cửa hàng khuyến mại lớn, mời bà con tới xem."
HEARD = {"listened": "yes"}


def test_the_field_is_asked_at_the_latest_when_it_is_sent(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer, field="0")
    voice_it(store, media)
    assert "Chưa chọn" in officer.get(page).text
    refused = officer.fill(page, f"{page}/gui-duyet", HEARD)
    assert refused.status_code == 422
    assert '<a href="#send_field">Chọn lĩnh vực' in refused.text
    officer.fill(page, f"{page}/gui-duyet", {**HEARD, "field": "5"})
    assert state_of(store, id_of(page)) is BulletinState.SUBMITTED
    assert look(store, id_of(page)).field == 5


def test_words_of_advertising_are_named_and_a_person_decides(
    officer: Browser, approver: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer, text=SELLING)
    voice_it(store, media)
    assert '<mark class="unknown">khuyến mại</mark>' in officer.get(page).text
    refused = officer.fill(page, f"{page}/gui-duyet", HEARD)
    assert refused.status_code == 422
    assert "Xác nhận bản tin không quảng cáo" in refused.text
    officer.fill(page, f"{page}/gui-duyet", {**HEARD, "no_advertising": "yes"})
    assert state_of(store, id_of(page)) is BulletinState.SUBMITTED
    assert "Có chữ thường gặp trong quảng cáo" in approver.get(f"/duyet/{id_of(page)}").text
    together = approver.post("/duyet/nhieu/", {"chosen": id_of(page)}).text
    assert "Có chữ quảng cáo: khuyến mại" in together


def test_a_notice_of_an_outsider_is_told_for_whom(
    officer: Browser, approver: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer)
    voice_it(store, media)
    action = f"{page}/gui-duyet"
    refused = officer.fill(page, action, {**HEARD, "behalf": "other", "organisation": "Shop"})
    assert "Quyết định 29/2021/QĐ-UBND" in refused.text
    asked = {**HEARD, "behalf": "recruitment", "organisation": "Xưởng may Suối Mây"}
    refused = officer.fill(page, action, {**asked, "told": ["position", "number"]})
    assert refused.status_code == 422
    assert "phải nêu yêu cầu, tên và địa chỉ nơi tuyển" in refused.text
    assert 'value="Xưởng may Suối Mây"' in refused.text, "nothing typed is lost"
    every = ["position", "number", "requirements", "address"]
    officer.fill(page, action, {**asked, "told": every, "no_advertising": "yes"})
    shown = approver.get(f"/duyet/{id_of(page)}").text
    assert "Tuyển dụng: Xưởng may Suối Mây" in shown
    together = approver.post("/duyet/nhieu/", {"chosen": id_of(page)}).text
    assert "Đăng cho Xưởng may Suối Mây" in together
