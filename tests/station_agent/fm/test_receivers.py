"""Who may hold the sound back, and who not: an encoder that fails."""

import pytest

from station_agent.hardware.errors import NoAnswer
from station_agent.hardware.fm.coded.receivers import Announced
from station_agent.hardware.fm.encoder import Encoder
from station_agent.hardware.fm.line import Line
from station_agent.hardware.fm.uecp.dialect import Uecp
from station_agent.hardware.fm.uecp.frames import Address
from station_agent.hardware.ports import Reach
from tests.station_agent.fm.conftest import PROGRAMME


def test_coded_receivers_that_cannot_be_called_are_told(radio):
    radio.encoder.faults.deaf = True
    with pytest.raises(NoAnswer, match="bộ mã hoá RDS không trả lời"):
        radio.sender(patience_s=0.2).wake(Reach.OWN)


def test_an_encoder_that_only_says_the_name_holds_no_sound_back(radio, caplog):
    line = Line(str(radio.encoder.port))
    encoder = Encoder(line, Uecp(Address(), answers=True), lambda: None, patience_s=0.5)
    station = Announced(encoder, PROGRAMME)
    station.wake(Reach.OWN)
    assert radio.encoder.memory.ps == b"XA LAC  "
    radio.encoder.faults.deaf = True
    station.wake(Reach.ALL)
    station.release(Reach.ALL)
    station.close()
    assert "không trả lời" in caplog.text
