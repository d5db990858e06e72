"""API keys: made once, shown once, taken back; each act of a program stands in the audit."""

import re

from sqlalchemy import select

from controller.model import ApiKey, AuditLine
from controller.store import Store
from tests.controller.village import Village
from tests.web.api.program import Program
from tests.web.browser import Browser

PAGE = "/cai-dat/khoa-api/"
WANTED = {"name": "Cổng thông tin xã", "permission": ["compose", "see_bulletins"], "days": "90"}


def made(who: Browser, area_id: str) -> str:
    """The secret of a new key, as its page shows it."""
    page = who.fill(PAGE, "", {**WANTED, "area": area_id})
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    secret = re.search(r">(tt_[^<]+)<", page.text)
    assert secret is not None
    return secret[1]


def test_a_key_is_shown_once_and_works(officer: Browser, village: Village, store: Store) -> None:
    secret = made(officer, village.suoi_may)
    page = officer.get(PAGE).text
    assert secret not in page
    assert "chưa dùng lần nào" in page
    assert Program(officer.app, secret).get("/areas").status_code == 200
    page = officer.get(PAGE).text
    assert "Dùng được đến 21/02/2027" in page
    assert "dùng lần cuối" in page
    with store.reading() as session:
        (key,) = session.scalars(select(ApiKey))
        assert secret not in str(vars(key))


def test_a_revoked_key_opens_nothing(officer: Browser, village: Village, store: Store) -> None:
    secret = made(officer, village.suoi_may)
    with store.reading() as session:
        (key,) = session.scalars(select(ApiKey))
    assert officer.post(f"{PAGE}{key.id}/thu-hoi", {}).status_code == 303
    assert "Đã thu hồi 23/11/2026" in officer.get(PAGE).text
    assert Program(officer.app, secret).get("/areas").status_code == 401


def test_a_key_is_its_makers_alone(
    officer: Browser, approver: Browser, village: Village, store: Store
) -> None:
    made(officer, village.suoi_may)
    with store.reading() as session:
        (key,) = session.scalars(select(ApiKey))
    assert WANTED["name"] not in approver.get(PAGE).text
    assert approver.post(f"{PAGE}{key.id}/thu-hoi", {}).status_code == 404


def test_nobody_gives_what_they_do_not_have(officer: Browser, village: Village) -> None:
    for changes, words in (
        ({"area": village.na_may}, "Bạn không được làm mọi việc đã chọn ở nơi này."),
        ({"permission": ["approve"]}, "Bạn không được làm mọi việc đã chọn ở nơi này."),
        ({"permission": []}, "Chọn ít nhất một việc"),
        ({"name": " "}, "Đặt tên để biết chương trình nào dùng"),
        ({"days": "9999"}, "Chọn thời hạn của khóa."),
    ):
        page = officer.post(PAGE, {**WANTED, "area": village.suoi_may, **changes})
        assert page.status_code == 422
        assert words in page.text


def test_the_audit_tells_of_a_new_key_in_words(
    officer: Browser, village: Village, store: Store
) -> None:
    made(officer, village.suoi_may)
    with store.reading() as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.action == "api_key.make")).all()
        assert lines[0].person_id == village.officer.person_id
        assert lines[0].after is not None
        assert lines[0].after["permissions"] == ["see_bulletins", "compose"]
    auditor = officer.signed_in(village.auditor)
    page = auditor.get("/nhat-ky/").text
    assert "tạo khóa API" in page
    assert "xem bản tin, soạn, nghe, gửi duyệt và rút bản tin" in page
