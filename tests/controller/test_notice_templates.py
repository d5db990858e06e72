"""Prepared notices: the nearest place's are offered, and none is read with a blank in it."""

import pytest
from sqlalchemy import select

from controller import bulletins, notice_templates
from controller.blanks import blanks
from controller.drafts import TEXT_LENGTH
from controller.errors import Invalid, NotFound
from controller.model import AuditLine, Field
from controller.notice_templates import NAME_LENGTH, Notice, offered
from controller.standard_notices import STANDARD
from controller.store import Store
from tests.controller.test_bulletins import ready
from tests.controller.village import NOW, settle

OURS = Notice(name="Họp bản", text="Mời họp bản [tên bản].", standard="hop-thon")
MARKET = Notice(name="Phiên chợ", text="Chợ họp ngày [ngày].", field=Field.GENERAL)


@pytest.mark.parametrize("each", STANDARD, ids=lambda one: one.key)
def test_each_standard_one_has_blanks_a_field_and_a_heading(each: object) -> None:
    words = next(one for one in STANDARD if one == each)
    assert blanks(words.text)
    assert words.field is not Field.UNSAID
    assert "\n" in words.text
    assert len(words.text) < TEXT_LENGTH
    assert len(words.name) <= NAME_LENGTH
    assert len(words.key) <= 20  # the column's


def test_the_keys_are_apart() -> None:
    assert len({each.key for each in STANDARD}) == len(STANDARD)


def test_words_of_the_nearest_place_take_the_stead_of_those_above(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        notice_templates.add(session, v.staff, v.zone, OURS, now=NOW)
        notice_templates.add(session, v.officer, v.suoi_may, MARKET, now=NOW)
        here, beside = offered(session, v.suoi_may, NOW), offered(session, v.na_may, NOW)
        assert len(here) == len(STANDARD) + 1
        assert len(beside) == len(STANDARD)
        for found in (here, beside):
            assert [one.area for one in found if one.notice.standard == "hop-thon"] == [
                "Khu vực Thượng nguồn"
            ]


def test_a_neighbour_changes_nothing_and_all_that_is_done_is_told(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        row = notice_templates.add(session, v.officer, v.suoi_may, MARKET, now=NOW)
        for deed in (notice_templates.get, notice_templates.remove):
            with pytest.raises(NotFound):
                deed(session, v.stranger, row.id, now=NOW)
        with pytest.raises(NotFound):
            notice_templates.add(session, v.stranger, v.suoi_may, MARKET, now=NOW)
        notice_templates.change(session, v.colleague, row.id, OURS, now=NOW)
        notice_templates.remove(session, v.officer, row.id, now=NOW)
        kind = AuditLine.object_kind == "notice_template"
        told = [line.action for line in session.scalars(select(AuditLine).where(kind))]
        assert told == [f"notice_template.{deed}" for deed in ("add", "change", "remove")]


def test_what_is_wrong_with_one_is_told_at_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bad = Notice(name="", text="", standard="không có")
        with pytest.raises(Invalid) as refused:
            notice_templates.add(session, v.officer, v.suoi_may, bad, now=NOW)
        assert set(refused.value.by_field()) == {"name", "text", "standard"}


def test_a_blank_holds_it_back_from_the_voice_and_from_who_decides(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        draft = v.draft(text="Họp thôn [tên thôn] lúc [giờ].")
        kept = bulletins.compose(session, v.officer, draft, now=NOW)
        with pytest.raises(Invalid, match="“\\[tên thôn\\]”, “\\[giờ\\]”"):
            bulletins.ask_for_voice(session, v.officer, kept.id, 1, now=NOW)
        old = ready(session, v)
        old.text = draft.text  # voiced before there was such a rule
        session.flush()
        with pytest.raises(Invalid, match="Còn chỗ chưa điền"):
            bulletins.submit(session, v.officer, old.id, 1, acknowledged=(), now=NOW)
