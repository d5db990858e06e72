"""Whatever goes in, a listener hears the house loudness, and every sample of it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import resample_poly

from tests.tts.independent_meter import decoded, loudness_and_true_peak
from tests.tts.tones import RATE_HZ, Samples, read, sine, write
from tts.craft import Loudness
from tts.engines.espeak import Espeak
from tts.errors import NothingToSay
from tts.levels import levelled
from tts.mastering import CEILING_DBTP, TARGET_LUFS
from tts.mastering import master as master_parts
from tts.recording import Recording

SENTENCE = "Ủy ban nhân dân xã Suối Mây thông báo đến toàn thể nhân dân về lịch cắt điện."


def master(source: Path, out_dir: Path, loudness: Loudness = "normal") -> Recording:
    """One sound alone, as an upload."""
    return master_parts([levelled(source)], out_dir, loudness).recording


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """A spoken sentence of about seven seconds, full scale."""
    folder = tmp_path_factory.mktemp("voice")
    (out,) = Espeak().synthesize([SENTENCE], "vi", "normal", folder)
    samples = resample_poly(read(out), 320, 147)
    return samples / np.abs(samples).max()


SOUNDS: dict[str, Callable[[Samples], Samples]] = {
    "quiet": lambda voice: voice * 0.015,
    "hot": lambda voice: np.clip(voice * 8, -1, 1),
    "uneven": lambda voice: np.concatenate([voice * 0.03, voice]),
    "with long silences": lambda voice: np.concatenate([voice, np.zeros(10 * RATE_HZ), voice]),
    "tone": lambda _: sine(440, -20, 5),
}


@pytest.mark.parametrize("preset", TARGET_LUFS)
@pytest.mark.parametrize("name", SOUNDS)
def test_every_recording_is_at_the_house_loudness_by_an_independent_meter(
    name: str, preset: Loudness, voice: Samples, tmp_path: Path
) -> None:
    recording = master(write(tmp_path / "in.wav", SOUNDS[name](voice)), tmp_path / "out", preset)
    loudness, true_peak = loudness_and_true_peak(decoded(Path(recording.path)))
    assert loudness == pytest.approx(TARGET_LUFS[preset], abs=0.5)
    assert true_peak <= CEILING_DBTP
    assert recording.loudness_lufs == pytest.approx(loudness, abs=0.1)
    assert recording.true_peak_dbtp == pytest.approx(true_peak, abs=0.3)


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 48_000])
def test_a_recording_lasts_exactly_as_long_as_what_went_in(
    rate_hz: int, voice: Samples, tmp_path: Path
) -> None:
    samples = round(4.321 * rate_hz)
    source = write(tmp_path / "in.wav", np.tile(voice, 2)[:samples], rate_hz)
    recording = master(source, tmp_path / "out")
    exact = samples * RATE_HZ / rate_hz
    assert recording.samples == len(decoded(Path(recording.path)))
    # A resampler may round up to its last whole sample on either side.
    assert abs(recording.samples - exact) <= 2
    assert recording.duration_ms == round(recording.samples / 48)


def test_a_recording_is_named_by_its_hash_and_leaves_nothing_else(tmp_path: Path) -> None:
    recording = master(write(tmp_path / "in.wav", sine(440, -20, 4)), tmp_path / "out")
    body = Path(recording.path).read_bytes()
    assert recording.sha256 == hashlib.sha256(body).hexdigest() == Path(recording.path).stem
    assert recording.size == len(body)
    assert [file.name for file in (tmp_path / "out").iterdir()] == [f"{recording.sha256}.ogg"]


def test_the_same_sound_gives_the_same_bytes(tmp_path: Path) -> None:
    source = write(tmp_path / "in.wav", sine(440, -40, 4))
    first, second = master(source, tmp_path / "a"), master(source, tmp_path / "b")
    assert first.sha256 == second.sha256


def test_a_one_second_gong_is_as_loud_as_a_bulletin(tmp_path: Path) -> None:
    recording = master(write(tmp_path / "in.wav", sine(600, -18, 1.0)), tmp_path / "out")
    assert recording.loudness_lufs == pytest.approx(-16.0, abs=0.5)


def test_a_blip_too_short_to_measure_is_set_by_its_peak(tmp_path: Path) -> None:
    recording = master(write(tmp_path / "in.wav", sine(600, -30, 0.3)), tmp_path / "out")
    assert recording.loudness_lufs is None
    assert recording.true_peak_dbtp == pytest.approx(-6.0, abs=1.0)


@pytest.mark.parametrize("sound", [np.zeros(RATE_HZ), sine(440, -75, 1), sine(10, -20, 2)])
def test_silence_and_rumble_are_refused(sound: Samples, tmp_path: Path) -> None:
    with pytest.raises(NothingToSay):
        master(write(tmp_path / "in.wav", sound), tmp_path / "out")
