"""Where the rig is, as a value, and when time alone asks for something; pure."""

from msgspec import Struct

from station_agent.hardware.kit import Kit
from station_agent.hardware.ports import Reach
from station_agent.hardware.steps import Step

POLL_S = 0.05  # between two tries of a step: a relay needs 10 to 20 ms
LOOK_S = 0.5  # while up: the current must be seen twice a second to prove what sounded
REST_S = 2.0  # while dark: door and temperature are slow
DOUBT_S = 0.2  # when something seemed wrong
RETRY_S = 1.0  # before a way down that met a deaf part is gone again
CODES = 3  # receivers miss one code in noise; three are 1.6 s of air (hardware.md §5.1)
MISSED_CODES = 2.5  # keep-alives: receivers close after three

NS = 1_000_000_000


class Sequence(Struct, frozen=True, kw_only=True):
    """All that the sequencer knows; times are CLOCK_MONOTONIC in nanoseconds."""

    step: Step = Step.STUCK
    since_ns: int = 0  # when this step began
    looked_ns: int = 0  # when the parts were last asked
    fed_ns: int = 0  # when the board last obeyed
    goal: Reach | None = None  # what the agent wants
    began_ns: int = 0  # when this rise began
    rise_ms: int = 0  # how long the last one took
    woken: Reach | None = None  # whom codes have reached
    codes: int = 0  # that have gone out to them
    coded_ns: int = 0  # when the last one did
    called_ns: int = 0  # when the last one was tried
    well_ns: int = 0  # when all was last seen to be right
    doubts: int = 0  # looks in a row that saw something wrong
    clear: bool = False  # the last look has shown all right that comes before unmuting
    fault: str = ""  # what could not be done since this step was last tried
    deaf: str = ""  # what has not gone down on this way down
    told: bool = False  # that the rig has failed, since it was last dark


def first(kit: Kit) -> Sequence:
    """On the way down, for nobody knows what was left behind: receivers that only a code closes
    may be open, and would let the next strong station into the village."""
    return Sequence(woken=Reach.ALL if kit.latching else None)


def ns(seconds: float) -> int:
    """Seconds in nanoseconds."""
    return round(seconds * NS)


def look_due_ns(seq: Sequence) -> int:
    """When the parts are to be asked again."""
    match seq.step:
        case Step.STUCK:
            wait_s = RETRY_S
        case Step.DARK:
            wait_s = DOUBT_S if seq.doubts else REST_S
        case Step.READY:
            wait_s = DOUBT_S if seq.doubts else LOOK_S
        case _:
            wait_s = POLL_S
    return seq.looked_ns + ns(wait_s)


def call_due_ns(seq: Sequence, kit: Kit) -> int | None:
    """When receivers need their next keep-alive; None while none do."""
    if seq.step is not Step.READY or kit.keep_alive_s is None:
        return None
    return seq.called_ns + ns(kit.keep_alive_s)


def wait_s(seq: Sequence, kit: Kit, now_ns: int) -> float:
    """Seconds until time alone asks for something."""
    call_ns = call_due_ns(seq, kit)
    due_ns = look_due_ns(seq)
    return max(0.0, (min(due_ns, call_ns or due_ns) - now_ns) / NS)
