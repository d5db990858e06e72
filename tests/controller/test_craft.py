"""How a bulletin is announced: what officers choose, and what becomes of it."""

from io import BytesIO

import pytest
from msgspec import structs

from contract.states import BulletinState
from controller import approval, bulletins, craft, voicing
from controller.content import content_hash, draft_of
from controller.errors import Invalid
from controller.media.disk import DiskMedia
from controller.model import Bulletin, Recording
from controller.store import Store
from tests.controller.test_bulletins import composed, ready
from tests.controller.test_voicing import FakeVoice, look, media
from tests.controller.village import NOW, OneKey, settle, voiced
from tts.craft import Craft, RecordedPart
from tts.wire import Before

__all__ = ["media"]  # a fixture

SLOW = Craft(pace="slow", identification="Đây là Đài truyền thanh xã Suối Mây.", repeat=True)


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("Xã Suối Mây", "Đây là Đài truyền thanh xã Suối Mây."),
        ("Đặc khu Cô Tô", "Đây là Đài truyền thanh đặc khu Cô Tô."),
        ("Khu vực Thượng nguồn", "Đây là Đài truyền thanh khu vực Thượng nguồn."),
        ("Trung tâm Văn hóa", "Đây là Đài truyền thanh Trung tâm Văn hóa."),
    ],
)
def test_a_station_says_whose_it_is(area: str, said: str) -> None:
    assert craft.identification_of(area) == said


def test_the_craft_is_kept_as_it_was_chosen(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v, craft=structs.replace(SLOW, closing=" Xin  cảm ơn. "))
    with store.reading() as session:
        found = draft_of(session.get_one(Bulletin, bulletin.id))
    assert found.craft == structs.replace(SLOW, closing="Xin cảm ơn.")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"identification": "a" * 201}, "identification", "Lời xưng danh tối đa 200 ký tự"),
        ({"closing": "a" * 201}, "closing", "Lời kết tối đa 200 ký tự"),
        ({"closing": "…!"}, "closing", "không có chữ nào"),
    ],
)
def test_a_craft_that_cannot_be_read_is_refused_in_words(
    store: Store, changes: dict[str, str], field: str, words: str
) -> None:
    with store.writing() as session:
        v = settle(session)
        with pytest.raises(Invalid, match=words) as found:
            composed(session, v, craft=Craft(**changes))  # type: ignore[arg-type]  # all are texts
    assert [problem.field for problem in found.value.problems] == [field]


def test_another_craft_needs_another_recording_and_another_approval(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletins.submit(session, v.officer, bulletin.id, 1, acknowledged=(), now=NOW)
        seen = content_hash(bulletin)
        approval.approve(session, v.approver, bulletin.id, seen, signer=OneKey(), now=NOW)
        bulletins.edit(session, v.officer, bulletin.id, 1, v.draft(craft=SLOW), now=NOW)
    assert (bulletin.state, bulletin.version) == (BulletinState.DRAFT, 2)
    assert bulletin.recording_sha256 is None
    assert content_hash(bulletin) != seen
    with store.reading() as session:
        assert approval.decisions(session, bulletin.id)[0].voided_at == NOW


def test_saving_the_same_craft_keeps_what_was_decided(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletins.edit(session, v.officer, bulletin.id, 1, v.draft(craft=Craft()), now=NOW)
    assert (bulletin.state, bulletin.version) == (BulletinState.READY, 1)


def test_a_bulletin_from_before_keeps_its_recording_when_only_its_time_changes(
    store: Store,
) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v)
        bulletin.craft = {}  # as the migration left it
        session.flush()
        other = v.draft(title="Tên khác")
        bulletins.edit(session, v.officer, bulletin.id, 1, other, now=NOW)
    assert bulletin.state == BulletinState.READY


def test_a_recorded_part_reaches_the_voice_with_its_place(store: Store, media: DiskMedia) -> None:
    sha256 = media.keep_original(BytesIO(b"hmoob"))
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v, craft=SLOW, voice="espeak:vi", recorded_place="after")
        bulletins.attach_part(
            session, v.officer, bulletin.id, 1, sha256=sha256, name="/a/mong.mp3", now=NOW
        )
        bulletins.ask_for_voice(session, v.officer, bulletin.id, 2, now=NOW)
    voice = FakeVoice()
    voicing.work(store, voice, media, lambda: NOW)
    asked = voice.speeches[-1]
    assert asked.recorded == (RecordedPart(str(media.original(sha256)), "after"),)
    assert (asked.craft, asked.voice) == (SLOW, "espeak:vi")
    assert look(store, bulletin.id).recorded_name == "mong.mp3"


def test_a_recorded_part_without_its_file_is_asked_for(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v, recorded_place="before")
        with pytest.raises(Invalid, match="phần ghi sẵn") as found:
            bulletins.ask_for_voice(session, v.officer, bulletin.id, 1, now=NOW)
    assert [problem.field for problem in found.value.problems] == ["part"]


def test_a_part_that_is_heard_nowhere_is_not_given_to_the_voice(
    store: Store, media: DiskMedia
) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v)
        bulletins.attach_part(
            session, v.officer, bulletin.id, 1, sha256="a" * 64, name="a.mp3", now=NOW
        )
        bulletins.ask_for_voice(session, v.officer, bulletin.id, 2, now=NOW)
    voice = FakeVoice()
    voicing.work(store, voice, media, lambda: NOW)
    assert voice.speeches[-1].recorded == ()


def test_a_recorded_part_that_was_lost_is_said(store: Store, media: DiskMedia) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v, recorded_place="after")
        bulletins.attach_part(
            session, v.officer, bulletin.id, 1, sha256="a" * 64, name="a.mp3", now=NOW
        )
        bulletins.ask_for_voice(session, v.officer, bulletin.id, 2, now=NOW)
    voicing.work(store, FakeVoice(), media, lambda: NOW)
    assert "tải lại" in look(store, bulletin.id).voice_problem


def test_the_shape_of_a_sound_is_kept_with_it(store: Store) -> None:
    before = Before(waveform=(-5, 5), loudness_lufs=-31.5, true_peak_dbtp=-8.0)
    made = voiced("sound", waveform=(-70, 71, -3, 2), before=before)
    with store.writing() as session:
        v = settle(session)
        bulletin = ready(session, v, made)
        recording = session.get_one(Recording, bulletin.recording_sha256)
    assert recording.waveform == [-70, 71, -3, 2]
    assert recording.before == {
        "waveform": [-5, 5],
        "loudness_lufs": -31.5,
        "true_peak_dbtp": -8.0,
    }


def test_how_far_the_voice_is_is_forgotten_when_it_is_done(store: Store, media: DiskMedia) -> None:
    with store.writing() as session:
        v = settle(session)
        bulletin = composed(session, v)
        bulletins.ask_for_voice(session, v.officer, bulletin.id, 1, now=NOW)
    voice = FakeVoice()
    seen: list[str] = []
    told = media.progress(bulletin.id)
    voice.before_answer = lambda: seen.append(told.read_text())
    voicing.work(store, voice, media, lambda: NOW)
    assert (seen, told.exists()) == (["1/1"], False)
