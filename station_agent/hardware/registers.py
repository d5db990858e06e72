"""The register map of our I/O board (hardware.md §8; compared with the firmware's by a test)."""

from enum import IntEnum

ADDRESS = 17
BAUD = 115200  # 19200 where the RS-485 line is long


class Coil(IntEnum):
    """Functions 01, 05, 0F."""

    AMP_POWER = 0
    SPK_MUTE = 1
    FM_TX = 2
    FAN = 3
    WAKE_TONE = 4


class Discrete(IntEnum):
    """Function 02."""

    DOOR_OPEN = 0
    MAINS_PRESENT = 1
    INTERLOCK_CLOSED = 2
    PILOT_OK = 3


class Holding(IntEnum):
    """Functions 03, 06, 10."""

    WATCHDOG_S = 0
    VOLUME_PERCENT = 1
    ARM_KEY = 2


class Input(IntEnum):
    """Function 04."""

    TEMPERATURE_DC = 0
    MAINS_DV = 1
    BATTERY_MV = 2
    AMP_MA = 3
    FORWARD_DW = 4
    REFLECTED_DW = 5
    WATCHDOG_TRIPS = 6
    FIRMWARE_VERSION = 7
    RESET_CAUSE = 8
    PILOT_MA = 9


SAFE = (0, 1, 0, 0, 0)
ARMED = frozenset({Coil.AMP_POWER, Coil.FM_TX})  # the board switches these on only once armed
ARM = 0xA5C3
WATCHDOG_MAX_S = 60
NO_SENSOR = 0x7FFF  # temperature; true ones are signed 16-bit
