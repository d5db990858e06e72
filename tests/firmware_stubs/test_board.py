"""What the board does by itself, under a clock in one's hand. Runs on MicroPython too."""

from firmware_stubs import registers as r
from firmware_stubs.board import Board, Senses


def good(**other: int) -> Senses:
    """A world in good order but for what is given."""
    senses = Senses(door_open=0, mains_present=1, interlock_closed=1, temperature_dc=350)
    for name, value in other.items():
        setattr(senses, name, value)
    return senses


def quiet() -> Board:
    """A board that has just been switched on, in a good world."""
    board = Board(0, r.POWER_ON)
    board.tick(0, good())
    return board


def switch(board: Board, coil: int, on: int = 1) -> bool:
    """Turn the key and switch, as a host does."""
    assert board.write_holdings(r.ARM_KEY, [r.ARM])
    done = board.write_coils(coil, [on])
    board.feed()
    return done


def loud() -> Board:
    """A board on the air: amplifier on, not muted, transmitter on."""
    board = quiet()
    assert switch(board, r.FM_TX)
    assert switch(board, r.AMP_POWER)
    assert board.write_coils(r.SPK_MUTE, [0])
    return board


def test_a_board_that_has_seen_nothing_yet_switches_nothing_on():
    board = Board(0, r.POWER_ON)
    assert not switch(board, r.FM_TX)
    assert board.coils == list(r.SAFE)


def test_amplifier_and_transmitter_ask_for_the_key():
    board = quiet()
    for coil in (r.AMP_POWER, r.FM_TX):
        assert not board.write_coils(coil, [1])
        assert switch(board, coil)
    assert board.coils == [1, 1, 1, 0, 0]


def test_one_key_is_one_switching_on():
    board = quiet()
    assert switch(board, r.AMP_POWER)
    assert not board.write_coils(r.FM_TX, [1])


def test_a_wrong_key_takes_the_right_one_away():
    board = quiet()
    board.write_holdings(r.ARM_KEY, [r.ARM])
    assert board.holdings()[r.ARM_KEY] == r.ARM
    board.write_holdings(r.ARM_KEY, [r.ARM ^ 1])
    assert board.holdings()[r.ARM_KEY] == 0
    assert not board.write_coils(r.FM_TX, [1])


def test_the_key_lapses():
    board = quiet()
    board.write_holdings(r.ARM_KEY, [r.ARM])
    board.tick(r.ARMED_MS - 1, good())
    assert board.armed()
    board.tick(r.ARMED_MS, good())
    assert not board.armed()
    assert not board.write_coils(r.AMP_POWER, [1])


def test_off_needs_no_key():
    board = loud()
    assert board.write_coils(r.AMP_POWER, [0, 1, 0])
    assert board.coils == list(r.SAFE)


def test_what_is_on_may_be_told_so_again_without_a_key():
    board = loud()
    assert board.write_coils(r.AMP_POWER, [1])
    assert board.write_coils(0, [1, 0, 1, 0, 0])


def test_a_host_that_falls_silent_is_missed_at_its_time_and_counted_once():
    board = loud()
    board.write_holdings(r.WATCHDOG_S, [2])
    board.tick(2000, good())
    assert board.coils == [1, 0, 1, 0, 0]
    board.tick(2001, good())
    assert board.coils == list(r.SAFE)
    assert board.why == "silence"
    for now_ms in (3000, 60_000, 600_000):
        board.tick(now_ms, good())
    assert board.inputs()[r.WATCHDOG_TRIPS] == 1


def test_a_silent_host_with_nothing_on_is_no_trip():
    board = quiet()
    board.tick(3_600_000, good())
    assert board.inputs()[r.WATCHDOG_TRIPS] == 0


def test_a_fed_board_stays_loud_for_hours():
    board = loud()
    for second in range(0, 4 * 3600, 9):
        board.tick(second * 1000, good())
        board.feed()
    assert board.coils == [1, 0, 1, 0, 0]


def test_the_host_comes_back_after_a_trip():
    board = loud()
    board.tick(20_000, good())
    assert board.coils == list(r.SAFE)
    assert switch(board, r.AMP_POWER)
    board.tick(20_020, good())
    assert board.coils[r.AMP_POWER] == 1


def test_the_trip_takes_the_key_away():
    board = loud()
    board.tick(9_999, good())
    board.write_holdings(r.ARM_KEY, [r.ARM])
    board.tick(10_001, good())
    assert not board.armed()


