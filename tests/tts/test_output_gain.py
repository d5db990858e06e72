"""A sound is turned down in its header, and every player hears it so."""

from itertools import chain
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tts.tones import RATE_HZ, Samples, sine, write
from tts import opus
from tts.frames import decode
from tts.output_gain import at_least, turn_down

CUT_DB = 0.75


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    out = tmp_path / "tone.ogg"
    with out.open("wb") as file:
        opus.write(decode(write(tmp_path / "tone.wav", sine(440, -6, 2))), file)
    return out


def decoded(sound: Path, decoder: str) -> Samples:
    """By one of FFmpeg's two decoders: its own (`opus`), and the reference (`libopus`)."""
    with av.open(str(sound)) as container:
        stream = container.streams.audio[0]
        context = av.CodecContext.create(decoder, "r")
        context.extradata = stream.codec_context.extradata
        context.sample_rate, context.layout = RATE_HZ, "mono"
        frames = chain.from_iterable(map(context.decode, container.demux(stream)))
        parts = [frame.to_ndarray()[0] for frame in frames]
    samples = np.concatenate(parts).astype(np.float64)
    return samples / 32_768 if parts[0].dtype == np.int16 else samples


def level_db(samples: Samples) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(samples[RATE_HZ // 2 : RATE_HZ] ** 2))))


@pytest.mark.parametrize("decoder", ["opus", "libopus"])
def test_a_decoder_hears_the_sound_turned_down(decoder: str, sound: Path) -> None:
    before = level_db(decoded(sound, decoder))
    turn_down(sound, CUT_DB)
    assert before - level_db(decoded(sound, decoder)) == pytest.approx(CUT_DB, abs=0.01)


def test_the_last_cut_holds_and_none_is_the_file_as_it_was(sound: Path) -> None:
    before = sound.read_bytes()
    turn_down(sound, CUT_DB)
    cut = sound.read_bytes()
    assert cut != before
    turn_down(sound, 2 * CUT_DB)
    turn_down(sound, CUT_DB)
    assert sound.read_bytes() == cut
    turn_down(sound, 0.0)
    assert sound.read_bytes() == before


@given(st.floats(0, 6))
def test_what_is_written_is_never_less_than_what_is_asked(db: float) -> None:
    assert db <= at_least(db) <= db + 1 / 256
