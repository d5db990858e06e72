"""The campaign's judges find what they are there to find."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.ears import onsets, soundings
from benchmarks.invariants import WATCHDOG_S, airing_of, joined, loud_spans, open_after_death
from station_agent.player.wav import WavFile
from tests.fakes.board import SAFE, Change

OPEN = (1, 0, 0, 0, 0)
SECOND = 1_000_000_000


def change(at_s: float, coils: tuple[int, int, int, int, int]) -> Change:
    return Change(round(at_s * SECOND), coils, 100, "host")


@pytest.mark.parametrize("tail", ["-1", "-12", "-2-2"])
def test_a_capture_belongs_to_its_airing_also_when_a_run_was_forgotten_and_made_again(tail):
    airing = "01a206c4-6779-7d55-8771-24cac768d313"
    assert airing_of(Path(f"{airing}{tail}.wav")) == airing


def test_spans_that_touch_are_one():
    assert list(joined([(0, 2), (1, 4), (4, 5), (6, 7)])) == [(0, 5), (6, 7)]


def test_an_open_loudspeaker_is_a_span_from_its_opening_to_its_silence():
    history = [change(1, SAFE), change(2, OPEN), change(3, OPEN), change(5, SAFE)]
    assert list(loud_spans(history)) == [(2.0, 5.0)]


def test_a_board_that_is_shut_within_its_watchdogs_time_is_well():
    history = [change(1, OPEN), change(2 + WATCHDOG_S, SAFE)]
    assert list(open_after_death(history, [2 * SECOND])) == []


def test_a_board_that_stays_open_after_its_agent_died_is_found():
    history = [change(1, OPEN), change(4 + WATCHDOG_S, SAFE)]
    (found,) = open_after_death(history, [2 * SECOND])
    assert found.startswith("I6")


def test_a_death_while_the_board_is_shut_is_nothing():
    assert list(open_after_death([change(1, SAFE)], [2 * SECOND])) == []


def test_what_sounded_is_heard_with_its_instants(tmp_path):
    samples = np.zeros(48_000, np.float32)
    samples[12_000:24_000] = 0.5
    samples[36_000:42_000] = -0.5
    wav = WavFile(tmp_path / f"{10 * SECOND}.wav")
    wav.append(samples)
    wav.close()
    first, second = soundings(tmp_path)
    assert first == pytest.approx((10.25, 10.5), abs=1e-4)
    assert second == pytest.approx((10.75, 10.875), abs=1e-4)
    assert onsets(tmp_path, +1) == [pytest.approx(10.25 * SECOND)]
    assert onsets(tmp_path, -1) == [pytest.approx(10.75 * SECOND)]
