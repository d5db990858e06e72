"""A station process is told to test itself, and to tell what is wrong: by real orders."""

import wave
from pathlib import Path

import msgspec
import numpy as np
import pytest

from contract import codec
from contract.diagnosis import LIMIT, Diagnosis, path_of
from contract.reports import Diagnosed, Event, Receipt, Report, SelfTested
from contract.states import ToneOutcome
from tests.fakes.issuer import STATION
from tests.fakes.station import RATE, Station

pytestmark = pytest.mark.listens


def told(station: Station, kind: type[Event]) -> Event:
    """The first line of a kind that the station reports; it gets its receipts meanwhile."""
    while True:
        payload = station.server.wait_for(lambda t, _: t.endswith("/report"))
        report = codec.decode(Report, payload)
        receipt = Receipt(station=STATION, journal=report.journal, through=report.lines[-1].n)
        station.server.say(f"tt/1/station/{STATION}/receipt", codec.encode(receipt))
        for line in report.lines:
            if isinstance(line.event, kind):
                return line.event


def say(station: Station, order: object) -> None:
    station.server.say(f"tt/1/station/{STATION}/order", station.issuer.write(order))  # type: ignore[arg-type]


def sounded(folder: Path) -> np.ndarray:
    (file,) = folder.glob("test-*.wav")
    with wave.open(str(file), "rb") as opened:
        return np.frombuffer(opened.readframes(opened.getnframes()), np.int16)


def test_a_tone_is_heard_quietly_and_a_diagnosis_tells_of_it(station: Station) -> None:
    plan = station.issuer.plan()
    station.server.say(f"tt/1/station/{STATION}/plan", station.issuer.write(plan), retain=True)
    station.start()
    station.server.wait_for(lambda t, _: t.endswith("/ack"))
    say(station, station.issuer.self_test(seconds=1, percent=50))
    result = told(station, SelfTested)
    assert isinstance(result, SelfTested)
    assert (result.outcome, result.played_samples) == (ToneOutcome.SOUNDED, RATE)
    heard = sounded(station.folder / "capture").astype(np.float64)
    assert 300 < np.abs(heard).max() < 1_700  # below -26 dBFS
    spectrum = np.abs(np.fft.rfft(heard[:RATE]))
    assert set(np.argsort(spectrum)[-3:]) == {500, 1000, 2000}  # Hz, for a second was heard

    order = station.issuer.diagnose()
    say(station, order)
    brought = told(station, Diagnosed)
    assert isinstance(brought, Diagnosed)
    body = station.media.brought[path_of(order.id)]
    assert brought.size == len(body) <= LIMIT
    found = msgspec.json.decode(body, type=Diagnosis)
    assert found.state.plan is not None
    assert found.beat.machine
    assert any("Thử loa: đã phát hết âm thử" in line for line in found.log)
    assert "bí mật" not in body.decode()
    station.stop()
