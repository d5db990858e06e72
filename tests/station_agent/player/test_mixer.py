"""The arithmetic of the mix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_agent.player.mixer import Level, Voice, amplitude, mix, rise
from tests.fakes.sound import MemorySource


def voice_of(count: int, fade_in: int = 0, gain: float = 1.0) -> Voice:
    return Voice(MemorySource(np.ones(count, np.float32)), gain, fade_in)


@settings(deadline=None)
@given(st.integers(0, 500), st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_every_sample_is_taken_once_whatever_the_blocks(count: int, blocks: list[int]) -> None:
    samples = np.arange(count, dtype=np.float32)
    voice = Voice(MemorySource(samples), 1.0, 0)
    taken = np.concatenate([voice.take(block) for block in blocks])
    np.testing.assert_array_equal(taken, samples[: sum(blocks)])
    assert voice.taken == len(taken)
    assert voice.over == (sum(blocks) >= count)


@settings(deadline=None)
@given(st.integers(1, 1000), st.integers(1, 300))
def test_a_fade_is_the_same_curve_whatever_the_blocks(fade: int, block: int) -> None:
    whole = voice_of(1200, fade_in=fade).take(1200)
    voice = voice_of(1200, fade_in=fade)
    pieces = np.concatenate([voice.take(block) for _ in range(1200 // block)])
    np.testing.assert_allclose(pieces, whole[: len(pieces)], atol=1e-6)


def test_a_fade_goes_from_silence_to_full_without_a_step() -> None:
    curve = rise(np.arange(-5, 110), 100)
    assert curve[5] == 0
    assert curve[105] == 1
    assert np.all(np.diff(curve) >= 0)
    assert np.diff(curve).max() < 0.017  # pi / 2 / length: the steepest of a half cosine


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 97))
def test_a_stopped_voice_has_exactly_its_fade_left(before: int, fade: int, block: int) -> None:
    voice = voice_of(5000)
    voice.take(before)
    voice.stop(fade)
    rest = 0
    while not voice.over:
        rest += len(voice.take(block))
    assert rest == fade
    assert voice.taken == before + fade


def test_a_second_stop_does_not_prolong_the_fade() -> None:
    voice = voice_of(5000)
    voice.stop(100)
    voice.take(50)
    voice.stop(1000)
    assert len(voice.take(500)) == 50


def test_a_slow_disk_delays_samples_and_loses_none() -> None:
    source = MemorySource(np.arange(100, dtype=np.float32))
    voice = Voice(source, 1.0, 0)
    source.trigger_slow_disk(reads=2)
    blocks = [voice.take(50) for _ in range(4)]
    assert [len(block) for block in blocks] == [0, 0, 50, 50]
    np.testing.assert_array_equal(np.concatenate(blocks), np.arange(100))
    assert voice.starved == 2


def test_a_stop_does_not_wait_for_a_slow_disk() -> None:
    source = MemorySource(np.ones(1000, np.float32))
    voice = Voice(source, 1.0, 0)
    voice.take(10)
    voice.stop(100)
    source.trigger_slow_disk(reads=1000)
    voice.take(50)
    assert voice.over


def test_voices_are_added_from_their_own_positions() -> None:
    block = mix([(0, np.full(4, 0.25, np.float32)), (2, np.full(2, 0.5, np.float32))], 5)
    np.testing.assert_array_equal(block, [0.25, 0.25, 0.75, 0.75, 0.0])


def test_gain_is_in_decibels() -> None:
    assert amplitude(0.0) == 1.0
    assert amplitude(-6.0206) == pytest.approx(0.5, rel=1e-5)
    assert voice_of(1, gain=amplitude(-20.0)).take(1)[0] == pytest.approx(0.1)


def test_the_volume_changes_within_one_block_and_stays() -> None:
    level, ones = Level(), np.ones(960, np.float32)
    level.want(-20.0)
    ramp = level.apply(ones)
    assert ramp[0] == 1.0
    assert np.all(np.diff(ramp) <= 0)
    np.testing.assert_allclose(level.apply(ones), 0.1, rtol=1e-5)


def test_too_much_is_clipped_at_full_scale() -> None:
    loud = Level().apply(np.array([3.0, -3.0], np.float32))
    np.testing.assert_array_equal(loud, [1.0, -1.0])
