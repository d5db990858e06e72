"""The steps of the rig, up and down, and what must be seen at each; the one table of their order.

Up: check, carrier, lock, wake, amplifier, settle, unmute, ready. Down: mute, amplifier off,
release, carrier off, dark. (hardware.md §8)
"""

from enum import StrEnum

from station_agent.hardware.kit import Kit
from station_agent.hardware.readings import SAFE, Outputs


class Step(StrEnum):
    """Where the rig is: what it is doing now."""

    DARK = "dark"
    CHECK = "check"
    CARRIER = "carrier"
    LOCK = "lock"
    WAKE = "wake"
    AMPLIFIER = "amplifier"
    SETTLE = "settle"
    UNMUTE = "unmute"
    READY = "ready"
    MUTE = "mute"
    AMPLIFIER_OFF = "amplifier_off"
    RELEASE = "release"
    CARRIER_OFF = "carrier_off"
    STUCK = "stuck"  # something did not go down: soon to be tried again


RISE = (
    Step.CHECK,
    Step.CARRIER,
    Step.LOCK,
    Step.WAKE,
    Step.AMPLIFIER,
    Step.SETTLE,
    Step.UNMUTE,
    Step.READY,
)
FALL = (Step.MUTE, Step.AMPLIFIER_OFF, Step.RELEASE, Step.CARRIER_OFF, Step.DARK)
RISING, FALLING = frozenset(RISE[:-1]), frozenset(FALL[:-1])

WORDS = {
    Step.DARK: "Đang nghỉ",
    Step.CHECK: "Kiểm tra trước khi bật",
    Step.CARRIER: "Bật máy phát FM",
    Step.LOCK: "Chờ sóng FM ổn định",
    Step.WAKE: "Gọi các bộ thu",
    Step.AMPLIFIER: "Bật ampli",
    Step.SETTLE: "Chờ ampli ổn định",
    Step.UNMUTE: "Mở tiếng loa",
    Step.READY: "Đang phát",
    Step.MUTE: "Tắt tiếng loa",
    Step.AMPLIFIER_OFF: "Tắt ampli",
    Step.RELEASE: "Cho các bộ thu nghỉ",
    Step.CARRIER_OFF: "Tắt máy phát FM",
    Step.STUCK: "Chưa tắt được hết",
}

LIMIT_S = {
    Step.CHECK: 2.0,
    Step.CARRIER: 3.0,
    Step.LOCK: 10.0,  # synthesizer and power ramp of a cold transmitter
    Step.WAKE: 10.0,  # three codes of up to 1.5 s, and twice as much
    Step.AMPLIFIER: 2.0,
    Step.SETTLE: 2.0,  # beyond the settling itself
    Step.UNMUTE: 2.0,
    Step.MUTE: 2.0,  # two tries of a deaf board; the next part must not wait longer for it
    Step.AMPLIFIER_OFF: 2.0,
    Step.RELEASE: 3.0,
    Step.CARRIER_OFF: 3.0,
}


def after(kit: Kit, step: Step) -> Step:
    """The next step that this rig has."""
    order = RISE if step in RISING else FALL
    rest = order[order.index(step) + 1 :]
    return next(one for one in rest if has(kit, one))


def first_down(kit: Kit) -> Step:
    """Where the way down begins."""
    return next(one for one in FALL if has(kit, one))


def has(kit: Kit, step: Step) -> bool:
    """Whether a step concerns a part of this rig."""
    match step:
        case Step.CARRIER | Step.LOCK:
            return kit.radio
        case Step.WAKE | Step.RELEASE:
            return kit.receivers
        case Step.AMPLIFIER | Step.SETTLE | Step.UNMUTE:
            return kit.amplifier
        case Step.MUTE | Step.AMPLIFIER_OFF:
            return kit.board
        case _:
            return True


def outputs_at(kit: Kit, step: Step) -> Outputs:
    """What a board's outputs must all be when a step of the rise, or rest, has been reached."""
    if step not in RISE:
        return SAFE
    place = RISE.index(step)
    return Outputs(
        amplifier=kit.amplifier and place >= RISE.index(Step.AMPLIFIER),
        muted=not kit.amplifier or place < RISE.index(Step.UNMUTE),
        carrier=kit.carrier and place >= RISE.index(Step.CARRIER),
    )
