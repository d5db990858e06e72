"""Piper with a stand-in voice: whole and right, or refused with a sentence."""

import os
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.tts import standin_voice
from tests.tts.standin_voice import TOML, phonemes, write_card, write_description
from tts.engines import choose, voices
from tts.engines.piper import Piper
from tts.engines.piper_voice import SYMBOLS
from tts.engines.settings import EngineSettings
from tts.errors import EngineFailed, EngineUnavailable
from tts.render import render
from tts.wire import Failed, Rendered, Speak

PIPER = "from tts.engines import piper_worker\npiper_worker.main()"
TEXTS = ["Xin chào bà con.", "Mời họp.", "Ngày mai cắt điện, mưa to gió lớn."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return standin_voice.build(tmp_path / "voices")


def length(sound: Path) -> int:
    with wave.open(str(sound)) as opened:
        assert (opened.getnchannels(), opened.getsampwidth()) == (1, 2)
        assert opened.getframerate() == standin_voice.RATE_HZ
        return int(opened.getnframes())


@pytest.mark.parametrize("workers", [1, 2])
def test_every_phoneme_is_in_the_sound_and_the_sounds_are_in_order(
    workers: int, folder: Path, tmp_path: Path
) -> None:
    said = Piper(folder.parent, workers).synthesize(TEXTS, "thu", "normal", tmp_path)
    expected = [standin_voice.samples_of(len(phonemes(text))) for text in TEXTS]
    assert [length(sound) for sound in said] == expected


def test_a_worker_is_replaced_before_it_grows(folder: Path, tmp_path: Path) -> None:
    born = tmp_path / "born"
    command = script(tmp_path, f"open({str(born)!r}, 'a').write('x')\n{PIPER}")
    engine = Piper(folder.parent, command=command, life=2)
    assert len(list(engine.synthesize(TEXTS * 2, "thu", "normal", tmp_path))) == 6
    assert len(born.read_text()) == 3


def script(folder: Path, body: str) -> tuple[str, ...]:
    file = folder / "worker.py"
    file.write_text(f"import os, sys\n{body}")
    return (sys.executable, "-c", f"exec(open({str(file)!r}).read())")


def test_a_worker_that_dies_fails_with_its_last_words_and_leaves_no_sound(
    folder: Path, tmp_path: Path
) -> None:
    command = script(tmp_path, "raise SystemExit('out of memory')")
    (tmp_path / "out").mkdir()
    with pytest.raises(EngineFailed, match="dừng đột ngột") as caught:
        list(
            Piper(folder.parent, command=command).synthesize(
                TEXTS, "thu", "normal", tmp_path / "out"
            )
        )
    assert caught.value.facts["detail"] == "out of memory"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_worker_that_hangs_is_ended(folder: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    command = ("sh", "-c", f"echo $$ > {pid}; exec sleep 60")
    engine = Piper(folder.parent, command=command, timeout_s=1)
    with pytest.raises(EngineFailed, match="không trả lời trong 1 giây"):
        list(engine.synthesize(TEXTS, "thu", "normal", tmp_path))
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_leaving_early_ends_the_workers(folder: Path, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    command = script(tmp_path, f"print(os.getpid(), file=open({str(pids)!r}, 'a'))\n{PIPER}")
    said = Piper(folder.parent, 2, command=command).synthesize(TEXTS, "thu", "normal", tmp_path)
    assert next(iter(said)).exists()
    said.close()
    for pid in pids.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_a_worker_that_is_awake_reads_first_and_one_that_is_not_needed_ends(
    folder: Path, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    command = script(tmp_path, f"print(os.getpid(), file=open({str(pids)!r}, 'a'))\n{PIPER}")
    engine = Piper(folder.parent, command=command)
    with engine.awake("thu"):
        assert len(list(engine.synthesize(TEXTS, "thu", "normal", tmp_path))) == len(TEXTS)
    assert len(pids.read_text().split()) == 1
    asleep = Piper(folder.parent, command=("sh", "-c", f"echo $$ >> {pids}; exec sleep 60"))
    with asleep.awake("thu"):
        while len(pids.read_text().split()) < 2:  # it says so at once
            pass
    for pid in pids.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_a_text_without_a_sound_is_no_recording(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineFailed, match="không phát ra âm thanh"):
        list(Piper(folder.parent).synthesize(["..."], "thu", "normal", tmp_path))


def test_a_sound_that_the_voice_does_not_know_fails_and_is_not_left_out(
    folder: Path, tmp_path: Path
) -> None:
    told = standin_voice.description()
    del told["phoneme_id_map"]["2"]  # as if the probe had not been made
    write_description(folder, told)
    with pytest.raises(EngineFailed, match="không có âm vị 2"):
        list(Piper(folder.parent).synthesize(TEXTS, "thu", "normal", tmp_path))


def test_the_symbols_of_the_probe_are_those_that_vietnamese_needs() -> None:
    syllables = "mạ ngã ngửa nghịch khuỷu thuở đường giếng quýt xoài vườn phở tuyệt chuyến rượu"
    found = phonemes(syllables)
    assert set(found) - set(SYMBOLS) == set()
    assert set("2456ɜ") - set(found) == set()


def test_a_good_voice_is_listed_with_what_its_owner_says_of_it(folder: Path) -> None:
    (info,) = (v for v in voices(settings(folder)) if v.engine == "piper")
    assert (info.voice, info.label, info.problem) == ("thu", "Giọng thử", "")
    assert (info.accent, info.gender, info.licence) == ("miền Bắc", "nữ", "CC0 1.0")
    assert (info.online, info.fallback) == (False, False)
    assert len(info.fingerprint) == 64


def settings(folder: Path) -> EngineSettings:
    return EngineSettings(voices_dir=str(folder.parent))


def telling(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        told = standin_voice.description()
        change(told)
        write_description(folder, told)

    return spoil


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "no model": (lambda f: (f / "thu.onnx").unlink(), "thiếu tệp thu.onnx"),
    "no description": (lambda f: (f / "thu.onnx.json").unlink(), "thiếu tệp thu.onnx.json"),
    "no model card": (lambda f: (f / "MODEL_CARD").unlink(), "thiếu tệp MODEL_CARD"),
    "no card": (lambda f: (f / "voice.toml").unlink(), "thiếu tệp voice.toml"),
    "card is no toml": (lambda f: (f / "voice.toml").write_text("["), "không đúng mẫu"),
    "card is no text": (lambda f: (f / "voice.toml").write_bytes(b"\xff"), "không đúng mẫu"),
    "card names another thing": (lambda f: write_card(f, 'model = "x"'), "không đúng mẫu"),
    "another model": (lambda f: write_card(f, sha256="0" * 64), "không đúng mã sha256"),
    "a changed model": (lambda f: (f / "thu.onnx").write_bytes(b"x"), "không đúng mã sha256"),
    "no licence": (lambda f: write_card(f, ""), "chưa ghi giấy phép"),
    "licence unknown": (lambda f: write_card(f, 'licence = "Unknown"'), "không rõ"),
    "not for commerce": (lambda f: write_card(f, 'licence = "CC BY-NC-SA 4.0"'), "thương mại"),
    "nobody named": (lambda f: write_card(f, 'licence = "CC BY 4.0"'), "attribution"),
    "rubbish": (lambda f: (f / "thu.onnx.json").write_text("[1]"), "không phải mô tả"),
    "English": (telling(lambda t: t["espeak"].update(voice="en-us")), "không phải tiếng Việt"),
    "letters": (telling(lambda t: t.update(phoneme_type="text")), "không phải tiếng Việt"),
    "telephone": (telling(lambda t: t["audio"].update(sample_rate=8_000)), "8000 Hz"),
    "a tone lost": (telling(lambda t: t["phoneme_id_map"].pop("2")), "thiếu âm vị 2"),
    "a tone empty": (telling(lambda t: t["phoneme_id_map"].update({"ɜ": []})), "thiếu âm vị ɜ"),
    "tones alike": (telling(lambda t: t["phoneme_id_map"].update({"1": [7], "2": [7]})), "lẫn"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_voice_that_is_not_right_is_refused_with_the_reason(case: str, folder: Path) -> None:
    spoil, sentence = SPOILED[case]
    spoil(folder)
    with pytest.raises(EngineUnavailable, match=sentence) as caught:
        choose("piper", "thu", settings(folder))
    assert "“piper:thu”" in str(caught.value)
    (info,) = (v for v in voices(settings(folder)) if v.engine == "piper")
    assert sentence in info.problem
    assert info.problem.endswith(".")


def test_a_right_to_use_that_the_operator_states_is_enough(folder: Path) -> None:
    write_card(folder, TOML.replace("CC0 1.0", "CC BY-NC-SA 4.0") + 'rights = "Hợp đồng số 1"\n')
    with pytest.raises(EngineUnavailable, match="attribution"):
        choose("piper", "thu", settings(folder))
    with (folder / "voice.toml").open("a", encoding="utf-8") as card:
        card.write('attribution = "Nhóm VIVOS"\n')
    assert choose("piper", "thu", settings(folder)).id == "piper"


@pytest.mark.parametrize("voice", ["", "..", "../voices/thu", "/etc", ".hidden", "THU"])
def test_a_voice_is_one_of_the_folders_and_nothing_else(voice: str, folder: Path) -> None:
    (folder.parent / ".hidden").mkdir()
    with pytest.raises(EngineUnavailable, match="không có giọng"):
        choose("piper", voice, settings(folder))


def test_a_bulletin_is_read_by_the_chosen_voice_from_text_to_recording(
    folder: Path, tmp_path: Path
) -> None:
    request = Speak(
        text="Kính mời bà con đi họp lúc 7h30.",
        out_dir=str(tmp_path / "out"),
        engine="piper",
        voice="thu",
        engines=settings(folder),
    )
    answer = render(msgspec.json.encode(request))
    assert isinstance(answer, Rendered)
    assert answer.engine is not None
    assert (answer.engine.id, answer.engine.voice) == ("piper", "thu")
    assert Path(answer.recording.path).exists()


def test_a_bulletin_whose_voice_fails_is_not_read_by_another(folder: Path, tmp_path: Path) -> None:
    (folder / "thu.onnx").write_bytes(b"no model")
    write_card(folder)  # it is the model that was meant, and yet no model
    request = Speak(
        text="Mời họp.",
        out_dir=str(tmp_path / "out"),
        engine="piper",
        voice="thu",
        engines=settings(folder),
    )
    answer = render(msgspec.json.encode(request))
    assert isinstance(answer, Failed)
    assert (answer.error.code, answer.error.facts["engine"]) == ("engine_failed", "piper")
    assert not (tmp_path / "out").exists()


def test_a_changed_voice_has_another_fingerprint(folder: Path) -> None:
    before = Piper(folder.parent).about("thu").fingerprint
    told = standin_voice.description()
    told["inference"]["length_scale"] = 2
    write_description(folder, told)
    assert Piper(folder.parent).about("thu").fingerprint not in ("", before)
