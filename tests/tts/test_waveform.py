"""The outline on the page is that of the sound, whole, and small."""

import json

import numpy as np
import pytest
from av import AudioFrame

from tests.tts.tones import RATE_HZ, Samples, sine
from tts.recording import Waveform
from tts.waveform import FULL, PAIRS, Outline


def outline(samples: Samples, form: str = "s16", frame_samples: int = 1_024) -> Waveform:
    watched = Outline()
    frames = []
    for at in range(0, len(samples), frame_samples):
        block = samples[at : at + frame_samples]
        packed = (block * 32_767).astype(np.int16) if form == "s16" else block.astype(np.float32)
        frames.append(AudioFrame.from_ndarray(packed[np.newaxis], format=form, layout="mono"))
    assert list(watched.watch(frames)) == frames
    return watched.finished()


@pytest.mark.parametrize("form", ["s16", "fltp"])
def test_it_is_loud_where_the_sound_is_loud(form: str) -> None:
    sound = np.concatenate([sine(400, -6, 6), np.zeros(6 * RATE_HZ)])
    drawn = np.array(outline(sound, form)).reshape(-1, 2)
    assert drawn.shape == (PAIRS, 2)
    assert (drawn[: PAIRS // 2 - 1] == [-50, 50]).all()
    assert (drawn[PAIRS // 2 + 1 :] == 0).all()


@pytest.mark.parametrize("frame_samples", [1, 239, 240, 241, 100_000])
def test_it_does_not_depend_on_how_the_sound_comes(frame_samples: int) -> None:
    sound = sine(3, -3, 0.11)
    assert outline(sound, frame_samples=frame_samples) == outline(sound)


def test_the_loudest_sound_stays_small() -> None:
    square = np.sign(sine(100, 0, 60))
    drawn = outline(square)
    assert (min(drawn), max(drawn)) == (-FULL, FULL)
    assert len(json.dumps(drawn, separators=(",", ":"))) <= 8_000


def test_a_short_sound_has_fewer_pairs_and_none_has_none() -> None:
    assert len(outline(sine(400, -12, 0.5))) == 2 * 100
    assert outline(np.zeros(0)) == ()
