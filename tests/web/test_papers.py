"""Words taken from a document, and originals kept with a bulletin, as people do it."""

from io import BytesIO

import pytest

from contract.states import BulletinState
from controller.media.disk import DiskMedia
from controller.papers import kept
from controller.store import Store
from tests.controller.papers.documents import word
from tests.controller.village import Village
from tests.web.browser import Browser
from tests.web.writing import look, sent

SCAN = b"\xff\xd8\xff" + b"scanned and signed" * 100


def _typed(browser: Browser, url: str, content: bytes, name: str, **more: object) -> str:
    """The page after "Lấy chữ từ tệp này": the whole form goes along, as a browser sends it."""
    fields = {"text": "", "document": (BytesIO(content), name), **more}
    return browser.post(url, fields).text


def test_the_words_of_a_document_come_into_the_form_and_what_was_typed_stays(
    officer: Browser,
) -> None:
    content = word("THÔNG BÁO", ("Hộ nghèo", "List Number"))
    page = _typed(officer, "/ban-tin/soan/tu-tep", content, "bao.docx", text="Gõ trước.")
    assert "Gõ trước.\n\nTHÔNG BÁO\n1. Hộ nghèo</textarea>" in page
    assert "Đã lấy chữ từ “bao.docx”" in page
    assert "Chưa có bản tin nào" in officer.get("/ban-tin/").text, "nothing was saved"


def test_a_document_without_words_says_why_and_loses_nothing(officer: Browser) -> None:
    page = _typed(officer, "/ban-tin/soan/tu-tep", SCAN, "chup.pdf", text="Gõ trước.")
    assert "Tệp này chỉ có ảnh chụp" in page
    assert "Gõ trước.</textarea>" in page
    assert "Hãy chọn tệp Word hoặc PDF trước." in _typed(
        officer, "/ban-tin/soan/tu-tep", b"", "", text="x"
    )


def test_the_words_come_into_a_saved_bulletin_too(
    officer: Browser, store: Store, media: DiskMedia, village: Village
) -> None:
    id_ = sent(store, media, village)
    page = _typed(officer, f"/ban-tin/{id_}/tu-tep", word("Lời mới"), "bao.docx", text="Lời cũ")
    assert "Lời cũ\n\nLời mới</textarea>" in page
    assert look(store, id_).state == BulletinState.SUBMITTED


@pytest.fixture
def waiting(officer: Browser, store: Store, media: DiskMedia, village: Village) -> str:
    """The page of a bulletin that waits for approval, with a signed original."""
    url = f"/ban-tin/{sent(store, media, village)}"
    answer = officer.post(f"{url}/ban-goc", {"paper": (BytesIO(SCAN), "đã ký.jpg")})
    assert answer.status_code == 303
    return url


def test_a_signed_original_is_kept_and_whoever_decides_opens_it(
    waiting: str, approver: Browser, stranger: Browser, store: Store
) -> None:
    with store.reading() as session:
        (paper,) = kept.of(session, waiting.rpartition("/")[2])
    address = f"{waiting}/ban-goc/{paper.id}"
    assert address in approver.get(waiting.replace("/ban-tin/", "/duyet/")).text
    shown = approver.get(address)
    assert shown.data == SCAN
    assert shown.content_type == "image/jpeg"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert stranger.get(address).status_code == 404


def test_while_others_decide_it_stays(waiting: str, officer: Browser, store: Store) -> None:
    with store.reading() as session:
        (paper,) = kept.of(session, waiting.rpartition("/")[2])
    officer.post(f"{waiting}/ban-goc/{paper.id}/bo", {})
    page = officer.get(waiting).text
    assert "bản gốc kèm theo phải giữ nguyên" in page
    assert "đã ký.jpg" in page


def test_until_then_it_can_be_taken_away(officer: Browser) -> None:
    url = officer.fill("/ban-tin/soan", "", {"text": "Họp.", "then": "keep"}).location
    officer.post(f"{url}/ban-goc", {"paper": (BytesIO(SCAN), "nhầm.jpg")})
    page = officer.get(url)
    assert "nhầm.jpg" in page.text
    action = next(part for part in page.text.split('"') if part.endswith("/bo"))
    assert officer.post(action, {}).status_code == 303
    assert "Đã bỏ tệp kèm theo" in officer.get(url).text
    assert "nhầm.jpg" not in officer.get(url).text


def test_what_is_no_paper_is_refused(officer: Browser, waiting: str, stranger: Browser) -> None:
    for content in (b"", b"MZ" * 100, b"<html><script>alert(1)</script>"):
        answer = officer.post(f"{waiting}/ban-goc", {"paper": (BytesIO(content), "x.pdf")})
        assert answer.status_code == 422
        assert "Hãy chọn tệp PDF" in answer.text
    other = stranger.post(f"{waiting}/ban-goc", {"paper": (BytesIO(SCAN), "x.jpg")})
    assert other.status_code == 404
