"""Breaths and pauses are all there, in order, to the millisecond; and the chime is clean."""

import wave
from pathlib import Path

import numpy as np
import pytest

from tests.tts.tones import read, sine, write
from tts import assemble as assembling
from tts.assemble import assemble
from tts.chime import CLOSING_HZ, LENGTH_S, OPENING_HZ, ring
from tts.errors import TextTooLong

RATE_HZ = 22_050


def voice(path: Path, seconds: float) -> Path:
    return write(
        path, sine(300, -6, seconds * 48_000 / RATE_HZ)[: round(seconds * RATE_HZ)], RATE_HZ
    )


def test_breaths_are_joined_with_their_pauses(tmp_path: Path) -> None:
    out = tmp_path / "whole.wav"
    assemble([(voice(tmp_path / "1.wav", 1.0), 500), (voice(tmp_path / "2.wav", 2.0), 800)], out)
    with wave.open(str(out)) as sound:
        assert sound.getframerate() == RATE_HZ
        assert sound.getnframes() * 1_000 / RATE_HZ == pytest.approx(1_000 + 500 + 2_800, abs=2)
    samples = read(out)
    pause = slice(*(round(ms * RATE_HZ / 1_000) for ms in (1_010, 1_490)))
    assert not samples[pause].any()
    assert np.array_equal(samples[:RATE_HZ], read(tmp_path / "1.wav"))


def chime(notes_hz: tuple[float, ...]) -> np.ndarray:
    return np.frombuffer(ring(notes_hz, RATE_HZ), "<i2").astype(float)


def test_the_chime_is_clean_and_ends_in_silence() -> None:
    for notes in (OPENING_HZ, CLOSING_HZ):
        samples = chime(notes)
        assert len(samples) == LENGTH_S * RATE_HZ
        assert 0.15 < np.abs(samples).max() / 32_768 < 0.9
        assert abs(samples[0]) < 10
        assert np.abs(samples[-20:]).max() < 200


def test_opening_and_closing_differ() -> None:
    assert ring(OPENING_HZ, RATE_HZ) != ring(CLOSING_HZ, RATE_HZ)


def test_a_bulletin_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembling, "MAX_MINUTES", 1 / 30)
    with pytest.raises(TextTooLong):
        assemble([(voice(tmp_path / "1.wav", 2.0), 500)], tmp_path / "whole.wav")
