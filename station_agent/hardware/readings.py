"""What the rig's parts say of themselves: values only. None: this part cannot tell."""

from enum import StrEnum

from msgspec import Struct


class Output(StrEnum):
    """What a board switches."""

    AMPLIFIER = "amplifier"
    MUTE = "mute"  # on: no sound reaches the loudspeakers
    CARRIER = "carrier"  # power or key of the transmitter
    FAN = "fan"
    WAKE_TONE = "wake_tone"


class Outputs(Struct, frozen=True, kw_only=True):
    """The outputs as they are seen to be, not as they were told to be."""

    amplifier: bool
    muted: bool
    carrier: bool


SAFE = Outputs(amplifier=False, muted=True, carrier=False)


class BoardReading(Struct, frozen=True, kw_only=True):
    """The board's sensors at `mono_ns` (CLOCK_MONOTONIC)."""

    mono_ns: int
    outputs: Outputs
    door_open: bool | None = None
    mains: bool | None = None
    interlock_closed: bool | None = None
    pilot_ok: bool | None = None
    temperature_c: float | None = None
    mains_v: float | None = None
    battery_v: float | None = None
    amp_ma: int | None = None
    forward_w: float | None = None
    reflected_w: float | None = None
    pilot_ma: int | None = None
    trips: int | None = None  # how often the board has missed its host since its reset
    firmware: int | None = None
    reset_cause: int | None = None


class ExciterReading(Struct, frozen=True, kw_only=True):
    """What the transmitter says of itself."""

    carrier: bool
    locked: bool
    forward_w: float | None = None
    reflected_w: float | None = None
    frequency_khz: int | None = None
    alarms: tuple[str, ...] = ()  # in Vietnamese, for the technician
