"""Voices read or say why not; none ever replaces another."""

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from tests.tts import tones
from tts.engines import choose, espeak, voices
from tts.engines.espeak import ACCENTS, Espeak
from tts.engines.settings import EngineSettings
from tts.errors import EngineFailed, EngineUnavailable, NoRoom
from tts.ports import Engine, Pace


def read(engine: Engine, text: str, voice: str, out: Path) -> None:
    """One text, moved to `out`."""
    (said,) = engine.synthesize([text], voice, "normal", out.parent)
    said.replace(out)


def test_the_built_in_voice_speaks_for_about_as_long_as_a_person(tmp_path: Path) -> None:
    out = tmp_path / "a.wav"
    read(Espeak(), "Kính mời bà con đến nhà văn hóa thôn để họp.", "vi", out)
    with wave.open(str(out)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        seconds = sound.getnframes() / sound.getframerate()
    # Twelve syllables at 120 a minute are six seconds; the voice's own pace is a little faster.
    assert 2.5 < seconds < 7
    assert np.abs(tones.read(out)).max() > 0.1


@pytest.mark.parametrize("voice", ACCENTS)
def test_every_listed_voice_of_the_built_in_engine_exists(voice: str, tmp_path: Path) -> None:
    read(Espeak(), "Xin chào.", voice, tmp_path / "a.wav")
    assert (tmp_path / "a.wav").stat().st_size > 10_000


def test_a_text_that_looks_like_an_option_is_read(tmp_path: Path) -> None:
    read(Espeak(), "--help", "vi", tmp_path / "a.wav")
    assert (tmp_path / "a.wav").stat().st_size > 10_000


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_a_missing_program_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed, match="chưa cài espeak-ng"):
        read(Espeak("/no/such/espeak-ng"), "Xin chào.", "vi", tmp_path / "a.wav")


def test_a_failing_program_leaves_no_sound_and_tells_what_it_said(tmp_path: Path) -> None:
    broken = program(tmp_path / "espeak", "echo 'no voice data' >&2; exit 3")
    with pytest.raises(EngineFailed) as caught:
        read(Espeak(broken), "Xin chào.", "vi", tmp_path / "a.wav")
    assert caught.value.facts["exit_code"] == 3
    assert caught.value.facts["detail"] == "no voice data"
    assert not (tmp_path / "a.wav").exists()


def test_a_sound_that_the_disk_did_not_take_whole_is_not_taken(tmp_path: Path) -> None:
    whole = tones.write(tmp_path / "whole.wav", tones.sine(300, -12, 1), 22_050)
    script = f'while [ "$1" != -w ]; do shift; done; head -c 20000 {whole} > "$2"'
    with pytest.raises(NoRoom):
        read(Espeak(program(tmp_path / "espeak", script)), "Xin.", "vi", tmp_path / "a.wav")
    assert not (tmp_path / "a.wav").exists()


def test_a_hanging_program_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "TIMEOUT_S", 0.2)
    hanging = program(tmp_path / "espeak", "exec sleep 30")
    with pytest.raises(EngineFailed, match="không đọc xong"):
        read(Espeak(hanging), "Xin chào.", "vi", tmp_path / "a.wav")


@pytest.mark.parametrize(
    ("engine", "voice", "enabled"),
    [("piper", "vi", ()), ("gtts", "vi", ()), ("espeak", "en", ()), ("gtts", "en", ("gtts",))],
)
def test_an_engine_or_voice_that_is_not_there_is_refused_not_replaced(
    engine: str, voice: str, enabled: tuple[str, ...]
) -> None:
    with pytest.raises(EngineUnavailable):
        choose(engine, voice, EngineSettings(enabled=enabled))


def test_the_online_voice_must_be_switched_on() -> None:
    assert choose("gtts", "vi", EngineSettings(enabled=("gtts",))).id == "gtts"
    with pytest.raises(EngineUnavailable, match="chưa được bật"):
        choose("gtts", "vi", EngineSettings())


def test_listing_the_voices_loads_none_of_their_libraries() -> None:
    code = (
        "import sys; from tts.engines import voices; from tts.engines.settings import *; "
        "voices(EngineSettings(voices_dir='/', enabled=('gtts',))); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"piper", "onnxruntime", "gtts", "requests", "numpy"} & set(done.stdout.split()) == set()


@pytest.mark.parametrize(("pace", "slower"), [("slow", True), ("fast", False)])
def test_a_pace_is_heard(pace: Pace, slower: bool, tmp_path: Path) -> None:
    text = "Kính mời bà con đến nhà văn hóa thôn để họp."
    (usual,) = Espeak().synthesize([text], "vi", "normal", tmp_path)
    length = usual.stat().st_size
    (other,) = Espeak().synthesize([text], "vi", pace, tmp_path)
    assert (other.stat().st_size > length) is slower


def test_the_fallback_voice_is_labelled_as_one() -> None:
    listed = {voice.engine: voice for voice in voices(EngineSettings())}
    assert "dự phòng" in listed["espeak"].label
    assert listed["espeak"].fallback
    assert "dịch vụ bên ngoài" in listed["gtts"].label
    assert listed["gtts"].online
