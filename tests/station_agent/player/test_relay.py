"""A relay by the real player, its child and a radio on a socket: what left it is the stream."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from station_agent.player.instants import NS_PER_MS, NS_PER_S
from station_agent.player.reception import STALLED, Reception
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

PROGRAMME = speech_like(8, seed=5)
FALLBACK = speech_like(2, seed=9)
PATIENCE_S = 30.0


@pytest.fixture(scope="module")
def mp3() -> bytes:
    return encoded(PROGRAMME)


@pytest.fixture
def radio(mp3: bytes) -> Iterator[Radio]:
    found = Radio(mp3, len(PROGRAMME) / SAMPLE_RATE)
    yield found
    found.close()


@pytest.fixture(scope="module")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipe in the place of what a card captures."""
    wired = tmp_path_factory.mktemp("wired") / "line"
    os.mkfifo(wired)
    return wired


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory, wired: Path) -> Iterator[Box]:
    with Box(tmp_path_factory.mktemp("box"), inputs={"line": f"file:{wired}"}) as box:
        yield box


@pytest.fixture(scope="module")
def fallback(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_opus(tmp_path_factory.mktemp("fallback") / "fallback.opus", FALLBACK)


def relayed(
    box: Box, fallback: Path, url: str, seconds: float, lead_ms: int = 1_500, **other: str
) -> tuple[Ended, Samples]:
    """Take a stream over for so long; what ended, and what the run sent out."""
    slot = Relay(url=url, samples=int(seconds * SAMPLE_RATE), silence_s=2)
    at, run = time.monotonic_ns() + lead_ms * NS_PER_MS, f"run-{time.monotonic_ns()}"
    box.player.send(replace(play(fallback, run, at_monotonic_ns=at, relay=slot), **other))
    assert abs(box.wait_for(Started).first_ns - at) <= NS_PER_S / SAMPLE_RATE
    ended = box.ended(run)
    assert ended.capture is not None
    assert ended.cause is Cause.FINISHED
    assert ended.played_samples == ended.total_samples == slot.samples
    counted = ended.relayed_samples + ended.fallback_samples + ended.silent_samples
    assert counted == slot.samples
    return ended, read_wav(ended.capture)


def test_what_leaves_the_player_is_the_stream(box: Box, fallback: Path, radio: Radio) -> None:
    ended, heard = relayed(box, fallback, radio.url, 1.5, lead_ms=3_000)
    assert (ended.relayed_samples, ended.detail) == (len(heard), "")
    _, begin = likeness(PROGRAMME, heard)
    assert likeness(PROGRAMME[begin : begin + len(heard)], heard)[0] >= 0.97


def test_a_recording_that_is_missing_takes_nothing_from_the_stream(
    box: Box, fallback: Path, radio: Radio
) -> None:
    ended, _ = relayed(box, fallback, radio.url, 0.5, lead_ms=3_000, path=f"{fallback}.missing")
    assert (ended.relayed_samples, ended.fallback_samples) == (ended.played_samples, 0)


def test_without_its_stream_the_recording_is_heard_and_the_reason_told(
    box: Box, fallback: Path, radio: Radio
) -> None:
    radio.moved_to = "http://localhost:1/other-host"
    ended, heard = relayed(box, fallback, radio.url, 0.5, lead_ms=2_000)
    assert ended.relayed_samples == 0
    assert ended.detail == "Nguồn chuyển sang địa chỉ không được duyệt: localhost"
    assert likeness(heard, FALLBACK[: len(heard)])[0] >= 0.97


def test_what_is_plugged_into_an_input_is_relayed(box: Box, fallback: Path, wired: Path) -> None:
    sent = np.rint(PROGRAMME * 32_767).astype("<i2").tobytes()
    threading.Thread(target=wired.write_bytes, args=(sent,), daemon=True).start()
    ended, heard = relayed(box, fallback, "input:line", 0.5, lead_ms=2_000)
    assert ended.relayed_samples == len(heard)
    assert likeness(heard, PROGRAMME[: len(heard)])[0] >= 0.99


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)  # nobody tells: it is the engine that asks, each 20 ms


@pytest.mark.parametrize("fault", ["Nguồn đã ngắt", STALLED])
def test_a_stream_that_dies_or_stalls_is_asked_for_again(radio: Radio, fault: str) -> None:
    if fault == STALLED:
        radio.stalls_after_s = 0.0
    else:
        radio.cut_after_s = [0.1]
    with closing(Reception("stream", radio.url, 2, stall_s=1.5)) as reception:
        wait_until(lambda: reception.held > 0)
        wait_until(lambda: reception.fault == fault)
        listeners = radio.listeners
        wait_until(lambda: radio.listeners > listeners)


def test_silence_is_known_by_its_samples(tmp_path: Path) -> None:
    silence = tmp_path / "line"
    silence.write_bytes(bytes(2 * SAMPLE_RATE * 3))
    with closing(Reception("input", f"file:{silence}", 2)) as reception:
        wait_until(lambda: reception.silent)
        assert reception.fault == "Luồng im lặng 2 giây"
