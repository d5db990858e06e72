"""Webhooks on their page: made, shown once, tried, looked at, switched on again, stopped."""

import base64
import hashlib
import hmac
import json
import re

import pytest
from sqlalchemy import select

from controller.model import AuditLine, Hook, HookDelivery
from controller.store import Store
from tests.controller.hooks.office import System
from tests.controller.village import Village
from tests.web.browser import Browser

PAGE = "/cai-dat/webhook/"
WANTED = {
    "name": "Trục dữ liệu",
    "url": "https://nhan.tinh.gov.vn/hook",
    "kinds": ["bulletin.approved", "airing.verdict"],
}


def made(who: Browser, area: str) -> str:
    """The secret of a new hook, as its page shows it."""
    page = who.fill(PAGE, "", {**WANTED, "area": area})
    assert page.status_code == 200, page.text
    assert "no-store" in page.headers["Cache-Control"]
    found = re.search(r">(whsec_[^<]+)<", page.text)
    assert found is not None
    return found[1].replace("&#43;", "+")


@pytest.fixture
def hook(officer: Browser, village: Village, store: Store) -> Hook:
    made(officer, village.suoi_may)
    with store.reading() as session:
        return session.scalars(select(Hook)).one()


def test_the_secret_is_shown_once_and_the_audit_knows_nothing_of_it(
    officer: Browser, village: Village, store: Store
) -> None:
    secret = made(officer, village.suoi_may)
    page = officer.get(PAGE).text
    assert "Trục dữ liệu" in page
    assert "Đang báo" in page
    assert secret not in page
    with store.reading() as session:
        (line,) = session.scalars(select(AuditLine).where(AuditLine.action == "hook.make"))
        assert secret not in json.dumps(line.after)
    audit = officer.signed_in(village.auditor).get("/nhat-ky/").text
    assert "báo sang một hệ thống khác" in audit
    assert "bản tin được duyệt, kết quả phát của cụm loa" in audit


def test_a_test_is_signed_and_its_answer_stands_on_the_page(
    officer: Browser, village: Village, store: Store, system: System
) -> None:
    secret = made(officer, village.suoi_may)
    with store.reading() as session:
        hook = session.scalars(select(Hook)).one()
    assert officer.post(f"{PAGE}{hook.id}/gui-thu", {}).status_code == 303
    page = officer.get(f"{PAGE}{hook.id}").text
    assert "Trả lời mã 200 sau 7 mili giây: “xong”." in page
    assert "Đã nhận" in page
    ((url, headers, body),) = system.got
    assert url == WANTED["url"]
    assert json.loads(body)["data"] == {"name": "Trục dữ liệu"}
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mac = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256)
    assert headers["webhook-signature"] == "v1," + base64.b64encode(mac.digest()).decode()
    system.code = None
    officer.post(f"{PAGE}{hook.id}/gui-thu", {})
    assert "không trả lời" in officer.get(f"{PAGE}{hook.id}").text


def test_what_was_given_up_is_sent_again_by_one_tap(
    officer: Browser, hook: Hook, store: Store, clock: object
) -> None:
    with store.writing() as session:
        row = HookDelivery(
            id="0" * 36,
            hook_id=hook.id,
            kind="bulletin.approved",
            body="{}",
            made_at=hook.made_at,
            give_up_at=hook.made_at,
            tries=20,
            told="không trả lời",
        )
        session.add(row)
        session.get_one(Hook, hook.id).paused_at = hook.made_at
    page = officer.get(f"{PAGE}{hook.id}").text
    assert "Không gửi được" in page
    assert "Tạm ngừng gửi từ" in page
    assert "Tạm ngừng" in officer.get(PAGE).text
    assert "không nhận tin nữa" in officer.get("/").text
    assert officer.post(f"{PAGE}{hook.id}/gui-lai/{row.id}", {}).status_code == 303
    assert "Đang chờ" in officer.get(f"{PAGE}{hook.id}").text
    assert officer.post(f"{PAGE}{hook.id}/bat-lai", {}).status_code == 303
    assert "Đang báo" in officer.get(f"{PAGE}{hook.id}").text
    assert "không nhận tin nữa" not in officer.get("/").text
    assert officer.post(f"{PAGE}{hook.id}/gui-lai/khong-co", {}).status_code == 404


def test_stopped_is_for_good(officer: Browser, hook: Hook, system: System) -> None:
    assert officer.post(f"{PAGE}{hook.id}/dung", {}).status_code == 303
    page = officer.get(f"{PAGE}{hook.id}").text
    assert "Đã dừng" in page
    assert "Gửi thử</button>" not in page
    for act in ("gui-thu", "bat-lai"):
        officer.post(f"{PAGE}{hook.id}/{act}", {})
        assert "đã dừng hẳn" in officer.get(f"{PAGE}{hook.id}").text
    assert system.got == []


def test_an_administrator_sees_what_leaves_the_place_and_a_colleague_does_not(
    officer: Browser, hook: Hook, village: Village
) -> None:
    above = officer.signed_in(village.administrator)
    assert WANTED["url"] in above.get(PAGE).text
    assert above.post(f"{PAGE}{hook.id}/dung", {}).status_code == 303
    for other in (village.colleague, village.stranger):
        browser = officer.signed_in(other)
        assert WANTED["url"] not in browser.get(PAGE).text
        assert browser.get(f"{PAGE}{hook.id}").status_code == 404
        assert browser.post(f"{PAGE}{hook.id}/gui-thu", {}).status_code == 404


def test_what_is_wrong_is_told_and_the_form_kept(officer: Browser, village: Village) -> None:
    wanted = {**WANTED, "area": village.suoi_may}
    for changes, words in (
        ({"url": "http://nhan.tinh.gov.vn/"}, "bắt đầu bằng https://"),
        ({"url": "https://192.168.1.5/"}, "mạng riêng"),
        ({"kinds": []}, "Chọn ít nhất một việc"),
        ({"area": village.na_may}, "không được xem mọi việc đã chọn"),
        ({"name": ""}, "Đặt tên"),
    ):
        page = officer.post(PAGE, {**wanted, **changes})
        assert page.status_code == 422
        assert words in page.text
        if "name" not in changes:
            assert 'value="Trục dữ liệu"' in page.text
