"""An encoder on a line: told everything once, anew after it was without power, at its own pace."""

import time
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from station_agent.hardware.errors import NoAnswer, Refused
from station_agent.hardware.fm.ascii_commands import AsciiCommands
from station_agent.hardware.fm.encoder import PATIENCE_S, REFRESH_S, Encoder
from station_agent.hardware.fm.groups import Group, announcement
from station_agent.hardware.fm.line import Line
from station_agent.hardware.fm.programme import Programme, sequence
from station_agent.hardware.fm.uecp.dialect import Carriage, Uecp
from station_agent.hardware.fm.uecp.frames import STUFFED_AFTER, Address
from tests.fakes import encoder_input
from tests.fakes.virtual_encoder import virtual_encoder

KIND, AID = 22, 0x6A7A
CODE = [announcement(AID, KIND), Group(KIND, 4, 0xFEFF, 0xFDFE), Group(KIND, 5, 0xFFFE, 0xFDFD)]
PROGRAMME = Programme(pi=0x7FE2, ps="XA LAC", pty=3, text="Dai xa Lac", groups=sequence(KIND))
NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


class Watch:
    """A clock that moves when it is told to, beside the true one."""

    ahead_s = 0.0

    def __call__(self):
        return time.monotonic() + self.ahead_s


def speak(port, dialect, watch=None, now=NOW, patience_s=2):
    """Two busy cores answer late: more patience than in the field."""
    line = Line(str(port))
    return Encoder(line, dialect, lambda: now, patience_s=patience_s, mono_s=watch or Watch())


def wait_for(condition):
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


PROFILES = {
    "silent": (Uecp(Address(), answers=False), {}),
    "answering": (Uecp(Address(), answers=True), {}),
    "addressed": (Uecp(Address(513, 62), answers=True), {"site": 513, "number": 62}),
    "5.1": (Uecp(Address(), answers=True, carriage=Carriage.OLD), {}),
    "6.0": (Uecp(Address(), answers=True, carriage=Carriage.DATA), {}),
    "profline": (Uecp(Address(), answers=False, stuffing=STUFFED_AFTER), {"doubling": True}),
    "ascii": (AsciiCommands(), None),
}


@pytest.mark.parametrize("name", PROFILES)
def test_what_is_told_is_held_and_a_code_goes_on_the_air(name, tmp_path):
    dialect, kind = PROFILES[name]
    language = encoder_input.Ascii() if kind is None else encoder_input.Uecp(**kind)
    with virtual_encoder(tmp_path, language) as far:
        encoder = speak(far.port, dialect)
        encoder.keep(PROGRAMME)
        encoder.send(CODE, PROGRAMME, AID)
        wait_for(lambda: sum(second >> 11 == KIND for _, second, _, _ in far.aired) == 2)
        encoder.close()
        held = far.memory
        assert (held.pi, held.ps, held.pty) == (0x7FE2, b"XA LAC  ", 3)
        assert held.text.rstrip(b"\r") == b"Dai xa Lac"
        mine = [group for group in far.aired if group[1] >> 11 == KIND]
        assert [(second & 31, *rest) for _, second, *rest in mine] == [
            (4, 0xFEFF, 0xFDFE),
            (5, 0xFFFE, 0xFDFD),
        ]
        assert (0x7FE2, AID) in [(g[0], g[3]) for g in far.aired if g[1] >> 11 == 6]
        assert far.dropped == 0


def test_between_two_groups_of_a_code_goes_one_of_the_encoders_own(tmp_path):
    with virtual_encoder(tmp_path) as far:
        encoder = speak(far.port, Uecp(Address(), answers=False))
        encoder.keep(PROGRAMME)
        encoder.send(CODE * 2, PROGRAMME, AID)
        encoder.close()
        kinds = [second >> 11 for _, second, _, _ in far.aired]
        free = [kind in (6, KIND) for kind in kinds]
        assert sum(free) >= 4
        assert not any(one and other for one, other in pairwise(free))


def test_what_the_encoder_holds_is_not_said_again(tmp_path):
    with virtual_encoder(tmp_path) as far:
        encoder = speak(far.port, Uecp(Address(), answers=True))
        encoder.keep(PROGRAMME)
        before = len(far.said)
        encoder.keep(PROGRAMME)
        encoder.close()
        assert far.said[before:] == [b"\x17\x03\x01\x00\x00"]


