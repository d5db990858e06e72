"""What the board's front end makes of the world: millivolts at the converter into register units.

The trimmers of the front end are set so that these hold; the README tells the circuit of each.
"""

from firmware_stubs.registers import NO_SENSOR

PILOT_MA_PER_COUNT = 0.5  # a short of 800 mA must still fit a 12-bit converter
COLDEST_MV, HOTTEST_MV = 50, 2000  # -45 and +150 degrees: beyond, the sensor's wire is broken


def temperature_dc(mv: int) -> int:
    """TMP36: 500 mV at 0 degrees, 10 mV a degree."""
    return mv - 500 if COLDEST_MV <= mv <= HOTTEST_MV else NO_SENSOR


def mains_dv(mv: int) -> int:
    """Isolating transformer and rectifier: 10 mV a volt."""
    return mv


def battery_mv(mv: int) -> int:
    """Divider of 100 and 10 kiloohm."""
    return mv * 11


def amp_ma(mv: int) -> int:
    """Shunt and its amplifier in the supply of the power amplifier: 100 mV an ampere."""
    return mv * 10


def rf_dw(mv: int) -> int:
    """Diode behind a directional coupler, square law: 1 W gives 316 mV, 30 W 1732 mV."""
    return mv * mv // 10_000


def pilot_ma(mv: int) -> int:
    """Rectifier behind a 20 kHz filter, where the converter is too slow to sample it."""
    return mv // 2
