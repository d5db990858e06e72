"""Bulletins from the first word to asking for approval."""

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

import tts.readings
from contract.states import BulletinState, Class
from controller import bulletins, drafts, voicing
from controller.content import content_hash, draft_of
from controller.errors import EditConflict, Invalid, NotFound, WrongState
from controller.model import Bulletin, BulletinKind
from controller.ports import Voiced
from controller.store import Store
from tests.controller.village import DAILY, GONE, NOW, Village, settle, voiced

LATER = NOW + timedelta(minutes=5)


def composed(session: Session, v: Village, **changes: object) -> Bulletin:
    return bulletins.compose(session, v.officer, v.draft(**changes), now=NOW)


def ready(session: Session, v: Village, made: Voiced | None = None) -> Bulletin:
    """A bulletin whose recording was made and heard."""
    bulletin = composed(session, v)
    bulletins.ask_for_voice(session, v.officer, bulletin.id, 1, now=NOW)
    job = voicing.claim(session, NOW)
    assert job is not None
    made = made or voiced()
    voicing.finish(session, job, made, NOW)
    bulletins.listened(session, v.officer, bulletin.id, made.sha256, now=NOW)
    return bulletins.locked(session, bulletin.id)


def test_a_new_bulletin_is_a_draft_titled_by_its_heading(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v, title=" ", text="\n THÔNG BÁO \nMất điện")
    assert (bulletin.state, bulletin.title) == (BulletinState.DRAFT, "THÔNG BÁO")