def test_only_what_changes_is_said(tmp_path):
    with virtual_encoder(tmp_path) as far:
        encoder = speak(far.port, Uecp(Address(), answers=True))
        encoder.keep(PROGRAMME)
        before = len(far.said)
        encoder.keep(
            Programme(pi=0x7FE2, ps="XA LAC", pty=31, text="Dai xa Lac", groups=sequence(KIND))
        )
        encoder.close()
        assert far.said[before + 1 :] == [b"\x07\x00\x00\x1f"]


def test_an_encoder_that_lost_its_power_is_told_everything_again(tmp_path):
    with virtual_encoder(tmp_path) as far:
        encoder = speak(far.port, Uecp(Address(), answers=True))
        encoder.keep(PROGRAMME)
        far.restart()
        encoder.keep(PROGRAMME)
        encoder.close()
        assert (far.memory.ps, far.memory.rds_on) == (b"XA LAC  ", True)


def test_one_that_cannot_be_asked_is_told_everything_again_in_time(tmp_path):
    with virtual_encoder(tmp_path) as far:
        watch = Watch()
        encoder = speak(far.port, Uecp(Address(), answers=False), watch)
        encoder.keep(PROGRAMME)
        wait_for(lambda: far.memory.rds_on)
        far.restart()
        encoder.keep(PROGRAMME)
        assert far.memory.pi == 0
        watch.ahead_s = REFRESH_S
        encoder.keep(PROGRAMME)
        wait_for(lambda: far.memory.rds_on)
        encoder.close()
        assert far.memory.pi == 0x7FE2


def test_a_pulled_cable_is_told_and_everything_is_said_again_when_it_is_back(tmp_path):
    with virtual_encoder(tmp_path) as far:
        encoder = speak(far.port, Uecp(Address(), answers=True))
        encoder.keep(PROGRAMME)
        far.cable.pull()
        with pytest.raises(NoAnswer, match="mất cổng nối tiếp"):
            encoder.keep(PROGRAMME)
        with pytest.raises(NoAnswer, match="mất cổng nối tiếp"):
            encoder.keep(PROGRAMME)
        far.restart()
        far.cable.plug()
        encoder.keep(PROGRAMME)
        encoder.close()
        assert far.memory.pi == 0x7FE2


def test_a_lost_answer_is_asked_for_once_more(tmp_path):
    with virtual_encoder(tmp_path) as far:
        encoder = speak(far.port, Uecp(Address(), answers=True), patience_s=0.5)
        encoder.keep(PROGRAMME)
        far.faults.lost_answers = 1
        encoder.send(CODE[:1], PROGRAMME)
        encoder.close()


def test_a_silent_encoder_is_no_ready_one(tmp_path):
    with virtual_encoder(tmp_path) as far:
        encoder = speak(far.port, Uecp(Address(), answers=True), patience_s=PATIENCE_S)
        far.faults.deaf = True
        with pytest.raises(NoAnswer, match="không trả lời"):
            encoder.keep(PROGRAMME)
        encoder.close()


@pytest.mark.parametrize("name", ["answering", "ascii"])
def test_a_refusal_is_told_and_not_repeated(name, tmp_path):
    dialect, kind = PROFILES[name]
    language = encoder_input.Ascii() if kind is None else encoder_input.Uecp()
    with virtual_encoder(tmp_path, language) as far:
        encoder = speak(far.port, dialect)
        encoder.keep(PROGRAMME)
        far.faults.refusals = 1
        with pytest.raises(Refused, match="từ chối"):
            encoder.send(CODE[1:2], PROGRAMME)
        encoder.close()


def test_garbage_on_the_line_is_no_answer(tmp_path):
    with virtual_encoder(tmp_path) as far:
        encoder = speak(far.port, Uecp(Address(), answers=True))
        encoder.keep(PROGRAMME)
        far.cable.to_near(b"\xfe\xff\xfe\x00garbage\xff\xfd")
        encoder.send(CODE[:1], PROGRAMME)
        encoder.close()


def test_without_a_sure_clock_no_time_goes_on_the_air(tmp_path):
    with virtual_encoder(tmp_path) as far:
        far.memory.clock_on = True
        encoder = speak(far.port, Uecp(Address(), answers=True), now=None)
        encoder.keep(PROGRAMME)
        encoder.close()
        assert (far.memory.clock_on, far.memory.clock) == (False, b"")


def test_a_frame_for_another_encoder_is_not_ours(tmp_path):
    with virtual_encoder(tmp_path, encoder_input.Uecp(site=7, number=3)) as far:
        encoder = speak(far.port, Uecp(Address(7, 4), answers=False))
        encoder.keep(PROGRAMME)
        encoder.send(CODE[:1], PROGRAMME)
        encoder.close()
        assert far.said == []