def test_a_mute_that_was_opened_or_a_tone_is_loud_enough_to_trip():
    for coil, value in ((r.SPK_MUTE, 0), (r.WAKE_TONE, 1)):
        board = quiet()
        assert board.write_coils(coil, [value])
        board.tick(10_001, good())
        assert board.coils == list(r.SAFE)
        assert board.inputs()[r.WATCHDOG_TRIPS] == 1


def test_the_watchdog_is_switched_off_with_the_key_only():
    board = loud()
    assert not board.write_holdings(r.WATCHDOG_S, [0])
    board.write_holdings(r.ARM_KEY, [r.ARM])
    assert board.write_holdings(r.WATCHDOG_S, [0])
    board.tick(3_600_000, good())
    assert board.coils == [1, 0, 1, 0, 0]


def test_an_open_interlock_takes_the_transmitter_off_and_keeps_it_off():
    board = loud()
    board.tick(20, good(interlock_closed=0))
    assert board.coils == [1, 0, 0, 0, 0]
    assert board.why == "interlock"
    assert not switch(board, r.FM_TX)
    board.tick(40, good())
    assert board.coils[r.FM_TX] == 0  # it does not come back by itself
    assert switch(board, r.FM_TX)


def test_the_fan_runs_while_it_is_warm_and_does_not_chatter():
    board = quiet()
    seen = []
    for temperature in (440, 449, 450, 430, 401, 400, 399, 430, 449):
        board.tick(0, good(temperature_dc=temperature))
        seen.append(board.coils[r.FAN])
    assert seen == [0, 0, 1, 1, 1, 1, 0, 0, 0]


def test_a_fan_asked_for_runs_in_the_cold_and_a_warm_one_cannot_be_stopped():
    board = quiet()
    board.write_coils(r.FAN, [1])
    board.tick(0, good(temperature_dc=100))
    assert board.coils[r.FAN] == 1
    board.tick(0, good(temperature_dc=500))
    board.write_coils(r.FAN, [0])
    board.tick(0, good(temperature_dc=500))
    assert board.coils[r.FAN] == 1
    board.tick(0, good(temperature_dc=100))
    assert board.coils[r.FAN] == 0


def test_heat_cuts_everything_until_it_has_cooled():
    board = loud()
    board.tick(20, good(temperature_dc=849))
    assert board.coils == [1, 0, 1, 1, 0]
    board.tick(40, good(temperature_dc=850))
    assert board.coils == [0, 1, 0, 1, 0]
    assert board.why == "heat"
    board.tick(60, good(temperature_dc=700))
    assert not switch(board, r.AMP_POWER)
    board.tick(80, good(temperature_dc=699))
    assert switch(board, r.AMP_POWER)


def test_a_broken_sensor_starts_the_fan_and_cuts_nothing():
    board = loud()
    board.tick(20, good(temperature_dc=r.NO_SENSOR))
    assert board.coils == [1, 0, 1, 1, 0]


def test_a_hot_heatsink_stays_hot_when_its_sensor_tears():
    board = loud()
    board.tick(20, good(temperature_dc=900))
    board.tick(40, good(temperature_dc=r.NO_SENSOR))
    assert not switch(board, r.AMP_POWER)


def test_the_pilot_is_ok_within_its_limits_only():
    board = quiet()
    for ma, ok in ((1, 0), (60, 0), (83, 0), (84, 1), (120, 1), (156, 1), (157, 0), (800, 0)):
        board.tick(0, good(pilot_ma=ma))
        assert board.discretes()[r.PILOT_OK] == ok
        assert board.inputs()[r.PILOT_MA] == ma


def test_a_reading_beyond_a_word_is_the_greatest_word():
    board = quiet()
    board.tick(0, good(battery_mv=70_000))
    assert board.inputs()[r.BATTERY_MV] == 0xFFFF


def test_the_clock_of_a_year_is_no_matter():
    year_ms = 366 * 24 * 3600 * 1000
    board = Board(year_ms, r.POWER_ON)
    board.tick(year_ms, good())
    assert switch(board, r.AMP_POWER)
    board.tick(year_ms + 10_000, good())
    assert board.coils[r.AMP_POWER] == 1
    board.tick(year_ms + 10_001, good())
    assert board.coils[r.AMP_POWER] == 0
