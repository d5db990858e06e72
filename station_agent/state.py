"""What the agent knows: values only. `Memory` is the part that survives a power cut."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import UNSET, Struct, UnsetType

from contract.claims import Floor
from contract.messages import Plan, Recording, Sound
from contract.precedence import Standing
from contract.stances import Decision
from contract.states import Cause, Class, Late, Phase, Profile, Resume, ToneOutcome
from contract.trust import Trust
from station_agent.evidence.ear_known import EarKnown
from station_agent.evidence.gathered import Expected, Gathered
from station_agent.hardware.readings import BoardReading
from station_agent.held_root import HeldRoot
from station_agent.player import wire
from station_agent.rig_known import RigKnown
from station_agent.samples import Span, count_heard, span_of
from station_agent.updates.progress import Update


class Moment(Struct, frozen=True):
    """One instant on both clocks: aware wall time, and CLOCK_MONOTONIC in nanoseconds.

    `error_ms` is the most that the wall clock is wrong by; None: it follows no time server.
    """

    now: datetime
    mono_ns: int
    error_ms: int | None = None


class Doubt(StrEnum):
    """Why the wall clock is not believed (clock_sense.py)."""

    BEHIND = "behind"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


class Stopping(Struct, frozen=True):
    """Why a run is being faded out; `by` is the airing that takes its place, or the order."""

    why: Cause
    by: str = ""


class Over(Struct, frozen=True, kw_only=True):
    """The player's last word on a run, kept until the rig was seen well after its last sample."""

    word: wire.Ended
    first_at: datetime | None
    last_at: datetime | None


class Run(Struct, frozen=True, kw_only=True):
    """One go of an airing at the player, from the command to its end.

    `anchor` is when sample 0 sounds (or would have) on this run's time line. `deaf_ns`: what left
    the player from then on was not heard, for the rig was not up.
    """

    number: int
    from_sample: int
    anchor: datetime
    due_ns: int
    first_ns: int | None = None  # when its first sample sounded
    played: int = 0
    underruns: int = 0
    stopping: Stopping | None = None
    deaf_ns: int | None = None
    over: Over | None = None


class Cut(Struct, frozen=True, kw_only=True):
    """How the last run was broken off: `why` is displaced, power, player or rig."""

    why: Cause
    at: datetime
    sample: int  # the next one that would have sounded
    anchor: datetime


class Relayed(Struct, frozen=True, kw_only=True):
    """What a station takes over live, and what its samples were so far."""

    stream: str
    silence_s: int
    hosts: tuple[str, ...] = ()
    live: int = 0
    fallback: int = 0
    silent: int = 0


class Airing(Struct, frozen=True, kw_only=True):
    """One airing on this station, from its plan item or emergency order to its one Ended line."""

    id: str
    bulletin: str
    recording: Recording
    cls: Class
    rank: int
    planned_at: datetime
    shift_ms: int = 0  # by the plan's sound: it begins so much after `planned_at`
    resume: Resume
    late: Late
    late_limit_ms: int
    volume: int | None = None
    times: int = 1
    until: datetime | None = None  # emergencies: not a sample after this
    order: str = ""  # emergencies: the id of the order
    phase: Phase = Phase.PLANNED
    run: Run | None = None
    runs: int = 0
    plays: int = 0  # whole plays behind it (an emergency may have several)
    heard: tuple[Span, ...] = ()  # of the present play
    cut: Cut | None = None
    faults: int = 0  # runs lost to the player
    not_before: datetime | None = None  # after a fault: do not try again at once
    started_at: datetime | None = None
    ended_at: datetime | None = None
    underruns: int = 0
    sounded: int = 0  # samples of all runs, repeated ones too
    energy: float = 0.0  # sum over runs of mean square x samples
    peak_dbfs: float | None = None
    relay: Relayed | None = None  # None: it plays its recording

    @property
    def planned_end(self) -> datetime:
        """When it is over if it starts as planned and nothing comes between."""
        return self.planned_at + span_of(self.recording.samples)

    @property
    def starts_at(self) -> datetime:
        """When its first sample is to leave the player."""
        if not self.shift_ms:
            return self.planned_at
        return self.planned_at + timedelta(milliseconds=self.shift_ms)

    @property
    def played(self) -> int:
        """Samples that left the player; what sounded twice counts once."""
        return self.plays * self.recording.samples + count_heard(self.heard)

    @property
    def live(self) -> Run | None:
        """Its run, unless that is being faded out or has sounded."""
        run = self.run
        return run if run is not None and run.stopping is None and run.over is None else None

    @property
    def emergency(self) -> bool:
        """Whether it came as an emergency order, and not with the plan."""
        return bool(self.order)

    @property
    def standing(self) -> Standing:
        """What decides its precedence."""
        return Standing(id=self.id, cls=self.cls, rank=self.rank, since=self.planned_at)

    @property
    def run_name(self) -> str:
        """The name of its latest run, for the player and its capture file."""
        return f"{self.id}-{self.runs}"


class Compared(Struct, frozen=True):
    """How far the server's clock is ahead of ours, and how far that may be wrong."""

    offset_ms: int
    uncertainty_ms: int


class HeldPlan(Struct, frozen=True):
    """A verified plan. `airings` are its items, first start first; `released` those approved."""

    plan: Plan
    airings: Mapping[str, Airing]
    released: frozenset[str]


class Seen(Struct, frozen=True):
    """An order that was obeyed, until when it is valid, and when it was obeyed."""

    until: datetime
    at: datetime


