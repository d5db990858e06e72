"""The reading of a bulletin: seen before the voice is made, taught where it is lacking."""

import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from contract.states import BulletinState
from controller import lexicon
from controller.errors import VoiceRefused
from controller.media.disk import DiskMedia
from controller.store import Store
from tests.controller.village import NOW, Village
from tests.web.browser import Browser, forms
from tests.web.conftest import Clock
from tests.web.test_bulletins import NEW, id_of, write
from tests.web.writing import look, refuse_it, sent, state_of, voice_it

TEXT = "Tổ XQZ mời bà con họp ngày 5/9/2026."


@pytest.fixture
def page(officer: Browser, store: Store, media: DiskMedia) -> str:
    """The address of a bulletin with a word that the voice does not know."""
    address = write(officer, text=TEXT)
    voice_it(store, media)
    return address


def teach(who: Browser, page: str, **fields: str | list[str]) -> TestResponse:
    return who.fill(page, f"{page}/chi-cach-doc", fields)


def test_the_reading_stands_under_the_text(officer: Browser, page: str) -> None:
    shown = officer.get(page).text
    assert "<ruby>5/9/2026.<rp>" in shown
    assert "năm tháng chín năm hai nghìn không trăm hai mươi sáu" in shown
    assert '<mark><a href="#doc-1">XQZ</a></mark>' in shown
    assert 'id="doc-1"' in shown


def test_one_tap_teaches_a_word_and_has_the_bulletin_read_again(
    officer: Browser, page: str, store: Store, media: DiskMedia, nudges: list[object]
) -> None:
    nudges.clear()
    answer = teach(officer, page, reading="ích quy dét")
    assert answer.location == page
    assert len(nudges) == 1
    assert state_of(store, id_of(page)) is BulletinState.VOICING
    voice_it(store, media)
    shown = officer.get(page).text
    assert "máy chưa biết chữ này" not in shown
    assert "ích quy dét" in shown