def test_every_problem_is_told_at_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        draft = v.draft(title="x" * 201, text="🎉🎉", targets=(), rule=GONE)
        with pytest.raises(Invalid) as found:
            bulletins.compose(session, v.officer, draft, now=NOW)
    fields = {problem.field for problem in found.value.problems}
    assert fields >= {"title", "text", "targets", "times"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nhập nội dung"),
        ("  \n ", "Nhập nội dung"),
        ("🎉 👍 …", "không có chữ nào"),
        ("a" * 200_000, "200.000 ký tự; tối đa 7.000"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_in_words(text: str, words: str) -> None:
    draft = Village(*[""] * 4, *[None] * 8).draft(text=text)  # type: ignore[arg-type]
    found = drafts.problems(drafts.tidied(draft), NOW, frozenset())
    assert [p.field for p in found if words in p.message] == ["text"]


@pytest.mark.parametrize(
    "nasty", ["\x00", "\ud800", "\r\n", "\u202e", "'; DROP TABLE bulletin; --", "%s"]
)
def test_whatever_is_typed_can_be_kept(store: Store, nasty: str) -> None:
    with store.writing() as session:
        v = settle(session)
        text = f"Thông{nasty}báo"
        bulletin = composed(session, v, title=text, text=text)
        bulletins.attach_audio(
            session, v.officer, bulletin.id, 1, sha256="a" * 64, name=text, now=NOW
        )
    with store.reading() as session:
        assert session.get_one(Bulletin, bulletin.id).text.startswith("Thông")


def test_the_longest_text_is_that_of_the_voice() -> None:
    assert drafts.TEXT_LENGTH == tts.readings.MAX_CHARACTERS


@given(st.text(max_size=300), st.text(max_size=50))
def test_tidying_twice_changes_nothing_more(text: str, title: str) -> None:
    draft = drafts.Draft(
        area_id="a", title=title, kind=BulletinKind.TEXT, targets=("a",), rule=DAILY, text=text
    )
    once = drafts.tidied(draft)
    assert drafts.tidied(once) == once
    assert unicodedata.is_normalized("NFC", once.text)
    assert len(once.title) <= max(200, len(title) * 3)


def test_a_time_that_has_passed_is_refused(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        with pytest.raises(Invalid, match="đã qua"):
            composed(session, v, rule=GONE)


def test_an_emergency_is_not_asked_for_a_time(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        assert composed(session, v, rule=GONE, cls=Class.EMERGENCY).cls == Class.EMERGENCY


def test_a_target_outside_ones_own_area_does_not_exist(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for places in ({"targets": (v.suoi_may, v.na_may)}, {"area_id": v.na_may}):
            with pytest.raises(NotFound):
                composed(session, v, **places)


def test_somebody_elses_bulletin_does_not_exist(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v)
        for attempt in (
            lambda: bulletins.get(session, v.stranger, bulletin.id, now=NOW),
            lambda: bulletins.edit(session, v.stranger, bulletin.id, 1, v.draft(), now=NOW),
            lambda: bulletins.ask_for_voice(session, v.technician, bulletin.id, 1, now=NOW),
            lambda: bulletins.listened(session, v.stranger, bulletin.id, "x", now=NOW),
            lambda: bulletins.listened(session, v.auditor, bulletin.id, "x", now=NOW),
            lambda: bulletins.submit(session, v.stranger, bulletin.id, 1, acknowledged=(), now=NOW),
            lambda: bulletins.withdraw(session, v.stranger, bulletin.id, 1, now=NOW),
        ):
            with pytest.raises(NotFound):
                attempt()
        seen = bulletins.newest(session, v.stranger, now=NOW, states=list(BulletinState), limit=9)
    assert seen == []


def test_of_two_editors_the_second_learns_who_was_first_and_loses_nothing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v)
        changed = v.draft(text="Bản của Minh.")
        bulletins.edit(session, v.colleague, bulletin.id, 1, changed, now=LATER)
        with pytest.raises(EditConflict, match="Minh") as conflict:
            bulletins.edit(session, v.officer, bulletin.id, 1, v.draft(text="Của Lan"), now=LATER)
        assert conflict.value.at == LATER
        assert draft_of(bulletins.locked(session, bulletin.id)) == changed


def test_it_is_submitted_after_it_was_heard(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletins.submit(session, v.officer, bulletin.id, 1, acknowledged=(), now=LATER)
    assert (bulletin.state, bulletin.submitted_at) == (BulletinState.SUBMITTED, LATER)


def test_nothing_is_submitted_unheard_or_without_a_recording(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        silent = composed(session, v)
        with pytest.raises(Invalid, match="chưa có bản ghi âm"):
            bulletins.submit(session, v.officer, silent.id, 1, acknowledged=(), now=NOW)
        unheard = ready(session, v)
        unheard.listened_at = None
        session.flush()
        with pytest.raises(Invalid, match="nghe hết"):
            bulletins.submit(session, v.officer, unheard.id, 1, acknowledged=(), now=NOW)


def test_unknown_words_are_seen_by_the_author_first(store: Store) -> None:
    reading = {"spoken": "…", "unknown": [{"span": [0, 3], "token": "XYZ"}], "map": []}
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v, voiced("XYZ", reading=reading))
        with pytest.raises(Invalid, match="XYZ"):
            bulletins.submit(session, v.officer, bulletin.id, 1, acknowledged=(), now=NOW)
        bulletins.submit(session, v.officer, bulletin.id, 1, acknowledged=["XYZ"], now=NOW)
    assert bulletin.state == BulletinState.SUBMITTED


def test_hearing_an_older_recording_does_not_count(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletin.listened_at = None
        session.flush()
        bulletins.listened(session, v.officer, bulletin.id, "0" * 64, now=NOW)
        session.refresh(bulletin)
    assert bulletin.listened_at is None


def test_another_text_needs_another_recording(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletins.edit(session, v.officer, bulletin.id, 1, v.draft(text="Khác"), now=LATER)
    assert bulletin.state == BulletinState.DRAFT
    assert (bulletin.recording_sha256, bulletin.listened_at, bulletin.reading) == (None, None, None)


def test_another_time_keeps_the_recording_and_changes_the_hash(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        before = content_hash(bulletin)
        bulletins.submit(session, v.officer, bulletin.id, 1, acknowledged=(), now=NOW)
        other = v.draft(targets=(v.suoi_may,), cls=Class.PRIORITY)
        bulletins.edit(session, v.officer, bulletin.id, 1, other, now=LATER)
    assert bulletin.state == BulletinState.READY
    assert bulletin.listened_at is not None
    assert content_hash(bulletin) != before


def test_an_uploaded_file_takes_the_place_of_the_text(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v, kind=BulletinKind.AUDIO, text="")
        with pytest.raises(Invalid, match="tệp"):
            bulletins.ask_for_voice(session, v.officer, bulletin.id, 1, now=NOW)
        bulletins.attach_audio(
            session, v.officer, bulletin.id, 1, sha256="a" * 64, name="/x/bài.mp3", now=NOW
        )
        bulletins.ask_for_voice(session, v.officer, bulletin.id, 2, now=NOW)
    assert (bulletin.state, bulletin.original_name) == (BulletinState.VOICING, "bài.mp3")


def test_asking_twice_for_the_voice_asks_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v)
        for _ in range(2):
            bulletins.ask_for_voice(session, v.officer, bulletin.id, 1, now=NOW)
        assert voicing.claim(session, NOW) is not None
        assert voicing.claim(session, NOW) is None


def test_a_withdrawn_bulletin_is_gone_for_good(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletins.withdraw(session, v.officer, bulletin.id, 1, now=NOW)
        with pytest.raises(WrongState, match="đã rút"):
            bulletins.edit(session, v.officer, bulletin.id, 1, v.draft(), now=LATER)
