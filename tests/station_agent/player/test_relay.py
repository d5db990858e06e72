"""A stream taken over live by the real player: what left it is the stream, or its fallback."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from station_agent.player.instants import NS_PER_S
from station_agent.player.wire import SAMPLE_RATE, Cause, Ended, Relay, Started
from tests.fakes.stream import Radio, encoded
from tests.station_agent.player.box import Box
from tests.station_agent.player.recordings import (
    Samples,
    likeness,
    play,
    read_wav,
    speech_like,
    write_opus,
)

pytestmark = pytest.mark.listens

PROGRAMME = speech_like(12, seed=5)
FALLBACK = speech_like(2, seed=9)


@pytest.fixture(scope="module")
def mp3() -> bytes:
    return encoded(PROGRAMME)


@pytest.fixture
def radio(mp3: bytes) -> Iterator[Radio]:
    found = Radio(mp3, len(PROGRAMME) / SAMPLE_RATE)
    yield found
    found.close()


@pytest.fixture(scope="module")
def fallback(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_opus(tmp_path_factory.mktemp("fallback") / "fallback.opus", FALLBACK)


def relayed(where: Path, fallback: Path, url: str, seconds: float) -> tuple[Ended, Samples]:
    """Take a stream over for so long; what ended, and what the run sent out."""
    slot = Relay(url=url, samples=int(seconds * SAMPLE_RATE), silence_s=2)
    with Box(where) as box:
        at = time.monotonic_ns() + 2 * NS_PER_S
        box.player.send(play(fallback, at_monotonic_ns=at, relay=slot))
        assert abs(box.wait_for(Started).first_ns - at) <= NS_PER_S / SAMPLE_RATE
        ended = box.ended("run-1")
    assert ended.capture is not None
    assert ended.cause is Cause.FINISHED
    assert ended.played_samples == ended.total_samples == slot.samples
    counted = ended.relayed_samples + ended.fallback_samples + ended.silent_samples
    assert counted == slot.samples
    return ended, read_wav(ended.capture)


@pytest.mark.parametrize("codec", ["libmp3lame", "aac", "libopus"])
def test_what_leaves_the_player_is_the_stream(
    tmp_path: Path, fallback: Path, radio: Radio, codec: str
) -> None:
    radio.body = encoded(PROGRAMME, codec)
    ended, heard = relayed(tmp_path, fallback, radio.url, 3)
    assert ended.relayed_samples == 3 * SAMPLE_RATE
    # before its first sample a codec gives some of its own
    sent = np.concatenate([np.zeros(SAMPLE_RATE, np.float32), PROGRAMME])
    _, begin = likeness(sent, heard)
    assert likeness(sent[begin : begin + len(heard)], heard)[0] >= 0.97


def test_a_stream_that_dies_falls_to_the_recording_and_is_taken_back(
    tmp_path: Path, fallback: Path, radio: Radio
) -> None:
    radio.cut_after_s = [0.5]
    ended, _ = relayed(tmp_path, fallback, radio.url, 8)
    assert radio.listeners >= 2
    assert ended.relayed_samples >= 3 * SAMPLE_RATE
    assert ended.silent_samples == 0


def test_without_its_stream_the_whole_slot_is_the_fallback_again_and_again(
    tmp_path: Path, fallback: Path, radio: Radio
) -> None:
    radio.moved_to = "http://localhost:1/other-host"
    ended, heard = relayed(tmp_path, fallback, radio.url, 3)
    assert ended.relayed_samples == 0
    assert ended.fallback_samples >= 2.9 * SAMPLE_RATE
    assert likeness(heard[: len(FALLBACK)], FALLBACK)[0] >= 0.97


def test_a_silent_stream_is_no_programme(tmp_path: Path, fallback: Path, radio: Radio) -> None:
    radio.body = encoded(PROGRAMME * 0)
    ended, _ = relayed(tmp_path, fallback, radio.url, 3)
    assert ended.relayed_samples <= 2 * SAMPLE_RATE
    assert ended.fallback_samples >= 0.9 * SAMPLE_RATE


@pytest.mark.parametrize("what", ["garbage", "playlist", "headers"])
def test_what_is_no_radio_is_not_heard(
    tmp_path: Path, fallback: Path, radio: Radio, what: str
) -> None:
    if what == "headers":
        radio.headers = 500
    garbage = bytes(range(256)) * 400
    radio.body = garbage if what == "garbage" else b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n"
    assert relayed(tmp_path, fallback, radio.url, 1)[0].relayed_samples == 0


def test_what_was_left_out_of_a_late_beginning_is_not_counted(
    tmp_path: Path, fallback: Path, radio: Radio
) -> None:
    slot = Relay(url=radio.url, samples=3 * SAMPLE_RATE, silence_s=2)
    with Box(tmp_path) as box:
        at = time.monotonic_ns() - NS_PER_S // 5
        box.player.send(play(fallback, at_monotonic_ns=at, relay=slot))
        ended = box.ended("run-1")
    assert ended.from_sample >= SAMPLE_RATE // 5
    assert ended.from_sample + ended.played_samples == slot.samples
    counted = ended.relayed_samples + ended.fallback_samples + ended.silent_samples
    assert counted == ended.played_samples
