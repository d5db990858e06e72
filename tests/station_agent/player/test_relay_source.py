"""A relay in the player's mix, on virtual time: whatever its stream does, the slot is whole."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_agent.player.instants import NS_PER_MS
from station_agent.player.opening import open_source
from station_agent.player.relay_source import JITTER, SEAM, WELL, RelaySource
from station_agent.player.sinks.card import BUFFER
from station_agent.player.wire import SAMPLE_RATE, Play, Relay
from tests.fakes.live import LiveStream, Spans
from tests.fakes.sound import MemorySource, VirtualPace
from tests.station_agent.player.recordings import Samples, likeness, speech_like
from tests.station_agent.player.studio import Studio

SLOT_S = 8
LEAD_MS = 1_500  # as agents ask (beginnings.LEAD)
PROGRAMME = speech_like(SLOT_S + 4, seed=5)
FALLBACK = speech_like(2, seed=9)
TUNE, NEWS = speech_like(1, seed=2), speech_like(1, seed=3)
RELAY = Relay(url="http://vov.example/live", samples=SLOT_S * SAMPLE_RATE, silence_s=2)
PLAY = Play(run="relay", path="fallback", sha256="0" * 64, relay=RELAY)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


def relayed(pace: VirtualPace, outages: Spans = (), silences: Spans = ()) -> RelaySource:
    return RelaySource(
        PLAY,
        RELAY,
        LiveStream(pace, PROGRAMME, outages, silences),
        lambda _play: MemorySource(FALLBACK),
        lambda: pace.now() / 1e9,
    )


def take_over(
    studio: Studio, outages: Spans = (), silences: Spans = (), in_ms: int = LEAD_MS
) -> int:
    """Plan the slot; returns its instant."""
    studio.recordings["relay"] = relayed(studio.pace, outages, silences)
    return studio.play("relay", PROGRAMME, in_ms)


def longest_silence_ms(sound: Samples) -> int:
    """Of milliseconds quieter than a hundredth of full scale."""
    quiet = np.abs(sound[: len(sound) // 48 * 48].reshape(-1, 48)).max(axis=1) < 0.01
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    return int(max(edges[1::2] - edges[::2], default=0))


def test_tune_relay_and_news_leave_the_card_without_a_gap_or_an_overlap(studio: Studio) -> None:
    at = take_over(studio, in_ms=3_000)
    begin = studio.play("tune", TUNE, 2_000)
    studio.play("news", NEWS, 3_000 + SLOT_S * 1_000)
    studio.run_out()
    whole = studio.heard(begin, (SLOT_S + 2) * SAMPLE_RATE)
    assert begin + 1_000 * NS_PER_MS == at
    assert longest_silence_ms(whole) <= 20
    np.testing.assert_allclose(whole[:SAMPLE_RATE], TUNE, atol=1e-4)
    np.testing.assert_allclose(whole[-SAMPLE_RATE:], NEWS, atol=1e-4)
    live = whole[SAMPLE_RATE:-SAMPLE_RATE]
    np.testing.assert_allclose(live, PROGRAMME[: len(live)], atol=1e-4)


def test_a_stream_that_dies_gives_way_to_the_recording_and_is_taken_back_when_it_is_well(
    studio: Studio,
) -> None:
    at = take_over(studio, outages=[(3.0, 5.0)])
    studio.run_out()
    heard, ended = studio.heard(at, RELAY.samples), studio.ended("relay")
    assert longest_silence_ms(heard) <= 20
    assert ended.detail == "Nguồn đã ngắt"
    assert ended.silent_samples == 0
    # a second and a half was in hand when it died; then 3 s have to be well
    gone, back = 3 * SAMPLE_RATE, 5 * SAMPLE_RATE + WELL - SAMPLE_RATE * 3 // 2 + BUFFER
    assert ended.fallback_samples == pytest.approx(back - gone, abs=SEAM * 2)
    second, stand_in = heard[gone + SEAM * 2 :][:SAMPLE_RATE], FALLBACK[: SAMPLE_RATE * 3 // 2]
    assert likeness(second, stand_in)[0] >= 0.8  # two of three parts of it
    # it is live again: what was said meanwhile has passed
    likely, lag = likeness(heard[back + SEAM * 4 :], PROGRAMME)
    assert likely > 0.3  # a second of twelve
    assert -lag == pytest.approx(5 * SAMPLE_RATE + WELL - JITTER, abs=SEAM * 10)


def test_without_its_stream_the_whole_slot_is_the_fallback_again_and_again(studio: Studio) -> None:
    at = take_over(studio, outages=[(0.0, 99.0)])
    studio.run_out()
    heard, ended = studio.heard(at, RELAY.samples), studio.ended("relay")
    assert (ended.relayed_samples, ended.fallback_samples) == (0, RELAY.samples)
    np.testing.assert_allclose(heard, np.tile(FALLBACK, SLOT_S // 2), atol=1e-4)


def test_a_stream_that_comes_late_needs_no_proof(studio: Studio) -> None:
    take_over(studio, outages=[(0.0, 2.0)])
    studio.run_out()
    late = SAMPLE_RATE // 2 + JITTER + BUFFER  # it begins half a second into the slot
    assert studio.ended("relay").fallback_samples == pytest.approx(late, abs=SEAM * 2)


def test_a_stream_that_is_silent_for_too_long_gives_way(studio: Studio) -> None:
    take_over(studio, silences=[(4.0, 99.0)])
    studio.run_out()
    ended = studio.ended("relay")
    assert ended.relayed_samples == pytest.approx(2.5 * SAMPLE_RATE, abs=SEAM * 8)
    assert ended.relayed_samples + ended.fallback_samples == RELAY.samples


def test_what_was_left_out_of_a_late_beginning_is_not_counted(studio: Studio) -> None:
    take_over(studio, in_ms=-200)
    studio.run_out()
    ended = studio.ended("relay")
    assert ended.from_sample >= SAMPLE_RATE // 5
    assert ended.from_sample + ended.played_samples == RELAY.samples
    counted = ended.relayed_samples + ended.fallback_samples + ended.silent_samples
    assert counted == ended.played_samples


seconds = st.floats(0, SLOT_S + 2)
spans = st.lists(st.tuples(seconds, seconds), max_size=4)


@settings(deadline=None, max_examples=40)
@given(spans, spans, st.sampled_from([480, 960, 48_000]))
def test_the_slot_is_as_long_as_it_is_whatever_its_stream_does(
    outages: Spans, silences: Spans, block: int
) -> None:
    pace = VirtualPace()
    source = relayed(pace, outages, silences)
    pace.sleep_until(pace.now() + LEAD_MS * NS_PER_MS)
    read = 0
    while not source.ended:
        read += len(source.read(block))
        pace.sleep_until(pace.now() + block * 1_000_000_000 // SAMPLE_RATE)
    counts = source.relayed
    assert counts is not None
    assert read == RELAY.samples == counts.live + counts.fallback + counts.silent
    assert counts.silent == 0


def test_an_input_that_the_station_does_not_have_is_told(tmp_path: Path) -> None:
    relay = Relay(url="input:fm", samples=SAMPLE_RATE, silence_s=2)
    absent = Play(run="relay", path=str(tmp_path / "none"), sha256="0" * 64, relay=relay)
    source = open_source({"line": "alsa:default"}, absent)
    assert len(source.read(960)) == 960
    assert source.relayed is not None
    assert source.relayed.fault == "Cụm loa không có ngõ vào fm"
    source.close()
