"""From the station to the relay of a receiver: sender, line, encoder, multiplex with noise, an
independent decoder, and the receiver's true firmware on MicroPython."""

import pytest

from station_agent.hardware.fm.coded.receivers import KEEP_ALIVE_S
from station_agent.hardware.ports import Reach
from tests.fakes import rds_ctl
from tests.fakes.mpx import multiplex
from tests.fakes.rds_demodulator import receive
from tests.fakes.receiver import firmware_receiver
from tests.station_agent.fm.conftest import AREA, KEY, PI


def called(sender, reach=Reach.OWN, times=3):
    def send():
        for _ in range(times):
            sender.wake(reach)

    return send


def test_a_code_opens_the_receivers_of_the_commune_in_noise_too(radio, tmp_path):
    radio.air(called(radio.sender()))
    for noise in (0, 0.05, 0.1):
        heard = receive(multiplex(radio.encoder.aired, noise))
        said = rds_ctl.decode(heard, tmp_path)
        assert f"PI: {PI:04x}" in said
        assert "PS: XA LAC" in said
        assert "ODA Group: 11A, AID: 00006a7a" in said
        folder = tmp_path / f"receiver-{noise}"
        with firmware_receiver(folder, KEY, pi=PI, area=AREA) as receiver:
            receiver.hear(heard)
            receiver.wait_relay(1)
            assert receiver.words()[0] == "OPEN"
            assert set(receiver.words()[1:]) <= {"REPLAY"}


def test_an_emergency_opens_every_area_and_shows_alarm(radio, tmp_path):
    heard = radio.air(called(radio.sender(), Reach.ALL))
    said = rds_ctl.decode(heard, tmp_path)
    assert "PTY: 31 -> Alarm!" in said
    assert "TP: yes  TA: yes" in said
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=77) as receiver:
        receiver.hear(heard)
        receiver.wait_relay(1)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [({"key": bytes(32)}, "BADMAC"), ({"area": 4}, "NOTMINE"), ({"pi": 0x7124}, None)],
    ids=["another key", "another area", "another station"],
)
def test_a_code_for_others_opens_nothing(radio, tmp_path, wrong, word):
    heard = radio.air(called(radio.sender(**wrong), times=1))
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA) as receiver:
        receiver.hear(heard)
        if word:
            receiver.wait_words(1)
        receiver.close()
        assert set(receiver.words()) == ({word} if word else set())
        assert {said.relay for said in receiver.record()} <= {None, 0}


def test_a_recorded_code_opens_nothing_even_after_a_power_cut(radio, tmp_path):
    heard = radio.air(called(radio.sender(), times=1))
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA) as receiver:
        receiver.hear(heard)
        receiver.wait_relay(1)
        receiver.cut_power()
        receiver.start()
        receiver.wait_relay(0)
        before = len(receiver.words())
        receiver.hear(heard)
        receiver.wait_words(before + 1)
        receiver.close()
        assert set(receiver.words()[before:]) == {"REPLAY"}


def test_without_keep_alive_the_receiver_falls_silent_and_with_it_stays_open(radio, tmp_path):
    sender = radio.sender()
    first = radio.air(called(sender, times=1))
    radio.time.now_s += KEEP_ALIVE_S
    second = radio.air(called(sender, times=1))
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA, hold_s=1) as receiver:
        receiver.hear(first)
        receiver.wait_relay(1)
        receiver.hear(second)
        receiver.wait_words(len(receiver.words()))
        receiver.wait_relay(0)
        assert receiver.words().count("OPEN") == 2
        moves = [said.relay for said in receiver.record() if said.relay is not None]
        assert moves == [0, 1, 0]


def test_the_closing_code_closes(radio, tmp_path):
    sender = radio.sender()

    def send():
        sender.wake(Reach.OWN)
        sender.release(Reach.OWN)

    heard = radio.air(send)
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA) as receiver:
        receiver.hear(heard)
        receiver.close()
        words = [word for word in receiver.words() if word != "REPLAY"]
        assert words == ["OPEN", "CLOSE"]
        assert receiver.relay() == 0


def test_a_station_that_lost_its_power_still_opens_its_receivers(radio, tmp_path):
    before = radio.air(called(radio.sender(), times=1))
    after = radio.air(called(radio.sender(), times=1))
    with firmware_receiver(tmp_path / "receiver", KEY, pi=PI, area=AREA) as receiver:
        receiver.hear(before)
        receiver.hear(after)
        receiver.close()
        assert receiver.words().count("OPEN") == 2
