"""A station as a process: `tt-station run` on a real broker, with the server played by a test."""

import json
import os
import signal
import subprocess
import sys
import wave
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from contract import codec
from contract.messages import Recording
from contract.reports import Ended, Line, Receipt, Report
from tests.fakes.broker import Broker, Server
from tests.fakes.issuer import STATION, Issuer
from tests.fakes.media import MediaServer

ROOT = Path(__file__).resolve().parents[2]
RATE = 48_000


def speech_like(seconds: float) -> NDArray[np.int16]:
    """Noise that comes and goes: no stretch of it is like another."""
    rng = np.random.default_rng(7)
    count = int(seconds * RATE)
    swell = 0.5 + 0.5 * np.sin(np.arange(count) * (2 * np.pi * 3 / RATE))
    noise: NDArray[np.float64] = rng.normal(0, 3_000, count) * swell
    samples: NDArray[np.int16] = noise.astype(np.int16)
    return samples


def write_wav(path: Path, samples: NDArray[np.int16]) -> bytes:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path.read_bytes()


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

    def configure(self, **settings: str | float) -> None:
        """Add settings, before it starts. TOML reads JSON's strings and numbers."""
        with self.config.open("a") as file:
            file.writelines(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())

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
