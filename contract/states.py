"""States and their allowed moves, as data: an undeclared move raises."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Any, TypeVar

from contract.errors import UndeclaredMove


class Class(IntEnum):
    """Bulletin classes of Thông tư 39/2020/TT-BTTTT; 1 is the highest."""

    EMERGENCY = 1
    PRIORITY = 2
    NORMAL = 3


class Profile(StrEnum):
    """For which loudspeaker a station shapes its sound; the recordings are the same for all."""

    FLAT = "flat"  # as mastered: indoor loudspeakers, line outputs
    HORN = "horn"  # reentrant horns on poles
    FM = "fm"  # an FM exciter, which adds the pre-emphasis itself


class Resume(StrEnum):
    """What a displaced item does when what displaced it has ended."""

    AT_CUT = "at_cut"
    RESTART = "restart"
    JOIN = "join"  # at the wall-clock offset, as if it had gone on
    DROP = "drop"


class Late(StrEnum):
    """What an item does when its start has passed but its late limit has not."""

    JOIN = "join"  # seek to the wall-clock offset
    FROM_START = "from_start"  # whole, but late


class Phase(StrEnum):
    """One airing on one station."""

    PLANNED = "planned"
    PREPARING = "preparing"  # amplifier and player are being made ready
    ON_AIR = "on_air"
    DISPLACED = "displaced"  # interrupted: by higher precedence or a fault; waits for its next run
    DONE = "done"  # its one `ended` line is in the journal


class Cause(StrEnum):
    """Why an airing ended on a station."""

    FINISHED = "finished"
    LATE = "late"  # past its late limit: never aired late
    DISPLACED = "displaced"  # its place was taken and its policy is to drop, or its time is over
    CANCELLED = "cancelled"  # left the plan, or a cancel order
    STOPPED = "stopped"  # a stop order
    WINDOW = "window"  # outside the permitted hours
    NO_RECORDING = "no_recording"  # not fetched in time
    BAD_RECORDING = "bad_recording"  # bytes do not match the promised sha256, or cannot be decoded
    PLAYER = "player"  # the player or its sink failed
    POWER = "power"  # the agent or the box went down and the time was over when it came back
    NOT_RELEASED = "not_released"
    CLOCK = "clock"  # its time went by while the station's clock could not be believed
    DISK = "disk"  # its time went by while nothing could be written down
    RIG = "rig"  # amplifier or transmitter were not up: what left the player was unheard


class Verdict(StrEnum):
    """What the server concludes about one airing on one station."""

    PENDING = "pending"
    AIRED = "aired"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    MISSED = "missed"
    FAILED = "failed"
    UNVERIFIED = "unverified"


class AgentPhase(StrEnum):
    """How far a station has come with a newer copy of its agent."""

    STAGED = "staged"  # fetched, checked, and waiting for a quiet moment
    TRIED = "tried"  # the next start is the new copy's trial
    KEPT = "kept"
    GIVEN_UP = "given_up"  # back to the one before; not tried again
    FAILED = "failed"  # could not be fetched; tried again later


class ToneOutcome(StrEnum):
    """What came of a self-test."""

    SOUNDED = "sounded"  # to its last sample
    BUSY = "busy"  # something sounds or begins soon, or another test is under way
    HOURS = "hours"  # outside the permitted hours
    CLOCK = "clock"  # whether these are permitted hours is not known
    DISK = "disk"  # it could not have been written down
    GAVE_WAY = "gave_way"  # something else wanted the air
    STOPPED = "stopped"  # by an order, or because the agent ended
    RIG = "rig"  # amplifier or transmitter did not come up, or fell
    PLAYER = "player"


class OrderState(StrEnum):
    """One order (or emergency) on its way to one station."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"


class BulletinState(StrEnum):
    """A bulletin from the first word to the last airing."""

    DRAFT = "draft"
    VOICING = "voicing"  # its recording is being made
    READY = "ready"  # there is a recording to listen to
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class AiringState(StrEnum):
    """One airing for all its targets."""

    PLANNED = "planned"
    REFUSED = "refused"  # the planner could not place it; its reason is kept and shown
    STARTED = "started"  # targets are frozen
    CLOSED = "closed"  # every target has a verdict
    CANCELLED = "cancelled"


S = TypeVar("S", bound=StrEnum)
Moves = Mapping[S, frozenset[S]]

