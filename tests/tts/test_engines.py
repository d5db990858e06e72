"""Voices read or say why not; none ever replaces another."""

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.tts import hostile, tones
from tests.tts.fake_translate import FakeTranslate
from tts.engines import choose, espeak, voices
from tts.engines.espeak import ACCENTS, Espeak
from tts.engines.gtts import MAX_CHARACTERS, Gtts
from tts.engines.settings import EngineSettings
from tts.errors import EngineFailed, EngineUnavailable, NoRoom
from tts.ports import Engine


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


def test_the_fallback_voice_is_labelled_as_one() -> None:
    listed = {voice.engine: voice for voice in voices(EngineSettings())}
    assert "dự phòng" in listed["espeak"].label
    assert listed["espeak"].fallback
    assert "dịch vụ bên ngoài" in listed["gtts"].label
    assert listed["gtts"].online


@pytest.fixture
def translate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeTranslate]:
    mp3 = hostile.encode(tmp_path / "a.mp3", tones.sine(300, -12, 1), "mp3", "libmp3lame")
    with FakeTranslate(mp3.read_bytes()) as fake:
        monkeypatch.setattr("gtts.tts._translate_url", fake.url)
        yield fake


LONG = "Kính mời bà con đến nhà văn hóa thôn để họp bàn về việc làm đường, " * 4


def test_the_online_voice_joins_all_its_chunks(translate: FakeTranslate, tmp_path: Path) -> None:
    read(Gtts(), LONG, "vi", tmp_path / "a.wav")
    assert translate.asked > 1
    seconds = len(tones.read(tmp_path / "a.wav")) / tones.RATE_HZ
    assert seconds == pytest.approx(translate.asked, abs=0.5)


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("refuse", "mã 429"),
        ("silent", "không trả về âm thanh"),
        ("rubbish", "âm thanh hỏng"),
        ("fail from chunk 2", "mã 429"),
        ("hang", "Không kết nối được"),
    ],
)
def test_an_online_voice_that_fails_says_so_and_leaves_no_file(
    mode: str, sentence: str, translate: FakeTranslate, tmp_path: Path
) -> None:
    translate.mode = mode
    (tmp_path / "out").mkdir()
    with pytest.raises(EngineFailed, match=sentence):
        read(Gtts(timeout_s=0.5), LONG, "vi", tmp_path / "out" / "a.wav")
    assert list((tmp_path / "out").iterdir()) == []


def test_nobody_listening_is_an_engine_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gtts.tts._translate_url", lambda **_: "http://127.0.0.1:9/")
    with pytest.raises(EngineFailed, match="Không kết nối được"):
        read(Gtts(), "Xin chào.", "vi", tmp_path / "a.wav")


@pytest.mark.parametrize("text", ["", "..."])
def test_nothing_to_say_never_reaches_the_network(
    text: str, translate: FakeTranslate, tmp_path: Path
) -> None:
    with pytest.raises(EngineFailed):
        read(Gtts(), text, "vi", tmp_path / "a.wav")
    assert translate.asked == 0


def test_a_very_long_sentence_never_reaches_the_network(
    translate: FakeTranslate, tmp_path: Path
) -> None:
    with pytest.raises(EngineFailed, match="quá dài"):
        read(Gtts(), "a " * MAX_CHARACTERS, "vi", tmp_path / "a.wav")
    assert translate.asked == 0


def test_certificates_are_checked(
    translate: FakeTranslate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import requests  # noqa: PLC0415 - only this test looks at it

    seen = []
    send = requests.Session.send

    def watch(session: requests.Session, request: object, **options: object) -> object:
        seen.append(options["verify"])
        return send(session, request, **options)

    monkeypatch.setattr(requests.Session, "send", watch)
    read(Gtts(), "Xin chào.", "vi", tmp_path / "a.wav")
    assert seen == [True]