class Memory(Struct, frozen=True, kw_only=True):
    """What is on the disk before anything is heard or answered.

    `airings` are those that have begun, ended or come as an emergency. `seen` are the orders that
    were obeyed. `barred` maps emergencies and airings that must never start to when that ends.
    """

    plan: bytes | None = None  # the envelope, verified again at every start
    highest: tuple[int, int] = (0, 0)  # (epoch, seq) below which no plan is taken
    airings: Mapping[str, Airing] = {}
    seen: Mapping[str, Seen] = {}
    barred: Mapping[str, datetime] = {}
    volume: int | None = None  # percent, once an order has set it
    through: int = 0  # by its last receipt the server has stored the journal up to this line
    decisions: Mapping[str, Decision] = {}  # the last ones, by number
    lost_at: datetime | None = None  # when a journal was lost: what began before it is not known
    root: HeldRoot | None = None  # the newest that was taken; its version never goes back


class HeldBack(Struct, frozen=True):
    """A message that waits for the disk."""

    topic: str
    payload: bytes


class Refusals(Struct, frozen=True):
    """How many refusals were journalled since `since`: a flood must not fill the disk."""

    since: datetime
    count: int = 0


class Told(Struct, frozen=True):
    """How often a kind of trouble was told since `since_ns`."""

    since_ns: int
    count: int = 0


class Left(Struct, frozen=True, kw_only=True):
    """The airing that ended last, why, and by which order if one asked for it."""

    airing: str
    cause: Cause
    by: str = ""


class SelfTesting(Struct, frozen=True, kw_only=True):
    """A self-test under way; instants are CLOCK_MONOTONIC, currents the amplifier's."""

    order: str
    seconds: int
    percent: int
    since_ns: int
    told_ns: int | None = None  # when the player was told to sound it
    ending: ToneOutcome | None = None  # why it is being faded out
    rest_ma: int | None = None
    loud_ma: int | None = None

    @property
    def run(self) -> str:
        """The name of its run for the player."""
        return f"test-{self.order}"


class AgentState(Struct, frozen=True, kw_only=True):
    """All that `agent.step` knows."""

    station: str
    trust: Trust
    default_volume: int
    root: HeldRoot | None = None  # whose roles `trust` is; None: the keys never change
    floor: Floor | None = None  # what its box may obey begins above; None: it was the first
    journal: str = ""
    last_line: int = 0  # of the journal
    memory: Memory = Memory()
    plan: HeldPlan | None = None
    shelf: frozenset[str] = frozenset()
    unfetched: frozenset[str] = frozenset()  # recordings whose fetching has failed and was told
    unwritten: bool = False  # the disk fails: what is new is nowhere but in this memory
    held_back: HeldBack | None = None  # the latest plan that came meanwhile
    doubt: Doubt | None = None
    line: Moment | None = None  # from here on the station's time runs with CLOCK_MONOTONIC
    set_by_hand: bool = False  # the wall clock has left that line, and no time server did it
    kept_at: datetime | None = None  # the time that was kept over the last restart
    witnessed: datetime | None = None  # a signed message was made then, and our clock showed less
    keep_ns: int | None = None  # when it was last put down
    blind_until: datetime | None = None  # when the clock could be believed again
    server_clock: Compared | None = None
    woke_at: datetime | None = None
    player_since_ns: int | None = None  # None: no player process
    player_heard_ns: int = 0
    player_due_ns: int = 0
    player_asked_ns: int | None = None  # since when an idle player owes an answer
    player_volume: int | None = None
    player_profile: Profile | None = None  # None: the box's own
    underruns: int = 0
    refusals: Refusals | None = None
    told: Mapping[str, Told] = {}  # by the code of the trouble
    leaving: bool = False  # the agent is being stopped: nothing new begins
    left: Left | None = None
    decided: Decision | None = None  # the present stance
    fresh: tuple[Decision, ...] = ()  # those that are not in the memory yet
    fresh_ns: int | None = None  # since when one waits
    receivers: str | UnsetType = UNSET  # contract.reports.State.receivers
    expected: Expected = Expected()
    ear: EarKnown | None = None  # None: nothing listens to what is heard
    gathered: Mapping[str, Gathered] = {}  # of the airings that have begun, by their ids
    rig: RigKnown | None = None  # None: a station without one is always ready
    board: BoardReading | None = None  # what the board's sensors said last
    test: SelfTesting | None = None
    update: Update | None = None  # None: the agent is not replaced by itself here

    def moment(self, read: Moment) -> Moment:
        """The station's own time, when the machine's clocks are read like this."""
        if self.line is None:
            return read
        ran = timedelta(microseconds=(read.mono_ns - self.line.mono_ns) // 1000)
        return Moment(self.line.now + ran, read.mono_ns, read.error_ms)

    @property
    def clock_unsure(self) -> bool:
        """Whether the time is not known well enough for anything but emergencies."""
        return self.doubt is not None

    @property
    def names(self) -> frozenset[str]:
        """What a message may be addressed to, to be for us."""
        areas = self.plan.plan.areas if self.plan else ()
        return frozenset({self.station, *areas})

    @property
    def sound(self) -> Sound:
        """How the station is to sound by its plan."""
        told = self.plan.plan.sound if self.plan else UNSET
        return Sound() if isinstance(told, UnsetType) else told

    def can_sound(self, airing: Airing) -> bool:
        """Whether what it needs is here: a relay needs its recording only when its stream fails."""
        return airing.relay is not None or airing.recording.sha256 in self.shelf

    @property
    def open_airings(self) -> list[Airing]:
        """Those in memory that are not over."""
        return [a for a in self.memory.airings.values() if a.phase is not Phase.DONE]

    @property
    def running(self) -> list[Airing]:
        """Those of them with a run: given to the player, or over and not proved yet."""
        return [a for a in self.open_airings if a.run is not None]
