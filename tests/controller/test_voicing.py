"""The worker that makes recordings."""

import itertools
import threading
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from contract.states import BulletinState
from controller import bulletins, teaching, voicing
from controller.errors import VoiceRefused
from controller.media.disk import DiskMedia
from controller.model import Bulletin, BulletinKind, Recording
from controller.ports import Speech, Voiced
from controller.store import Store
from tests.controller.village import NOW, Village, settle, voiced
from tts.normalise.lexicon import Entry, standard


class FakeVoice:
    """Reads at once; `trigger_refusal` makes it refuse, `before_answer` runs while it works."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.speeches: list[Speech] = []
        self.refusal: VoiceRefused | None = None
        self.before_answer = lambda: None

    def trigger_refusal(self, code: str, message: str, **facts: str | int) -> None:
        self.refusal = VoiceRefused(code, message, facts)

    def speak(self, speech: Speech, progress: Path) -> Voiced:
        self.speeches.append(speech)
        progress.write_text("1/1")
        return self._answer(speech.text)

    def take(self, original: Path) -> Voiced:
        return self._answer(original.name)

    def _answer(self, asked: str) -> Voiced:
        self.asked.append(asked)
        self.before_answer()
        if self.refusal is not None:
            raise self.refusal
        return voiced(asked)


@pytest.fixture
def media(tmp_path: Path) -> DiskMedia:
    return DiskMedia(tmp_path / "media")


@pytest.fixture
def wanted(store: Store) -> tuple[Village, str]:
    """A bulletin that waits for its voice."""
    with store.writing() as session:
        v = settle(session)
        bulletin = bulletins.compose(session, v.officer, v.draft(), now=NOW)
        bulletins.ask_for_voice(session, v.officer, bulletin.id, 1, now=NOW)
    return v, bulletin.id


def look(store: Store, bulletin_id: str) -> Bulletin:
    with store.reading() as session:
        return session.get_one(Bulletin, bulletin_id)


def test_a_recording_is_made_and_measured(
    store: Store, wanted: tuple[Village, str], media: DiskMedia
) -> None:
    voice = FakeVoice()
    assert voicing.work(store, voice, media, lambda: NOW)
    assert not voicing.work(store, voice, media, lambda: NOW)
    bulletin = look(store, wanted[1])
    assert (bulletin.state, bulletin.version) == (BulletinState.READY, 1)
    with store.reading() as session:
        assert session.get_one(Recording, bulletin.recording_sha256).loudness_lufs == -16.0


def test_a_refusal_goes_back_to_the_author_in_words(
    store: Store, wanted: tuple[Village, str], media: DiskMedia
) -> None:
    voice = FakeVoice()
    voice.trigger_refusal("nothing_to_say", "Không có gì để đọc.")
    assert voicing.work(store, voice, media, lambda: NOW)
    bulletin = look(store, wanted[1])
    assert (bulletin.state, bulletin.voice_problem) == (BulletinState.DRAFT, "Không có gì để đọc.")


def test_the_place_that_stopped_it_is_kept_until_the_next_try(
    store: Store, wanted: tuple[Village, str], media: DiskMedia
) -> None:
    v, bulletin_id = wanted
    voice = FakeVoice()
    voice.trigger_refusal("meaning_changed", "Sai nghĩa.", start=3, end=9, source="0,05 %")
    voicing.work(store, voice, media, lambda: NOW)
    assert look(store, bulletin_id).voice_facts == {
        "code": "meaning_changed",
        "start": 3,
        "end": 9,
        "source": "0,05 %",
    }
    with store.writing() as session:
        bulletins.ask_for_voice(session, v.officer, bulletin_id, 1, now=NOW)
    assert look(store, bulletin_id).voice_facts is None


def test_the_voice_is_given_what_its_area_was_taught_and_the_reading_says_of_when(
    store: Store, wanted: tuple[Village, str], media: DiskMedia
) -> None:
    v, bulletin_id = wanted
    entry = Entry("XQZ", "ích quy dét")
    with store.writing() as session:
        teaching.teach(session, v.officer, v.suoi_may, entry, now=NOW)
        teaching.teach(session, v.stranger, v.na_may, Entry("ABZ", "chữ"), now=NOW)
    voice = FakeVoice()
    voicing.work(store, voice, media, lambda: NOW)
    assert voice.speeches[-1].lexicon == (entry,)
    told = {"at": NOW.isoformat(), "standard": standard().version}
    assert (look(store, bulletin_id).reading or {})["lexicon"] == told


def test_what_is_taught_while_the_voice_works_makes_it_work_again(
    store: Store, wanted: tuple[Village, str], media: DiskMedia
) -> None:
    v, bulletin_id = wanted
    voice = FakeVoice()

    def teach() -> None:
        with store.writing() as session:
            teaching.teach(session, v.officer, v.suoi_may, Entry("XQZ", "chữ"), now=NOW)
            bulletins.read_again(session, v.officer, bulletin_id, 1, now=NOW)
        voice.before_answer = lambda: None

    voice.before_answer = teach
    voicing.work(store, voice, media, lambda: NOW)
    assert look(store, bulletin_id).state == BulletinState.VOICING
    voicing.work(store, voice, media, lambda: NOW)
    assert look(store, bulletin_id).state == BulletinState.READY
    assert [entry.token for entry in voice.speeches[-1].lexicon] == ["XQZ"]


def test_an_edit_meanwhile_throws_the_result_away(
    store: Store, wanted: tuple[Village, str], media: DiskMedia
) -> None:
    v, bulletin_id = wanted
    voice = FakeVoice()

    def edit() -> None:
        with store.writing() as session:
            bulletins.edit(session, v.officer, bulletin_id, 1, v.draft(text="Mới"), now=NOW)
            bulletins.ask_for_voice(session, v.officer, bulletin_id, 2, now=NOW)
        voice.before_answer = lambda: None

    voice.before_answer = edit
    voicing.work(store, voice, media, lambda: NOW)
    assert look(store, bulletin_id).state == BulletinState.VOICING
    voicing.work(store, voice, media, lambda: NOW)
    found = look(store, bulletin_id)
    assert (found.state, voice.asked[-1]) == (BulletinState.READY, "Mới")
    assert found.recording_sha256 == voiced("Mới").sha256


def test_a_worker_that_died_is_replaced_when_its_lease_is_over(
    store: Store, wanted: tuple[Village, str]
) -> None:
    with store.writing() as session:
        assert voicing.claim(session, NOW) is not None
    with store.writing() as session:
        assert voicing.claim(session, NOW + voicing.LEASE) is None
    with store.writing() as session:
        assert voicing.claim(session, NOW + voicing.LEASE + timedelta(seconds=1)) is not None


def test_a_long_text_keeps_its_lease(
    store: Store,
    wanted: tuple[Village, str],
    media: DiskMedia,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voicing, "RENEW_S", 0.01)
    times = itertools.count()
    asked = threading.Event()

    def clock() -> datetime:
        n = next(times)
        if n > 2:
            asked.set()  # the lease was renewed at least once
        return NOW + n * voicing.LEASE

    def wait_for_a_renewal() -> None:
        assert asked.wait(30)

    voice = FakeVoice()
    voice.before_answer = wait_for_a_renewal
    assert voicing.work(store, voice, media, clock)
    assert look(store, wanted[1]).state == BulletinState.READY


def test_an_upload_is_taken_from_the_kept_original(store: Store, media: DiskMedia) -> None:
    sha256 = media.keep_original(BytesIO(b"sound"))
    with store.writing() as session:
        v = settle(session)
        draft = v.draft(kind=BulletinKind.AUDIO, text="")
        bulletin = bulletins.compose(session, v.officer, draft, now=NOW)
        bulletins.attach_audio(
            session, v.officer, bulletin.id, 1, sha256=sha256, name="a.mp3", now=NOW
        )
        bulletins.ask_for_voice(session, v.officer, bulletin.id, 2, now=NOW)
    voice = FakeVoice()
    voicing.work(store, voice, media, lambda: NOW)
    assert voice.asked == [sha256]


def test_a_lost_original_is_said_and_not_retried_for_ever(store: Store, media: DiskMedia) -> None:
    with store.writing() as session:
        v = settle(session)
        draft = v.draft(kind=BulletinKind.AUDIO, text="")
        bulletin = bulletins.compose(session, v.officer, draft, now=NOW)
        bulletins.attach_audio(
            session, v.officer, bulletin.id, 1, sha256="a" * 64, name="a.mp3", now=NOW
        )
        bulletins.ask_for_voice(session, v.officer, bulletin.id, 2, now=NOW)
    voicing.work(store, FakeVoice(), media, lambda: NOW)
    found = look(store, bulletin.id)
    assert (found.state, "tải lại" in found.voice_problem) == (BulletinState.DRAFT, True)


def test_a_renewal_that_fails_is_made_up_for_by_the_next(
    store: Store,
    wanted: tuple[Village, str],
    media: DiskMedia,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voicing, "RENEW_S", 0.01)
    renewed = threading.Event()
    calls = itertools.count()

    def clock() -> datetime:
        match next(calls):
            case 1:
                raise OperationalError("", {}, Exception("database is locked"))
            case 2:
                renewed.set()
        return NOW

    voice = FakeVoice()
    voice.before_answer = lambda: renewed.wait(30)  # type: ignore[assignment,return-value]  # a bool
    assert voicing.work(store, voice, media, clock)
    assert renewed.is_set()
