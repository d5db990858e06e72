"""The audit as people read it: in words, by who, what and when, never another's places."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select, update

from controller import bulletins
from controller.audit_trail import About
from controller.hooks.kinds import Kind
from controller.model import AuditLine
from controller.store import Store
from tests.controller.test_bulletins import composed
from tests.controller.village import NOW, Village
from tests.web.browser import Browser
from web.audit_words import ABOUT, ACTION

CONTROLLER = Path(__file__).parents[2] / "controller"
TOLD = re.compile(rf'"((?:{"|".join(About)}|emergency|epoch)\.[a-z_]+)"')


@pytest.fixture
def auditor(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.auditor)


@pytest.fixture
def edited(store: Store, village: Village) -> str:
    """A bulletin whose title was changed."""
    with store.writing() as session:
        bulletin = composed(session, village)
        draft = village.draft(title="Tiêm chủng tháng 12")
        bulletins.edit(session, village.officer, bulletin.id, 1, draft, now=NOW)
        return str(bulletin.id)


def test_a_change_is_told_as_what_it_was_and_became(auditor: Browser, edited: str) -> None:
    page = auditor.get(f"/nhat-ky/?ma={edited}").text
    assert re.search(r"<strong>Lan</strong> sửa bản tin", page)
    assert "<del>Lịch tiêm chủng</del> → <ins>Tiêm chủng tháng 12</ins>" in page
    assert "Các dòng trên trang này còn nguyên" in page
    assert "Xã Suối Mây" in page


def test_lines_are_narrowed_by_the_address(auditor: Browser, edited: str, village: Village) -> None:
    def did(query: str) -> list[str]:
        page = auditor.get(f"/nhat-ky/?{query}").text
        return re.findall(r"</strong> (\w+ bản tin)", page)

    assert did("") == ["sửa bản tin", "soạn bản tin"]
    assert did(f"ai={village.officer.person_id}&ve=bulletin") == ["sửa bản tin", "soạn bản tin"]
    assert (
        did(f"ai={village.approver.person_id}") == did("ve=station") == did("den=2020-01-01") == []
    )
    assert did("tu=hom-qua&truoc=x&ve=khong-co") == ["sửa bản tin", "soạn bản tin"]


def test_what_was_touched_is_told_at_once(auditor: Browser, edited: str, store: Store) -> None:
    with store.writing() as session:
        newest = session.scalars(select(AuditLine.n).order_by(AuditLine.n.desc())).first()
        session.execute(update(AuditLine).where(AuditLine.n == newest).values(action="x.y"))
    page = auditor.get("/nhat-ky/").text
    assert "đã bị sửa hoặc mất" in page
    assert "còn nguyên" not in page


def test_an_officer_finds_no_audit(officer: Browser) -> None:
    assert officer.get("/nhat-ky/").status_code == 404
    assert "/nhat-ky/" not in officer.get("/").text


def test_every_act_and_kind_has_words() -> None:
    """What the code tells the audit, as it stands in the code."""
    told = {
        action
        for file in CONTROLLER.rglob("*.py")
        for action in TOLD.findall(file.read_text(encoding="utf-8"))
        if not action.endswith((".id", ".toml", ".crt", ".key"))
    }
    assert len(told) > 30
    assert told - set(Kind) <= set(ACTION), "what hooks are told of is no act"
    assert set(ABOUT) == set(About)
