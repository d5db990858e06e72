"""The whole station as a process: real broker, real HTTP, real player, samples that were heard."""

import os
import signal
import subprocess
import sys
import wave
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import correlate

from contract import codec
from contract.messages import Recording
from contract.reports import Ack, Ended, Line, Receipt, Report, State
from contract.states import Cause
from tests.fakes.broker import Broker, Server, wait_until
from tests.fakes.issuer import STATION, Issuer
from tests.fakes.media import MediaServer

ROOT = Path(__file__).resolve().parents[2]
RATE = 48_000


def speech_like(seconds: float) -> NDArray[np.int16]:
    """Noise that comes and goes: no stretch of it is like another."""
    rng = np.random.default_rng(7)
    count = int(seconds * RATE)
    swell = 0.5 + 0.5 * np.sin(np.arange(count) * (2 * np.pi * 3 / RATE))
    return (rng.normal(0, 3_000, count) * swell).astype(np.int16)


def write_wav(path: Path, samples: NDArray[np.int16]) -> bytes:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path.read_bytes()


def read_wav(path: Path) -> NDArray[np.float64]:
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float64)


def likeness(heard: NDArray[np.float64], wanted: NDArray[np.float64]) -> float:
    """The highest normalised cross-correlation of two sounds, at whatever shift."""
    found = correlate(heard, wanted, mode="full", method="fft")
    return float(np.max(found) / (np.linalg.norm(heard) * np.linalg.norm(wanted)))


class Station:
    """A `tt-station run` process and the server it talks to."""

    def __init__(self, folder: Path, broker: Broker, media: MediaServer, issuer: Issuer) -> None:
        self.folder, self.media, self.issuer = folder, media, issuer
        trust = folder / "trust.json"
        trust.write_bytes(msgspec.json.encode(issuer.trust))
        self.config = folder / "station.toml"
        self.config.write_text(
            f'station = "{STATION}"\nbroker_url = "mqtt://127.0.0.1:{broker.port}"\n'
            f'media_url = "{media.url}"\nsecret = "bí mật"\ntrust = "{trust}"\n'
            f'data = "{folder / "data"}"\nsink = "file:{folder / "sink"}"\n'
            f'capture = "{folder / "capture"}"\n'
        )
        self.server = Server(broker.port, f"tt/1/station/{STATION}/+")
        self.lines: list[Line] = []
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "station_agent", "run", "--config", str(self.config)]
        environ = {k: v for k, v in os.environ.items() if not k.startswith("TT_")}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            assert self.process.wait(20) == 0
            self.process = None

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def resident_bytes(self) -> int:
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) * 1024

    def serve(self, samples: NDArray[np.int16]) -> Recording:
        body = write_wav(self.folder / "made.wav", samples)
        name = sha256(body).hexdigest()
        self.media.files[f"recordings/{name}"] = body
        return Recording(
            sha256=name,
            path=f"recordings/{name}",
            size=len(body),
            samples=len(samples),
            format="audio/wav",
        )

    def ended(self, timeout_s: float = 30) -> Ended:
        """Wait for the next airing to end, giving receipts as the server does."""
        while True:
            payload = self.server.wait_for(lambda t, _: t.endswith("/report"), timeout_s)
            report = codec.decode(Report, payload)
            receipt = Receipt(station=STATION, journal=report.journal, through=report.lines[-1].n)
            self.server.say(f"tt/1/station/{STATION}/receipt", codec.encode(receipt))
            new = [line for line in report.lines if line.n > len(self.lines)]
            self.lines += new
            found = [line.event for line in new if isinstance(line.event, Ended)]
            if found:
                return found[0]


@pytest.fixture
def station(tmp_path: Path, broker: Broker, media: MediaServer) -> Iterator[Station]:
    found = Station(tmp_path, broker, media, Issuer(datetime.now(UTC) - timedelta(seconds=1)))
    yield found
    if found.process is not None:
        found.process.kill()
        found.process.wait()
    found.server.close()


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
