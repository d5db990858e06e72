"""Transmitters are watched, told to go on and off, and told nothing else."""

import pytest

from station_agent.hardware.errors import NoAnswer
from station_agent.hardware.fm.bands import licensed_khz
from station_agent.hardware.fm.exciters.crown import CrownExciter
from station_agent.hardware.fm.exciters.srk import SrkExciter
from station_agent.hardware.fm.line import Line
from station_agent.hardware.readings import ExciterReading
from tests.fakes.exciters import crown, serial_transmitter, srk

KINDS = {"srk": (SrkExciter, srk), "crown": (CrownExciter, crown)}


@pytest.fixture(params=KINDS)
def pair(request, tmp_path):
    """A driver, more patient than in the field, and the transmitter that it drives."""
    driver, language = KINDS[request.param]
    with serial_transmitter(tmp_path, language) as far:
        exciter = driver(Line(str(far.port)), patience_s=2)
        yield exciter, far
        exciter.close()


@pytest.fixture(params=KINDS)
def hasty_pair(request, tmp_path):
    driver, language = KINDS[request.param]
    with serial_transmitter(tmp_path, language) as far:
        exciter = driver(Line(str(far.port)))
        yield exciter, far
        exciter.close()


@pytest.fixture
def crowned(tmp_path):
    with serial_transmitter(tmp_path, crown) as far:
        exciter = CrownExciter(Line(str(far.port)), patience_s=2)
        yield exciter, far.inside
        exciter.close()


def test_a_carrier_is_seen_with_its_power(pair):
    exciter, far = pair
    far.inside.on, far.inside.reflected_w = True, 2
    seen = exciter.read()
    assert (seen.carrier, seen.locked, seen.forward_w, seen.reflected_w) == (True, True, 30, 2)


def test_a_transmitter_that_is_off_says_so(pair):
    exciter, far = pair
    far.inside.forward_w = 0
    seen = exciter.read()
    assert (seen.carrier, seen.forward_w) == (False, 0)


def test_one_without_power_is_silent(hasty_pair):
    exciter, far = hasty_pair
    far.inside.powered = False
    with pytest.raises(NoAnswer, match="không trả lời"):
        exciter.read()


def test_garbage_is_asked_again(pair):
    exciter, far = pair
    exciter = type(exciter)(Line(str(far.port)), patience_s=0.6)
    far.inside.on, far.inside.garbage = True, 1
    assert exciter.read().forward_w == 30


def test_nothing_but_garbage_is_no_reading(hasty_pair):
    exciter, far = hasty_pair
    far.inside.garbage = 100
    with pytest.raises(NoAnswer, match="không hiểu"):
        exciter.read()


def test_a_pulled_cable_is_told_and_taken_up_again(pair):
    exciter, far = pair
    far.inside.on = True
    exciter.read()
    far.cable.pull()
    with pytest.raises(NoAnswer, match="mất cổng nối tiếp"):
        exciter.read()
    far.cable.plug()
    assert exciter.read().carrier


def test_the_carrier_goes_on_and_off(crowned):
    exciter, _ = crowned
    exciter.carrier(on=True)
    assert exciter.read() == ExciterReading(
        carrier=True, locked=True, forward_w=30, reflected_w=0, frequency_khz=97_500
    )
    exciter.carrier(on=False)
    assert not exciter.read().carrier


def test_nothing_but_the_carrier_is_written(crowned):
    exciter, inside = crowned
    exciter.carrier(on=True)
    exciter.read()
    exciter.carrier(on=False)
    assert [said for said in inside.said if "=" in said] == ["TX.OPMODE=ON", "TX.OPMODE=OFF"]


def test_an_amplifier_without_a_switch_is_only_asked(tmp_path):
    with serial_transmitter(tmp_path, srk) as far:
        exciter = SrkExciter(Line(str(far.port)), patience_s=2)
        exciter.carrier(on=True)
        exciter.read()
        exciter.close()
        assert set(far.inside.said) <= {"FP?", "RP?"}


def test_alarms_are_told_in_words(crowned):
    exciter, inside = crowned
    inside.on, inside.reflected_w = True, 10
    assert exciter.read().alarms == ("sóng dội về quá lớn",)
    inside.interlock_open = True
    seen = exciter.read()
    assert (seen.locked, seen.alarms) == (False, ("khóa liên động đang mở",))


@pytest.mark.parametrize(
    ("mhz", "khz"), [(54, 54_000), (67.95, 67_950), (97.5, 97_500), (108, 108_000)]
)
def test_a_licence_is_in_one_of_two_bands(mhz, khz):
    assert licensed_khz(mhz) == khz


@pytest.mark.parametrize("mhz", [53.95, 68.05, 87.45, 108.05, 97.52, 0])
def test_a_frequency_that_cannot_be_licensed_is_refused(mhz):
    with pytest.raises(ValueError, match="tần số"):
        licensed_khz(mhz)