PHASE_MOVES: Moves[Phase] = {
    Phase.PLANNED: frozenset({Phase.PREPARING, Phase.DISPLACED, Phase.DONE}),
    Phase.PREPARING: frozenset({Phase.ON_AIR, Phase.DISPLACED, Phase.DONE}),
    Phase.ON_AIR: frozenset({Phase.DISPLACED, Phase.DONE}),
    Phase.DISPLACED: frozenset({Phase.PREPARING, Phase.DONE}),
    Phase.DONE: frozenset(),
}

VERDICT_MOVES: Moves[Verdict] = {
    Verdict.PENDING: frozenset(set(Verdict) - {Verdict.PENDING}),
    # silence from a station is unverified after 10 days; what it reports later still counts
    Verdict.UNVERIFIED: frozenset(set(Verdict) - {Verdict.PENDING, Verdict.UNVERIFIED}),
    **{
        verdict: frozenset()
        for verdict in (
            Verdict.AIRED,
            Verdict.PARTIAL,
            Verdict.SKIPPED,
            Verdict.MISSED,
            Verdict.FAILED,
        )
    },
}

ORDER_MOVES: Moves[OrderState] = {
    OrderState.QUEUED: frozenset({OrderState.ACCEPTED, OrderState.REFUSED, OrderState.EXPIRED}),
    OrderState.ACCEPTED: frozenset(),
    OrderState.REFUSED: frozenset(),
    OrderState.EXPIRED: frozenset(),
}

BULLETIN_MOVES: Moves[BulletinState] = {
    BulletinState.DRAFT: frozenset({BulletinState.VOICING, BulletinState.WITHDRAWN}),
    # back to draft when the voice fails or the text is edited meanwhile
    BulletinState.VOICING: frozenset(
        {BulletinState.READY, BulletinState.DRAFT, BulletinState.WITHDRAWN}
    ),
    BulletinState.READY: frozenset(
        {BulletinState.SUBMITTED, BulletinState.DRAFT, BulletinState.WITHDRAWN}
    ),
    # any edit goes back to draft and voids what was decided
    BulletinState.SUBMITTED: frozenset(
        {
            BulletinState.APPROVED,
            BulletinState.RETURNED,
            BulletinState.DRAFT,
            BulletinState.WITHDRAWN,
        }
    ),
    BulletinState.RETURNED: frozenset(
        {BulletinState.DRAFT, BulletinState.SUBMITTED, BulletinState.WITHDRAWN}
    ),
    BulletinState.APPROVED: frozenset({BulletinState.DRAFT, BulletinState.WITHDRAWN}),
    BulletinState.WITHDRAWN: frozenset(),
}

AIRING_MOVES: Moves[AiringState] = {
    AiringState.PLANNED: frozenset(
        {AiringState.STARTED, AiringState.REFUSED, AiringState.CANCELLED}
    ),
    AiringState.REFUSED: frozenset({AiringState.PLANNED, AiringState.CANCELLED}),
    AiringState.STARTED: frozenset({AiringState.CLOSED}),
    AiringState.CLOSED: frozenset(),
    AiringState.CANCELLED: frozenset(),
}

TABLES: Mapping[type[StrEnum], tuple[Moves[Any], StrEnum]] = {
    Phase: (PHASE_MOVES, Phase.PLANNED),
    Verdict: (VERDICT_MOVES, Verdict.PENDING),
    OrderState: (ORDER_MOVES, OrderState.QUEUED),
    BulletinState: (BULLETIN_MOVES, BulletinState.DRAFT),
    AiringState: (AIRING_MOVES, AiringState.PLANNED),
}


def move(moves: Moves[S], old: S, new: S) -> S:
    """`new`, when the table allows it. Raises UndeclaredMove."""
    if new not in moves[old]:
        raise UndeclaredMove(old, new)
    return new


def _check(kind: type[StrEnum], moves: Moves[Any], start: StrEnum) -> None:
    """Every state is in the table and can be reached from the first one."""
    reached, todo = {start}, [start]
    while todo:
        fresh = set(moves.get(todo.pop(), ())) - reached
        reached |= fresh
        todo += fresh
    if set(moves) != set(kind) or reached != set(kind):
        raise TypeError(f"{kind.__name__}: states outside the table or out of reach")


for _kind, (_moves, _start) in TABLES.items():
    _check(_kind, _moves, _start)
