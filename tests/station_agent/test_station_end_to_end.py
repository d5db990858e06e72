"""The whole station as a process: real broker, real HTTP, real player, samples that were heard."""

import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import correlate

from contract import codec
from contract.messages import Sound
from contract.reports import Ack, Decided, Ended, State
from contract.stances import Doing, VolumeRule
from contract.states import Cause
from tests.fakes.broker import wait_until
from tests.fakes.issuer import STATION
from tests.fakes.station import RATE, Station, speech_like

pytestmark = pytest.mark.listens


def read_wav(path: Path) -> NDArray[np.float64]:
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float64)


def likeness(heard: NDArray[np.float64], wanted: NDArray[np.float64]) -> float:
    """The highest normalised cross-correlation of two sounds, at whatever shift."""
    found = correlate(heard, wanted, mode="full", method="fft")
    return float(np.max(found) / (np.linalg.norm(heard) * np.linalg.norm(wanted)))


def test_a_signed_plan_is_fetched_played_to_the_sample_and_reported(station: Station) -> None:
    samples = speech_like(1.5)
    sound = station.serve(samples)
    issuer = station.issuer
    starts_at = datetime.now(UTC) + timedelta(seconds=3)
    plan = issuer.plan((issuer.item("tin-sang", starts_at, sound), sound))
    station.server.say(f"tt/1/station/{STATION}/plan", issuer.write(plan), retain=True)
    station.start()

    ack = codec.decode(Ack, station.server.wait_for(lambda t, _: t.endswith("/ack")))
    assert (ack.of, ack.refused) == (plan.id, None)
    ended = station.ended()
    assert ended.cause is Cause.FINISHED
    assert ended.played_samples == ended.total_samples == len(samples)
    assert ended.started_at is not None
    assert abs(ended.started_at - starts_at) < timedelta(milliseconds=100)

    heard = read_wav(station.folder / "capture" / "tin-sang-1.wav")
    assert likeness(heard, samples.astype(np.float64)) > 0.99
    assert [line.n for line in station.lines] == list(range(1, len(station.lines) + 1))

    assert (station.folder / "data" / f"{STATION}.db").exists()

    station.stop()
    last = station.server.wait_for(lambda _, payload: b'"online":false' in payload)
    assert codec.decode(State, last).station == STATION


def test_a_station_killed_in_mid_sentence_goes_on_and_ends_the_airing_once(
    station: Station,
) -> None:
    samples = speech_like(7.0)
    sound = station.serve(samples)
    issuer = station.issuer
    starts_at = datetime.now(UTC) + timedelta(seconds=3)
    plan = issuer.plan((issuer.item("tin-trua", starts_at, sound), sound))
    station.server.say(f"tt/1/station/{STATION}/plan", issuer.write(plan), retain=True)
    station.start()
    station.server.wait_for(lambda _, payload: b'"on_air":{' in payload)
    first = station.folder / "capture" / "tin-trua-1.wav"
    wait_until(lambda: first.exists() and first.stat().st_size > 5 * RATE, "nothing sounds")
    station.kill()
    station.start()

    ended = station.ended()
    assert ended.cause is Cause.FINISHED
    assert ended.airing == "tin-trua"
    assert ended.total_samples == len(samples)
    assert RATE < ended.played_samples < len(samples)
    capture = station.folder / "capture"
    second = read_wav(capture / "tin-trua-2.wav")
    assert likeness(second, samples[-len(second) :].astype(np.float64)) > 0.98  # it fades in
    assert [line.n for line in station.lines] == list(range(1, len(station.lines) + 1))
    assert sum(isinstance(line.event, Ended) for line in station.lines) == 1
    assert station.resident_bytes() < 60_000_000


def test_the_plans_sound_is_heard_in_the_samples_and_the_station_says_why(
    station: Station,
) -> None:
    samples = speech_like(1.5)
    sound = station.serve(samples)
    issuer = station.issuer
    starts_at = datetime.now(UTC) + timedelta(seconds=3)
    wanted = Sound(volume=50, maximum=40, offset_ms=400, latency_ms=100)
    plan = issuer.plan((issuer.item("tin-chieu", starts_at, sound), sound), sound=wanted)
    station.server.say(f"tt/1/station/{STATION}/plan", issuer.write(plan), retain=True)
    station.start()
    state = station.server.wait_for(lambda _, payload: b'"doing":"playing"' in payload)
    assert codec.decode(State, state).station == STATION
    ended = station.ended()
    late = ended.started_at - ended.planned_at if ended.started_at else timedelta()
    assert abs(late - timedelta(milliseconds=300)) < timedelta(milliseconds=20)

    heard = read_wav(station.folder / "capture" / "tin-chieu-1.wav")
    loudness = np.linalg.norm(heard) / np.linalg.norm(samples.astype(np.float64))
    assert loudness == pytest.approx(0.4, abs=0.01)

    told = [line.event.stance for line in station.lines if isinstance(line.event, Decided)]
    assert [(one.doing, one.airing, one.volume, one.rule) for one in told[:1]] == [
        (Doing.PLAYING, "tin-chieu", 40, VolumeRule.MAXIMUM)
    ]
    assert told[0].source == plan.id
    station.stop()
