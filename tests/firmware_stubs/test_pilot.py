"""The pilot on the loudspeaker line, measured in samples. Runs on MicroPython too."""

from firmware_stubs import calibration, pilot
from firmware_stubs import registers as r
from firmware_stubs.sim_world import World, samples


def measured_ma(true_ma: int, speech_counts: int) -> int:
    """Measure as the board does."""
    taken = samples(true_ma, speech_counts)
    return round(pilot.amplitude(taken) * calibration.PILOT_MA_PER_COUNT)


def test_the_current_is_found_to_a_milliampere():
    for true_ma in (0, 1, 60, 120, 400, 800):
        assert abs(measured_ma(true_ma, 0) - true_ma) <= 1


def test_speech_beside_it_changes_little():
    for true_ma in (1, 60, 120):
        assert abs(measured_ma(true_ma, 300) - true_ma) <= 2


def test_a_lost_horn_an_open_line_and_a_short_are_told_apart():
    assert r.PILOT_MIN_MA <= measured_ma(120, 300) <= r.PILOT_MAX_MA
    for wrong in (1, 60, 800):
        assert not r.PILOT_MIN_MA <= measured_ma(wrong, 300) <= r.PILOT_MAX_MA


def test_another_tone_is_not_the_pilot():
    assert pilot.amplitude(samples(120, 0), 15_000) < 2


def test_the_world_measures_the_pilot_only_through_an_amplifier_that_is_on():
    world = World()
    assert world.senses([0, 1, 0, 0, 0]).pilot_ma == 0
    assert abs(world.senses([1, 1, 0, 0, 0]).pilot_ma - 120) <= 1
    world.change({"pilot_ma": 60})
    assert abs(world.senses([1, 0, 0, 0, 0]).pilot_ma - 60) <= 2


def test_the_world_gives_current_and_power_as_the_outputs_are():
    world = World()
    world.change({"programme_ma": 900})
    assert world.senses([0, 0, 0, 0, 0]).amp_ma == 0
    assert world.senses([1, 1, 0, 0, 0]).amp_ma == 400
    assert world.senses([1, 0, 0, 0, 0]).amp_ma == 1300
    assert world.senses([0, 1, 0, 0, 0]).forward_dw == 0
    assert world.senses([0, 1, 1, 0, 0]).forward_dw == 500


def test_a_relay_that_is_stuck_shows():
    world = World()
    world.change({"stuck_off": 1, "stuck_on": 4})
    assert world.pads([1, 1, 0, 0, 0]) == [0, 1, 1, 0, 0]


def test_the_front_end_is_calibrated():
    assert calibration.temperature_dc(750) == 250
    assert calibration.temperature_dc(400) == -100
    assert calibration.temperature_dc(0) == r.NO_SENSOR
    assert calibration.temperature_dc(3300) == r.NO_SENSOR
    assert calibration.mains_dv(2300) == 2300
    assert calibration.battery_mv(1150) == 12_650
    assert calibration.amp_ma(135) == 1350
    assert calibration.rf_dw(1732) == 299
    assert calibration.pilot_ma(240) == 120