def test_several_words_are_taught_together_or_not_at_all(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    page = write(officer, text="Tổ XQZ, tổ KRQ và tổ WQX họp.")
    voice_it(store, media)
    wrong = teach(officer, page, reading=["ích quy dét", "x 2 %", ""])
    assert wrong.status_code == 422
    assert 'id="doc-2-wrong"' in wrong.text
    assert "doc-1-wrong" not in wrong.text
    assert 'value="ích quy dét"' in wrong.text
    assert taught(store, village) == {}
    teach(officer, page, reading=["ích quy dét", "ca rờ quy", " "])
    assert taught(store, village) == {"XQZ": "ích quy dét", "KRQ": "ca rờ quy"}
    voice_it(store, media)
    assert [form for form in forms(officer.get(page).text) if "reading" in form.fields]


def taught(store: Store, village: Village) -> dict[str, str]:
    with store.reading() as session:
        found = lexicon.entries_for(session, village.suoi_may, now=NOW)
    return {entry.token: entry.reading for entry in found}


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Nhập cách đọc"), ("x 2 %", "âm tiết"), ("chữ " * 60, "tối đa 200")],
)
def test_a_reading_that_cannot_be_said_is_refused_at_its_field_and_kept(
    officer: Browser, page: str, store: Store, typed: str, said: str
) -> None:
    answer = teach(officer, page, reading=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'id="doc-1-wrong"' in answer.text
    assert '<a href="#doc-1">' in answer.text
    assert "<title>Lỗi: " in answer.text
    (form,) = (form for form in forms(answer.text) if form.action.endswith("chi-cach-doc"))
    assert form.fields["reading"] == typed
    assert state_of(store, id_of(page)) is BulletinState.READY


def test_who_looks_after_more_places_chooses_for_which(
    browser: Browser, village: Village, page: str, store: Store
) -> None:
    staff = browser.signed_in(village.staff)
    shown = staff.get(page).text
    assert "Chỉ Xã Suối Mây" in shown
    assert "Cả Khu vực Thượng nguồn" in shown
    assert "Mây Trắng" not in shown.partition("Dùng cho")[2].partition("</fieldset>")[0]
    teach(staff, page, reading="ích quy dét", area=village.zone)
    with store.reading() as session:
        found = lexicon.entries_for(session, village.na_may, now=NOW)
    assert [entry.reading for entry in found] == ["ích quy dét"]


def test_an_officer_teaches_for_their_commune_only(
    officer: Browser, village: Village, page: str
) -> None:
    assert "Dùng cho" not in officer.get(page).text
    assert teach(officer, page, reading="chữ", area=village.zone).status_code == 404


def test_a_bulletin_that_somebody_changed_meanwhile_is_not_read_again(
    officer: Browser, page: str, store: Store, village: Village
) -> None:
    answer = teach(officer, page, reading="ích quy dét", version="7")
    assert answer.status_code == 409
    assert "vừa sửa bản tin này" in answer.text
    (form,) = (form for form in forms(answer.text) if form.action.endswith("chi-cach-doc"))
    assert (form.fields["reading"], form.fields["version"]) == ("ích quy dét", "1")
    with store.reading() as session:
        assert lexicon.entries_for(session, village.suoi_may, now=NOW) == ()


def test_a_word_that_was_taught_elsewhere_is_offered_to_be_read_again(
    officer: Browser, page: str, store: Store, media: DiskMedia, clock: Clock
) -> None:
    clock.move(timedelta(minutes=1))
    add = {"reading": "khu hội họp"}
    officer.fill("/cach-doc/them", "", {"token": "họp", **add})
    officer.fill("/cach-doc/them", "", {"token": "nghỉ", **add})
    assert "Cách đọc <strong>họp</strong> đã đổi" in officer.get(page).text
    officer.fill(page, f"{page}/doc-lai", {})
    assert state_of(store, id_of(page)) is BulletinState.VOICING
    voice_it(store, media, clock())
    shown = officer.get(page).text
    assert "khu hội họp" in shown
    assert "đã đổi" not in shown


def test_what_cannot_have_a_reading_is_not_asked_for(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer, text="Giá vé ☂ hôm nay.")
    voice_it(store, media)
    shown = officer.get(page).text
    assert "máy chưa biết chữ này" in shown
    assert "Chỉ máy cách đọc" not in shown


def test_what_waits_for_approval_is_not_taught_in_passing(
    browser: Browser, officer: Browser, approver: Browser, store: Store, page: str
) -> None:
    officer.fill(page, f"{page}/gui-duyet", {"listened": "yes", "acknowledged": "yes"})
    for shown in (officer.get(page), approver.get(f"/duyet/{id_of(page)}")):
        assert "máy chưa biết chữ này" in shown.text
        assert "chi-cach-doc" not in shown.text
        assert 'href="#doc-' not in shown.text


def test_a_place_that_would_change_the_meaning_is_shown_in_the_text(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    page = write(officer, text="Phạt chậm nộp 0,05 % mỗi ngày.")
    facts = {"start": 14, "end": 20, "source": "0,05 %", "spoken": "không phẩy năm phần trăm"}
    refuse_it(store, media, VoiceRefused("meaning_changed", "Số đọc khác số viết.", facts))
    shown = officer.get(page).text
    assert state_of(store, id_of(page)) is BulletinState.DRAFT
    assert '<mark class="wrong-place">0,05 %</mark> mỗi ngày.' in shown
    for said in ("sẽ đọc sai nghĩa", "không phẩy năm phần trăm", "Số đọc khác số viết."):
        assert said in shown


@pytest.mark.parametrize("saved", [False, True])
def test_the_reading_is_seen_before_a_voice_is_made_with_and_without_javascript(
    officer: Browser, page: str, store: Store, saved: bool
) -> None:
    where = page if saved else NEW
    asked = f"{where}/cach-doc"
    assert f'formaction="{asked}#how-read" ' in officer.get(where).text
    assert f' hx-post="{asked}" ' in officer.get(where).text
    typed = {"text": "Họp ngày 7/9 với XQZ.", "title": "Tên tôi đặt"}
    (form,) = (form for form in forms(officer.get(where).text) if "text" in form.fields)
    fields = {**form.fields, **typed}
    plain = officer.post(asked, fields)
    assert plain.status_code == 200
    assert (not saved) or re.search(r"<details[^>]* open>\s*<summary[^>]*>.*Sửa", plain.text)
    (kept,) = (form for form in forms(plain.text) if "text" in form.fields)
    assert {name: kept.fields[name] for name in typed} == typed
    assert kept.action == where
    part = officer.client.post(asked, data=fields, headers={"HX-Request": "true"})
    assert "<form" not in part.text
    for shown in (plain.text, part.text):
        assert "bảy tháng chín" in shown
        assert "Máy chưa biết đọc: <strong>XQZ</strong>" in shown
    if saved:
        assert look(store, id_of(page)).text == TEXT


def test_a_text_that_cannot_be_read_is_said_in_place_of_its_reading(officer: Browser) -> None:
    for text, said in (("", "Nhập nội dung"), ("dài " * 3_000, "tối đa 7.000")):
        assert said in officer.post(f"{NEW}/cach-doc", {"text": text}).text


def test_the_reading_of_the_commune_is_the_one_that_is_shown(
    officer: Browser, stranger: Browser, page: str
) -> None:
    teach(officer, page, reading="ích quy dét")
    fields = {"text": "Họp tổ XQZ."}
    assert "ích quy dét" in officer.post(f"{NEW}/cach-doc", fields).text
    assert "ích quy dét" not in stranger.post(f"{NEW}/cach-doc", fields).text


def test_nobody_sees_a_reading_who_may_not_write(
    browser: Browser, village: Village, store: Store, media: DiskMedia
) -> None:
    bulletin_id = sent(store, media, village)
    auditor = browser.signed_in(village.auditor)
    for url in (f"{NEW}/cach-doc", f"/ban-tin/{bulletin_id}/cach-doc"):
        assert auditor.post(url, {"text": "Xin chào"}).status_code == 404
