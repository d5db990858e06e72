"""Prepared words: the nearest place's are offered, and none sounds with a blank in it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from contract.states import Class
from controller import alarm_templates, bulletins
from controller.alarm_templates import Words, offered
from controller.blanks import blanks
from controller.drafts import LONGEST_WARNING_H
from controller.errors import Invalid, NotFound
from controller.model import AlarmTemplate, AuditLine
from controller.standard_alarms import STANDARD
from controller.store import Store
from tests.controller.village import NOW, settle

OWN = Words(name="Lũ", text="Suối Mây lên. Bà con thôn [tên thôn] lên đồi.", valid_h=3)
FLOOD = Words(name="Lũ suối", text="Lên đồi Cọ.", valid_h=3, standard="lu")


def test_each_standard_one_has_blanks_and_a_life_that_may_be_chosen() -> None:
    for each in STANDARD:
        assert blanks(each.text), each.key
        assert 1 <= each.valid_h <= LONGEST_WARNING_H
    assert len({each.key for each in STANDARD}) == len(STANDARD)


plain = st.text(st.characters(blacklist_characters="[]\n"), min_size=1, max_size=20)


@given(st.lists(plain), plain)
def test_every_blank_is_found_and_nothing_else(names: list[str], between: str) -> None:
    text = between.join(f"[{name}]" for name in names)
    assert blanks(text) == list(dict.fromkeys(f"[{name}]" for name in names))
    assert blanks(between) == []


def test_words_of_the_nearest_place_take_the_stead_of_those_above(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        standard = offered(session, v.suoi_may, NOW)
        alarm_templates.add(session, v.staff, v.zone, FLOOD, now=NOW)
        mine = Words(name="Lũ xã", text="Lên trường học.", valid_h=2, standard="lu")
        row = alarm_templates.add(session, v.officer, v.suoi_may, mine, now=NOW)
        alarm_templates.add(session, v.officer, v.suoi_may, OWN, now=NOW)
        here, beside = offered(session, v.suoi_may, NOW), offered(session, v.na_may, NOW)
        alarm_templates.remove(session, v.officer, row.id, now=NOW)
        session.flush()
        after = offered(session, v.suoi_may, NOW)
    assert len(standard) == len(STANDARD)
    assert len(here) == len(STANDARD) + 1, "its own danger stands beside the others"
    assert [one.words for one in here if one.words.standard == "lu"] == [mine]
    assert [one.words for one in beside if one.words.standard == "lu"] == [FLOOD]
    assert [one.words for one in after if one.words.standard == "lu"] == [FLOOD]
    assert [one.area for one in beside if one.area] == ["Khu vực Thượng nguồn"]


def test_only_who_may_raise_an_emergency_there_changes_them(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        row = alarm_templates.add(session, v.officer, v.suoi_may, OWN, now=NOW)
        for person in (v.stranger, v.technician, v.auditor):
            with pytest.raises(NotFound):
                alarm_templates.change(session, person, row.id, FLOOD, now=NOW)
            with pytest.raises(NotFound):
                alarm_templates.remove(session, person, row.id, now=NOW)
            with pytest.raises(NotFound):
                alarm_templates.add(session, person, v.suoi_may, OWN, now=NOW)
        later = NOW + timedelta(hours=1)
        alarm_templates.change(session, v.officer, row.id, FLOOD, now=later)
        found = session.scalars(select(AlarmTemplate)).one()
        told = session.scalars(select(AuditLine.action).order_by(AuditLine.n)).all()
    assert (found.name, found.edited_at) == ("Lũ suối", later)
    assert told[-2:] == ["alarm_template.add", "alarm_template.change"]


def test_everything_wrong_with_words_is_said_at_once(store: Store) -> None:
    wrong = Words(name=" ", text="", valid_h=25, standard="khong-co")
    with store.writing() as session:
        v = settle(session)
        with pytest.raises(Invalid) as told:
            alarm_templates.add(session, v.officer, v.suoi_may, wrong, now=NOW)
    assert set(told.value.by_field()) == {"name", "text", "valid_h", "standard"}


def test_an_emergency_with_a_blank_is_not_saved(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        draft = v.draft(cls=Class.EMERGENCY, text=OWN.text)
        with pytest.raises(Invalid, match="tên thôn"):
            bulletins.compose(session, v.officer, draft, now=NOW)
        bulletins.compose(session, v.officer, v.draft(text=OWN.text), now=NOW)
