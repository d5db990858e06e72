"""From a request to what listeners hear: craft, two voices, recorded parts, guard."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tts.independent_meter import decoded, loudness_and_true_peak
from tests.tts.test_render import ask
from tests.tts.tones import RATE_HZ, Samples, read, write
from tts.craft import Craft, RecordedPart
from tts.engines.espeak import Espeak
from tts.errors import EngineUnavailable, MeaningChanged, TextTooLong
from tts.normalise.lexicon import Entry
from tts.script import BETWEEN_PARTS_MS
from tts.speech import speak
from tts.wire import Failed, Rendered, Speak

TEXT = "UBND xã mời bà con họp lúc 7h30."


def said(tmp_path: Path, text: str = TEXT, **request: Any) -> Rendered:
    return speak(Speak(text=text, out_dir=str(tmp_path / "out"), **request))


def heard(rendered: Rendered) -> Samples:
    return decoded(Path(rendered.recording.path))


def seconds(rendered: Rendered) -> float:
    return rendered.recording.samples / RATE_HZ


def test_a_repeated_text_is_twice_as_long(tmp_path: Path) -> None:
    once = said(tmp_path, craft=Craft(chime=False))
    twice = said(tmp_path, craft=Craft(chime=False, repeat=True))
    assert seconds(twice) > 2 * seconds(once)


def test_a_slow_reading_is_longer_than_a_fast_one(tmp_path: Path) -> None:
    slow, normal, fast = (said(tmp_path, craft=Craft(pace=p)) for p in ("slow", "normal", "fast"))
    assert seconds(slow) > seconds(normal) > seconds(fast)


@pytest.mark.parametrize(("loudness", "lufs"), [("soft", -18), ("strong", -14)])
def test_the_loudness_that_was_chosen_is_heard(loudness: Any, lufs: float, tmp_path: Path) -> None:
    measured, true_peak = loudness_and_true_peak(
        heard(said(tmp_path, craft=Craft(loudness=loudness)))
    )
    assert measured == pytest.approx(lufs, abs=0.5)
    assert true_peak <= -1


def test_a_recorded_part_is_heard_in_its_place_at_the_level_of_the_voice(tmp_path: Path) -> None:
    (spoken,) = Espeak().synthesize([TEXT * 2], "vi-vn-x-south", "normal", tmp_path)
    faint = write(tmp_path / "hmong.wav", read(spoken) * 0.02, 22_050)
    recorded = (RecordedPart(str(faint), "after"),)
    sound = heard(said(tmp_path, TEXT * 2, recorded=recorded, craft=Craft(chime=False)))
    lasts = round(len(read(faint)) * RATE_HZ / 22_050)
    part = sound[-lasts - round(BETWEEN_PARTS_MS / 1_000 * RATE_HZ) :][:lasts]
    voice = sound[: len(sound) // 2 - RATE_HZ]
    assert loudness_and_true_peak(part)[0] == pytest.approx(
        loudness_and_true_peak(voice)[0], abs=1.5
    )


def test_a_recorded_part_that_is_cut_short_is_told_and_its_render_is_not_kept(
    tmp_path: Path,
) -> None:
    whole = write(tmp_path / "hmong.wav", np.tile(np.sin(np.arange(48) / 3), 4_000))
    whole.write_bytes(whole.read_bytes()[:200_000])
    done = said(tmp_path, recorded=(RecordedPart(str(whole), "before"),))
    assert [caution.message for caution in done.cautions] == [
        "Phần ghi sẵn: Tệp có vẻ bị cắt cụt: thiếu khoảng 2 giây trong 4 giây."
    ]
    assert done.key == ""


def test_the_answers_are_read_by_the_other_voice(tmp_path: Path) -> None:
    text = "Hỏi: Khi nào thì nộp?\nĐáp: Nộp ngay hôm nay."
    one = said(tmp_path, text)
    two = said(tmp_path, text, craft=Craft(answer_voice="espeak:vi-vn-x-south"))
    assert one.recording.sha256 != two.recording.sha256
    assert one.engine == two.engine


def test_a_voice_that_does_not_read_is_not_asked_for(tmp_path: Path) -> None:
    craft = Craft(answer_voice="piper:none")
    (caution,) = said(tmp_path, craft=craft).cautions
    assert "“Đáp:”" in caution.message
    with pytest.raises(EngineUnavailable):
        said(tmp_path, "Hỏi: Gì?\nĐáp: Không.", craft=craft)


def test_an_unknown_word_around_the_text_is_told(tmp_path: Path) -> None:
    done = said(tmp_path, craft=Craft(identification="Đây là XYZT."))
    assert [caution.message for caution in done.cautions] == [
        "Không biết đọc «XYZT» trong lời xưng danh."
    ]


def test_a_long_identification_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextTooLong):
        said(tmp_path, craft=Craft(identification="bà con " * 80))


def test_a_reading_that_changes_a_meaning_stops_the_bulletin(tmp_path: Path) -> None:
    wrong = Entry("7h30", "bảy giờ mười phút")
    code, answer, _ = ask(Speak(text=TEXT, out_dir=str(tmp_path / "out"), lexicon=(wrong,)))
    assert code == 1
    assert isinstance(answer, Failed)
    facts = answer.error.facts
    assert answer.error.code == MeaningChanged.code == "meaning_changed"
    assert TEXT[int(facts["start"]) : int(facts["end"])] == facts["source"]
    assert "7h30" in str(facts["source"])
    assert "bảy giờ mười phút" in str(facts["spoken"])
    assert "7h30" in answer.error.message
    assert not (tmp_path / "out").exists()


def test_progress_ends_with_every_breath_read(tmp_path: Path) -> None:
    said(tmp_path, "Một câu. Hai câu. Ba câu.", progress=str(tmp_path / "progress"))
    assert (tmp_path / "progress").read_text() == "3/3"
    assert [file.name for file in tmp_path.iterdir() if "part" in file.name] == []
