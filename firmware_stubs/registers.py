"""The board's register map: the numbers that masters know it by, and what they may be."""

ADDRESS = 17
BAUD = 115200  # 19200 where the RS-485 line is long

# Coils
AMP_POWER, SPK_MUTE, FM_TX, FAN, WAKE_TONE = range(5)
COILS = 5
SAFE = (0, 1, 0, 0, 0)  # amplifier off, muted, transmitter off
ARMED_COILS = (AMP_POWER, FM_TX)  # what makes a village hear something asks for the arm key

# Discrete inputs; a broken wire reads as the careful answer: door open, no mains, interlock open
DOOR_OPEN, MAINS_PRESENT, INTERLOCK_CLOSED, PILOT_OK = range(4)
DISCRETES = 4

# Holding registers
WATCHDOG_S, VOLUME_PERCENT, ARM_KEY = range(3)
HOLDINGS = 3
WATCHDOG_MAX_S = 60
WATCHDOG_RESET_S = 10  # a host that never sets it is still missed after a few of its pulses
VOLUME_MAX = 100
ARM = 0xA5C3  # bits well mixed: no single register value that noise or a scan writes by chance
ARMED_MS = 5000  # the host arms right before it switches; longer is an open door

# Input registers
(
    TEMPERATURE_DC,
    MAINS_DV,
    BATTERY_MV,
    AMP_MA,
    FORWARD_DW,
    REFLECTED_DW,
    WATCHDOG_TRIPS,
    FIRMWARE_VERSION,
    RESET_CAUSE,
    PILOT_MA,
) = range(10)
INPUTS = 10
VERSION = 0x0100  # 1.0
NO_SENSOR = 0x7FFF  # temperature when the sensor is broken; true ones are signed 16-bit

# Reset causes
POWER_ON, HARD_WATCHDOG, SOFTWARE = 1, 2, 3

# Heat, in tenths of a degree
FAN_ON_DC, FAN_OFF_DC = 450, 400  # five degrees apart, so that the fan does not chatter
CUT_DC, COOL_DC = 850, 700  # heatsinks of class D amplifiers are rated to about 100 degrees

# The 20 kHz pilot at the end of the line, as one installation is set: 120 mA +/- 30 %. One of two
# horns lost (60), an open line (1) and a short (800) all lie outside.
PILOT_MIN_MA, PILOT_MAX_MA = 84, 156
