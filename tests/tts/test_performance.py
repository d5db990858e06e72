"""A script becomes parts in its order, each voice at the common level, nothing read twice."""

import wave
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import numpy as np
import pytest

from tests.tts.tones import sine, write
from tts.errors import EngineFailed
from tts.levels import LEVEL_LUFS
from tts.performance import Reader, Stage, perform
from tts.ports import Pace, VoiceInfo
from tts.script import Chime, Recorded, Said

RATE_HZ = 16_000


class ToneEngine:
    """Reads every text as a second of a tone; remembers what it was asked."""

    id = "tone"
    label = "Giọng thử"

    def __init__(self, dbfs: float) -> None:
        self.dbfs, self.asked, self.closed = dbfs, list[tuple[str, Pace]](), False

    def voices(self) -> tuple[str, ...]:
        return ("a",)

    def about(self, voice: str) -> VoiceInfo:
        return VoiceInfo(engine=self.id, voice=voice, label=self.label)

    def awake(self, voice: str) -> AbstractContextManager[None]:
        assert voice in self.voices()
        return nullcontext()

    def synthesize(
        self, texts: Iterable[str], voice: str, pace: Pace, folder: Path
    ) -> Generator[Path, None, None]:
        assert voice in self.voices()
        second = sine(440 * 3, self.dbfs, 1)[:: 48_000 // RATE_HZ]
        try:
            for number, text in enumerate(texts):
                self.asked.append((text, pace))
                yield write(folder / f"{number}.wav", second, RATE_HZ)
        finally:
            self.closed = True


def stage(folder: Path, *recorded: Path, **engines: ToneEngine) -> Stage:
    readers = {name: Reader(engine, "a") for name, engine in engines.items()}
    return Stage(readers, recorded, "slow", folder)


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


SCRIPT = (
    Chime("opening", 600),
    Said("a", "Một.", 500),
    Said("a", "Hai.", 800),
    Said("b", "Ba.", 800),
    Recorded(0, 1_200),
    Said("a", "Một.", 500),
    Chime("closing", 0),
)


def test_the_parts_come_in_the_order_of_the_script(tmp_path: Path) -> None:
    other = write(tmp_path / "other.wav", sine(300, -30, 4))
    parts = perform(SCRIPT, stage(tmp_path, other, a=ToneEngine(-20), b=ToneEngine(-9)), silent)
    lengths_s = []
    for part in parts:
        with wave.open(str(part.path)) as sound:
            lengths_s.append(sound.getnframes() / sound.getframerate())
    assert lengths_s == [2.0, 3.3, 1.8, 4.0, 1.5, 2.0]
    assert [part.pause_ms for part in parts] == [600, 0, 0, 1_200, 0, 0]


def test_what_is_said_twice_is_read_once(tmp_path: Path) -> None:
    engine = ToneEngine(-20)
    perform(SCRIPT[1:3] + SCRIPT[1:3], stage(tmp_path, a=engine), silent)
    assert engine.asked == [("Một.", "slow"), ("Hai.", "slow")]
    assert engine.closed


def test_a_faint_voice_is_brought_to_the_level_of_a_loud_one(tmp_path: Path) -> None:
    faint, loud = ToneEngine(-40), ToneEngine(-10)
    first, second = perform(
        (Said("a", "Một.", 0), Said("b", "Hai.", 0)), stage(tmp_path, a=faint, b=loud), silent
    )
    assert first.gain_db - second.gain_db == pytest.approx(30, abs=0.1)
    # A mono sine reads 3 dB less than its peak, and the ear's weighting adds 1 dB at 1.3 kHz.
    assert first.gain_db == pytest.approx(LEVEL_LUFS + 43, abs=1.5)


def test_progress_counts_all_breaths_of_all_voices(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    perform(
        (Said("a", "Một.", 0), Said("b", "Hai.", 0), Said("a", "Ba.", 0)),
        stage(tmp_path, a=ToneEngine(-20), b=ToneEngine(-20)),
        lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_voice_that_says_nothing_has_failed(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed, match="đọc thiếu lời: “Một"):
        perform((Said("a", "Một.", 0),), stage(tmp_path, a=ToneEngine(-np.inf)), silent)


def test_a_breath_in_a_time_in_which_nobody_could_say_it_is_no_recording(tmp_path: Path) -> None:
    script = (Said("a", "Mời bà con.", 0), Said("a", "bà con " * 10, 0))
    with pytest.raises(EngineFailed, match="đọc thiếu lời: “bà con"):
        perform(script, stage(tmp_path, a=ToneEngine(-20)), silent)


def test_voices_whose_long_names_begin_alike_are_told_apart(tmp_path: Path) -> None:
    names = [f"http-vbee:hn_female_ngochuyen_{kind}_48k" for kind in ("full", "news")]
    voices = {name: ToneEngine(-20) for name in names}
    script = tuple(Said(name, name, 0) for name in names)
    perform(script, stage(tmp_path, **voices), silent)
    assert [voice.asked[0][0] for voice in voices.values()] == names
