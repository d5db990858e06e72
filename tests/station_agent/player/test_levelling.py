"""The loudness of a relayed programme is brought near ours, slowly, and noise is left alone."""

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_agent.player.levelling import GATE_LUFS, LOOK, MOST_DB, RATE_DB_S, Levelling, look
from station_agent.player.mixer import amplitude
from station_agent.player.wire import SAMPLE_RATE
from tests.station_agent.player.recordings import Samples, speech_like

BLOCK = SAMPLE_RATE // 50
SPEECH = speech_like(30, seed=4)


def lufs(samples: Samples) -> float:
    return float(pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(samples.astype(np.float64)))


def at_loudness(wanted: float, samples: Samples = SPEECH) -> Samples:
    return samples * np.float32(amplitude(wanted - lufs(samples)))


def levelled(samples: Samples, block: int = BLOCK) -> Samples:
    levelling = Levelling()
    parts = [levelling.level(samples[at : at + block]) for at in range(0, len(samples), block)]
    return np.concatenate(parts)


def gains_db(samples: Samples) -> Samples:
    """The gain at each 20 ms."""
    came = np.abs(samples[: len(samples) // BLOCK * BLOCK]).reshape(-1, BLOCK).sum(axis=1)
    went = np.abs(levelled(samples)[: len(came) * BLOCK]).reshape(-1, BLOCK).sum(axis=1)
    return np.asarray(20 * np.log10(went / came), np.float32)


@pytest.mark.parametrize("hz", [60, 440, 1_000, 6_000])
def test_loudness_is_measured_as_the_standard_says(hz: int) -> None:
    tone = np.float32(0.2) * np.sin(2 * np.pi * hz * np.arange(LOOK) / SAMPLE_RATE)
    long = 0.2 * np.sin(2 * np.pi * hz * np.arange(SAMPLE_RATE * 4) / SAMPLE_RATE)
    assert look(tone.astype(np.float32)).lufs == pytest.approx(lufs(long), abs=0.3)


@pytest.mark.parametrize("came", [-27.0, -23.0, -18.0, -16.0, -10.0])
def test_a_programme_is_near_minus_16_after_some_seconds(came: float) -> None:
    after = levelled(at_loudness(came))[5 * SAMPLE_RATE :]
    assert lufs(after) == pytest.approx(-16.0, abs=1.5)
    assert np.abs(after).max() <= 1.0


def test_what_is_known_is_turned_so_slowly_that_nothing_pumps() -> None:
    gains = gains_db(np.concatenate([at_loudness(-22.0), at_loudness(-14.0)]))
    known = gains[5 * 50 :]
    assert np.abs(known[50:] - known[:-50]).max() <= RATE_DB_S + 0.05


def test_pauses_between_sentences_do_not_change_the_gain() -> None:
    speech = at_loudness(-20.0)
    hiss = np.random.default_rng(1).standard_normal(len(speech)).astype(np.float32) * 0.0005
    talks = (np.arange(len(speech)) // SAMPLE_RATE) % 3 < 2  # two seconds, then one of rest
    gains = gains_db(np.where(talks, speech, hiss).astype(np.float32))
    assert np.ptp(gains[6 * 50 :]) <= 1.5


@pytest.mark.parametrize("scale", [0.0, 0.0005, 0.003])
def test_silence_and_hiss_are_never_turned_up(scale: float) -> None:
    hiss = np.random.default_rng(1).standard_normal(10 * SAMPLE_RATE).astype(np.float32)
    quiet = hiss * np.float32(scale)
    assert look(quiet).lufs < GATE_LUFS
    np.testing.assert_array_equal(levelled(quiet), quiet)


@settings(deadline=None, max_examples=20)
@given(st.floats(0.001, 1.0), st.integers(0, 5), st.sampled_from([480, 960, 4_000, 40_000]))
def test_the_gain_stays_within_its_bounds_whatever_comes(
    scale: float, seed: int, block: int
) -> None:
    came = np.clip(speech_like(5, seed) * np.float32(scale * 4), -1, 1)
    went = levelled(came, block)
    heard = np.abs(came) > 1e-3
    gains = np.abs(20 * np.log10(np.abs(went[heard]) / np.abs(came[heard])))
    assert len(went) == len(came)
    assert gains.max(initial=0.0) <= MOST_DB + 0.01
