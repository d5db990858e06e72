"""What a bulletin would do to the air is shown before it is saved."""

from datetime import time, timedelta

import pytest
from sqlalchemy.orm import Session

from contract.states import Class
from controller import approval, bulletins
from controller.content import content_hash, draft_of
from controller.errors import NotFound
from controller.model import Bulletin, Station
from controller.preview import preview
from controller.store import Store
from scheduler.patterns import Once
from scheduler.rules import Rule
from tests.controller.test_bulletins import LATER, ready
from tests.controller.village import GONE, NOW, TODAY, OneKey, Village, settle
from tts.craft import Craft

AT_FIVE = Rule(pattern=Once(TODAY + timedelta(days=1)), times=(time(17, 0),))


def place(session: Session, v: Village) -> None:
    for name, area in (("suoi-may-01", v.suoi_may), ("na-may-01", v.na_may)):
        session.add(
            Station(id=name, area_id=area, name=name, secret_hash="x", active=True, created_at=NOW)
        )
    session.flush()


def on_air(session: Session, v: Village) -> Bulletin:
    """An approved priority bulletin at five tomorrow."""
    bulletin = ready(session, v)
    draft = v.draft(title="Họp dân", cls=Class.PRIORITY, rule=AT_FIVE)
    bulletins.edit(session, v.officer, bulletin.id, 1, draft, now=NOW)
    bulletins.submit(session, v.officer, bulletin.id, 2, acknowledged=(), now=NOW)
    seen = content_hash(bulletin)
    approval.approve(session, v.approver, bulletin.id, seen, signer=OneKey(), now=LATER)
    return bulletin


def test_a_meeting_with_an_approved_bulletin_is_explained(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        place(session, v)
        on_air(session, v)
        shown = preview(session, v.officer, v.draft(rule=AT_FIVE), now=LATER)
        beside = preview(
            session,
            v.stranger,
            v.draft(rule=AT_FIVE, area_id=v.na_may, targets=(v.na_may,)),
            now=LATER,
        )
    assert len(shown.airings) + len(shown.refused) > 0
    assert "Họp dân" in " ".join(conflict.message for conflict in shown.conflicts)
    assert (len(beside.airings), beside.conflicts, beside.refused) == (1, [], [])


def test_a_text_that_is_read_twice_takes_twice_as_long(store: Store) -> None:
    text = "Sáng mai họp thôn. " * 20
    with store.writing() as session:
        v = settle(session)
        place(session, v)
        once, twice = (
            preview(session, v.officer, v.draft(text=text, rule=AT_FIVE, craft=craft), now=NOW)
            for craft in (Craft(), Craft(repeat=True))
        )
    lengths = [shown.airings[0].ends_at - shown.airings[0].starts_at for shown in (once, twice)]
    assert lengths[1] == 2 * lengths[0]


def test_a_bulletin_does_not_meet_its_own_approved_form(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        place(session, v)
        bulletin = on_air(session, v)
        shown = preview(
            session,
            v.officer,
            draft_of(bulletin),
            now=LATER,
            bulletin_id=bulletin.id,
            recording_sha256=bulletin.recording_sha256,
        )
    assert (len(shown.airings), shown.conflicts) == (1, [])
    airing = shown.airings[0]
    assert airing.ends_at - airing.starts_at == timedelta(seconds=1)


def test_what_will_never_sound_shows_nothing_and_an_emergency_asks_nobody(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        place(session, v)
        for draft in (v.draft(rule=GONE), v.draft(cls=Class.EMERGENCY)):
            shown = preview(session, v.officer, draft, now=NOW)
            assert (shown.airings, shown.conflicts, shown.refused) == ([], [], [])
        with pytest.raises(NotFound):
            preview(session, v.officer, v.draft(targets=(v.na_may,)), now=NOW)
