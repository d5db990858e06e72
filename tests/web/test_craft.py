"""How a bulletin is announced: the options behind the form, and what becomes of them."""

from io import BytesIO

import pytest
from sqlalchemy import select

from contract.states import BulletinState
from controller.content import draft_of
from controller.errors import VoiceRefused
from controller.media.disk import DiskMedia
from controller.model import Bulletin, Recording
from controller.store import Store
from tests.web.browser import Browser, forms
from tests.web.writing import look, refuse_it, state_of, voice_it
from tts.craft import Craft

NOTICE = {"text": "Sáng mai họp thôn.", "then": "keep"}
IDENTIFICATION = "Đây là Đài truyền thanh xã Suối Mây."
SOUTH = "espeak:vi-vn-x-south"


def saved(officer: Browser, store: Store, **changes: object) -> Bulletin:
    """What became of a notice with these options."""
    answer = officer.fill("/ban-tin/soan", "", {**NOTICE, **changes})
    assert answer.status_code == 303, answer.text
    return look(store, answer.location.rpartition("/")[2])


def test_a_notice_that_chooses_nothing_is_announced_well(officer: Browser, store: Store) -> None:
    draft = draft_of(saved(officer, store))
    assert draft.craft == Craft(identification=IDENTIFICATION)
    assert (draft.voice, draft.recorded_place) == ("", "")


