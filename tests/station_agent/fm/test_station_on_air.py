"""A whole station process with a transmitter and coded receivers: what is heard, in which order."""

import numpy as np
import pytest
from scipy.signal import correlate

from contract import codec
from contract.reports import State
from contract.states import Cause
from tests.fakes.audio_decoders import dtmf
from tests.fakes.broker import wait_until
from tests.fakes.exciters import crown, serial_transmitter
from tests.fakes.issuer import STATION
from tests.fakes.mpx import multiplex
from tests.fakes.rds_demodulator import receive
from tests.fakes.receiver import firmware_receiver
from tests.fakes.virtual_encoder import virtual_encoder
from tests.station_agent.fm.conftest import AREA, KEY, PI
from tests.station_agent.test_station_end_to_end import (
    likeness,
    read_wav,
    speech_like,
)

pytestmark = pytest.mark.listens


def aired(station, samples):
    """Have the station air an emergency; what it said at its birth, and in the end."""
    order = station.issuer.emergency("lu-ve", station.serve(samples))
    topic = f"tt/1/station/{STATION}/emergency/{order.id}"
    station.server.say(topic, station.issuer.write(order), retain=True)
    station.start()
    born = station.server.wait_for(lambda _, payload: b'"online":true' in payload)
    return codec.decode(State, born), station.ended(timeout_s=60)


def test_dtmf_is_heard_before_and_after_the_programme_and_only_while_the_carrier_is_on(
    station, tmp_path
):
    with serial_transmitter(tmp_path / "exciter", crown) as exciter:
        station.configure(
            exciter=f"crown:{exciter.port}",
            frequency_mhz=97.5,
            receivers="dtmf:*01#,*02#",
        )
        samples = speech_like(2.0)
        born, ended = aired(station, samples)
        wait_until(lambda: not exciter.inside.on, "the carrier stays on")
        station.stop()
    assert born.receivers == "open"
    assert (ended.cause, ended.played_samples) == (Cause.FINISHED, len(samples))
    said = [word for word in exciter.inside.said if "=" in word]
    assert (said[0], said[-1]) == ("TX.OPMODE=OFF", "TX.OPMODE=OFF")
    assert set(said) == {"TX.OPMODE=ON", "TX.OPMODE=OFF"}
    heard = np.concatenate(
        [read_wav(file) for file in sorted((station.folder / "sink").glob("*.wav"))]
    )
    begins = int(np.argmax(correlate(heard, samples.astype(np.float64), mode="valid")))
    assert likeness(heard[begins : begins + len(samples)], samples.astype(np.float64)) > 0.99
    # first of all it closes what an agent before this one may have left open
    assert dtmf(heard[:begins] / 32768) == "*02#*01#*01#"
    assert dtmf(heard[begins + len(samples) :] / 32768) == "*02#"


def test_receivers_open_by_our_code_and_close_when_the_programme_is_over(station, tmp_path):
    (tmp_path / "key").write_text(KEY.hex())
    with (
        serial_transmitter(tmp_path / "exciter", crown) as exciter,
        virtual_encoder(tmp_path / "encoder") as encoder,
    ):
        station.configure(
            exciter=f"crown:{exciter.port}",
            frequency_mhz=97.5,
            rds=f"uecp-ack:{encoder.port}",
            rds_pi=f"{PI:04X}",
            rds_ps="XÃ LẠC",
            receivers="oda",
            receivers_area=AREA,
            receivers_key=str(tmp_path / "key"),
        )
        born, ended = aired(station, speech_like(2.0))
        wait_until(lambda: not exciter.inside.on, "the carrier stays on")
        station.stop()
        encoder.wait_groups(6)
        groups = encoder.aired
    assert ended.cause is Cause.FINISHED
    assert born.receivers == "guarded"
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA) as receiver:
        receiver.hear(receive(multiplex(groups, 0.05)))
        receiver.close()
        words = [word for word in receiver.words() if word != "REPLAY"]
        assert (words[0], words[-1]) == ("OPEN", "CLOSE")
