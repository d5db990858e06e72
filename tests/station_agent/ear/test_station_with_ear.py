"""A whole station whose receiver hears a stranger: told at once, also while it plays nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from contract import codec
from contract.proofs import EAR_HEARS
from contract.reports import Report, Trouble
from contract.states import Verdict
from controller.verdicts import judge
from tests.fakes.issuer import STATION
from tests.fakes.receiver_audio import ReceiverAudio
from tests.fakes.speech import espeak
from tests.fakes.station import Station

OURS = "Ủy ban nhân dân xã Suối Mây thông báo lịch tiêm phòng cho đàn trâu bò trong tuần này."
THEIRS = "This is a programme of somebody else, who is much louder on this frequency than we are."


@pytest.fixture
def station(tmp_path: Path, station: Station) -> Station:
    station.configure(ear=f"radio:pipe:{tmp_path / 'air'}")
    return station


def air(station: Station, samples: NDArray[np.int16]) -> None:
    sound = station.serve(samples)
    starts_at = datetime.now(UTC) + timedelta(seconds=3)
    plan = station.issuer.plan((station.issuer.item("tin", starts_at, sound), sound))
    station.server.say(f"tt/1/station/{STATION}/plan", station.issuer.write(plan), retain=True)


def told_foreign(payload: bytes) -> Trouble | None:
    for line in codec.decode(Report, payload).lines:
        if isinstance(line.event, Trouble) and line.event.code == "foreign":
            return line.event
    return None


def test_our_own_programme_is_proved_and_a_stranger_after_it_is_told(station, tmp_path):
    with ReceiverAudio(tmp_path / "air", tmp_path / "sink") as receiver:
        air(station, espeak(OURS, tmp_path, 48_000, 12))
        station.start()
        ended = station.ended(40)
        assert isinstance(ended.proofs, tuple)
        assert [proof.code for proof in ended.proofs] == [EAR_HEARS]
        assert (ended.evidence, judge(ended)) == ("L3", Verdict.AIRED)
        assert not [x for x in station.lines if getattr(x.event, "code", "") == "foreign"]
        receiver.stranger = espeak(THEIRS, tmp_path, 8_000, 10).astype(float)
        payload = station.server.wait_for(
            lambda topic, body: topic.endswith("/report") and told_foreign(body) is not None, 15
        )
        told = told_foreign(payload)
        assert told is not None
        assert "không phát gì" in told.detail
        station.stop()


def test_a_sound_card_is_heard_through_alsa(tmp_path, monkeypatch):
    raw = tmp_path / "heard.raw"
    raw.write_bytes((np.sin(np.arange(16_000)) * 8_000).astype("<i2").tobytes())
    config = tmp_path / "asound.conf"
    config.write_text(
        "pcm.quiet { type null }\n"
        f'pcm.ear {{ type file slave.pcm quiet file /dev/null infile "{raw}" format raw }}\n'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))
    from station_agent.ear.__main__ import level  # noqa: PLC0415  after the environment
    from station_agent.ear.sources import BLOCK, open_source  # noqa: PLC0415

    block = open_source("alsa:ear")()
    assert len(block) == BLOCK * 2
    assert level(block) == pytest.approx(20 * np.log10(8_000 / 32_768 / np.sqrt(2)), abs=0.2)