def test_every_option_is_kept_and_shown_again(officer: Browser, store: Store) -> None:
    bulletin = saved(
        officer,
        store,
        reader=SOUTH,
        pace="slow",
        loudness="strong",
        chime=[],
        identification="Đài xã.",
        repeat_text="yes",
        closing="Xin cảm ơn bà con.",
        answer_voice="espeak:vi",
    )
    draft = draft_of(bulletin)
    assert draft.craft == Craft(
        pace="slow",
        loudness="strong",
        chime=False,
        identification="Đài xã.",
        repeat=True,
        closing="Xin cảm ơn bà con.",
        answer_voice="espeak:vi",
    )
    shown = forms(officer.get(f"/ban-tin/{bulletin.id}").text)
    fields = next(form.fields for form in shown if "text" in form.fields)
    assert (fields["reader"], fields["pace"]) == (SOUTH, "slow")
    assert "chime" not in fields
    officer.fill(f"/ban-tin/{bulletin.id}", "", {"then": "keep"})
    assert look(store, bulletin.id).version == bulletin.version, "saved unchanged"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reader": "piper:gone"}, "không còn giọng đọc này"),
        ({"reader": "gtts:vi"}, "chưa được bật"),
        ({"answer_voice": "gtts:vi"}, "chưa được bật"),
        ({"pace": "warp"}, "Chọn lại tốc độ"),
        ({"loudness": "11"}, "Chọn lại độ to"),
        ({"recorded_place": "under"}, "Chọn lại chỗ phát"),
        ({"identification": "x" * 201}, "Lời xưng danh tối đa 200"),
        ({"closing": "!!!"}, "Lời kết không có chữ nào"),
    ],
)
def test_a_wrong_option_is_told_at_its_field_and_what_was_typed_stays(
    officer: Browser, change: dict[str, str], words: str
) -> None:
    typed = {**NOTICE, "closing": "Xin hết.", **change}
    answer = officer.fill("/ban-tin/soan", "", typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert '<details class="field for-text" id="craft" open>' in answer.text
    fields = next(form.fields for form in forms(answer.text) if "text" in form.fields)
    assert (fields["text"], fields["closing"]) == (typed["text"], typed["closing"])
    (field,) = change
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text


def test_voices_are_offered_with_what_they_are_and_why_not(officer: Browser) -> None:
    page = officer.get("/ban-tin/soan").text
    assert "Giọng thường dùng: Giọng dự phòng (giọng máy), miền Bắc" in page
    assert f'<option value="{SOUTH}">' in page
    assert '<option value="gtts:vi">' not in page
    assert page.count("Dịch vụ bên ngoài này chưa được bật.") == 1
    assert "Giọng trực tuyến gTTS (dịch vụ bên ngoài)</strong>" in page


def test_another_option_makes_another_recording(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    bulletin_id = saved(officer, store, then="listen").id
    voice_it(store, media)
    officer.fill(f"/ban-tin/{bulletin_id}", "", {"then": "listen", "pace": "fast"})
    assert state_of(store, bulletin_id) == BulletinState.VOICING


def test_a_recorded_part_is_kept_and_named_on_the_page(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    part = (BytesIO(b"hmoob"), "tieng-mong.mp3")
    bulletin = saved(officer, store, recorded_place="before", part=part)
    assert (bulletin.recorded_place, bulletin.kind) == ("before", "text")
    assert media.original(bulletin.recorded_sha256 or "").read_bytes() == b"hmoob"
    assert "Đang dùng: <strong>tieng-mong.mp3" in officer.get(f"/ban-tin/{bulletin.id}").text


def test_a_recorded_part_without_a_file_is_asked_for(officer: Browser) -> None:
    typed = {**NOTICE, "then": "listen", "recorded_place": "after"}
    answer = officer.fill("/ban-tin/soan", "", typed)
    assert answer.status_code == 422
    assert "Chọn tệp của phần ghi sẵn" in answer.text


def test_a_file_that_was_chosen_must_be_chosen_again_after_an_error(officer: Browser) -> None:
    part = (BytesIO(b"hmoob"), "mong.mp3")
    typed = {"text": "", "recorded_place": "after", "part": part}
    assert "Hãy chọn lại tệp âm thanh." in officer.fill("/ban-tin/soan", "", typed).text


def test_a_voice_that_failed_may_be_tried_again_or_changed(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    bulletin_id = saved(officer, store, then="listen", reader=SOUTH).id
    refuse_it(store, media, VoiceRefused("engine_failed", "Giọng đọc không trả lời."))
    page = officer.get(f"/ban-tin/{bulletin_id}").text
    assert "Giọng đọc không trả lời." in page
    assert 'href="#reader"' in page
    assert 'id="craft" open' in page
    again = f"/ban-tin/{bulletin_id}/thu-lai"
    assert officer.fill(f"/ban-tin/{bulletin_id}", again, {}).status_code == 303
    assert state_of(store, bulletin_id) == BulletinState.VOICING
    assert look(store, bulletin_id).voice == SOUTH, "nobody chose another"


def test_what_another_voice_cannot_mend_does_not_offer_one(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    bulletin_id = saved(officer, store, then="listen").id
    refuse_it(store, media, VoiceRefused("no_room", "Đĩa đầy."))
    page = officer.get(f"/ban-tin/{bulletin_id}").text
    assert "Thử lại" in page
    assert "Chọn giọng khác" not in page


def test_trying_again_is_for_those_who_may_write_there(
    officer: Browser, stranger: Browser, store: Store, media: DiskMedia
) -> None:
    bulletin_id = saved(officer, store, then="listen").id
    refuse_it(store, media, VoiceRefused("engine_failed", "Lỗi."))
    again = f"/ban-tin/{bulletin_id}/thu-lai"
    assert stranger.post(again, {"version": 1}).status_code == 404
    assert state_of(store, bulletin_id) == BulletinState.DRAFT


def test_how_far_the_voice_is_is_shown_while_it_reads(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    bulletin_id = saved(officer, store, then="listen").id

    def poll() -> str:
        url = f"/ban-tin/{bulletin_id}/giong"
        return officer.get(url, headers={"HX-Request": "true"}).text

    assert "Đang đọc: câu" not in poll()
    media.progress(bulletin_id).write_text("3/12")
    assert "Đang đọc: câu 3/12" in poll()
    media.progress(bulletin_id).write_bytes(b"<b>\xff")
    assert "Đang đọc: câu" not in poll()


def test_a_voice_that_is_gone_stays_chosen_until_another_is(officer: Browser, store: Store) -> None:
    bulletin = saved(officer, store)
    with store.writing() as session:
        session.get_one(Bulletin, bulletin.id).voice = "piper:mai"
    page = officer.get(f"/ban-tin/{bulletin.id}").text
    assert '<option value="piper:mai" selected>piper:mai (không dùng được)' in page
    changed = officer.fill(f"/ban-tin/{bulletin.id}", "", {"then": "keep", "title": "Họp"})
    assert changed.status_code == 303
    assert look(store, bulletin.id).voice == "piper:mai"


def test_the_shape_of_the_sound_stands_under_the_player(
    officer: Browser, store: Store, media: DiskMedia
) -> None:
    bulletin_id = saved(officer, store, then="listen").id
    voice_it(store, media)
    with store.writing() as session:
        session.scalars(select(Recording)).one().waveform = [-50, 50] * 1_000
    page = officer.get(f"/ban-tin/{bulletin_id}").text
    assert "Bản ghi âm: độ to −16,0 LUFS, đỉnh −2,5 dBTP" in page
    assert page.count("<figure") == 1
