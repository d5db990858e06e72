"""Upward messages: state, beats, acknowledgements and the numbered lines of a station's journal."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from contract.errors import Refusal
from contract.messages import MOST, VERSION, Count, Identity, Instant, Percent, Sha256
from contract.proofs import Proof
from contract.stances import Decision, Stance
from contract.states import AgentPhase, Cause, Class, ToneOutcome


class PlanHeld(Struct, frozen=True, kw_only=True):
    """Which plan a station obeys."""

    epoch: Count
    version: Count


class OnAir(Struct, frozen=True, kw_only=True):
    """What sounds now."""

    airing: Identity
    cls: Class
    started_at: Instant


class State(Struct, frozen=True, kw_only=True):
    """Birth and every change; retained. The last will is the same with `online` false."""

    station: Identity
    boot: Identity  # new at every start of the agent: tells a stale will from a fresh one
    online: bool
    at: Instant
    journal: str = ""
    plan: PlanHeld | None = None
    on_air: OnAir | None = None
    agent: str = ""  # version of the agent
    troubles: tuple[str, ...] | UnsetType = UNSET  # codes of what is wrong now: clock, disk, rig
    stance: Decision | UnsetType = UNSET  # what is done with the air, why, and since when
    receivers: str | UnsetType = UNSET  # guarded or open; UNSET: it wakes none
    v: int = VERSION


class Machine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the box says of itself; None: it cannot tell."""

    memory_bytes: Count | None = None
    memory_free_bytes: Count | None = None  # what could be had without throwing anybody out
    load: Annotated[float, Meta(ge=0)] | None = None  # waiting processes, over a minute, per core
    cpu_c: float | None = None
    wear_percent: Count | None = None  # of the life that the storage was built for
    papers_end_at: Instant | None = None  # of its certificate; renewed when a month is left


class Modem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The SIM and its network, as 3GPP TS 27.007 words them; empty or None: not told."""

    answers: bool
    sim: str = ""  # READY, SIM PIN, ABSENT …
    network: str = ""  # home, roaming, searching, denied or none
    operator: str = ""
    dbm: int | None = None


class Senses(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the I/O board sees; None: it has no such sensor."""

    mains: bool | None = None
    battery_v: float | None = None
    temperature_c: float | None = None
    door_open: bool | None = None
    interlock_closed: bool | None = None


class Beat(Struct, frozen=True, kw_only=True):
    """Telemetry every 30 s; losing one is harmless."""

    station: Identity
    at: Instant
    uptime_s: Count
    free_bytes: Count
    recordings: Count  # verified recordings on the shelf
    volume: Percent
    underruns: Count  # since the agent started
    rss_bytes: Count
    clock_offset_ms: Annotated[int, Meta(ge=-MOST, le=MOST)] | None = None  # None: not known
    clock_uncertainty_ms: Count | UnsetType = UNSET  # how far the offset may be wrong
    synchronised: bool | UnsetType = UNSET  # whether the kernel follows a time server
    machine: Machine | UnsetType = UNSET
    modem: Modem | UnsetType = UNSET  # UNSET: none is watched
    senses: Senses | UnsetType = UNSET  # UNSET: no board
    root_version: Count | UnsetType = UNSET  # of the keys that it obeys
    v: int = VERSION


class Ack(Struct, frozen=True, kw_only=True):
    """A plan, order or emergency was accepted, or refused with a reason."""

    station: Identity
    of: str  # id of the message; "" when it could not be read
    topic: str
    at: Instant
    refused: Refusal | None = None
    detail: str = ""
    v: int = VERSION


class PlanTaken(Struct, frozen=True, kw_only=True, tag="plan_taken"):
    """A plan was verified and is obeyed from now on."""

    plan: Identity
    held: PlanHeld


class OrderTaken(Struct, frozen=True, kw_only=True, tag="order_taken"):
    """An order, an emergency or an all-clear was verified and obeyed."""

    order: Identity


class MessageRefused(Struct, frozen=True, kw_only=True, tag="refused"):
    """A message was not obeyed."""

    topic: str
    reason: Refusal
    detail: str
    of: str = ""


class RecordingHeld(Struct, frozen=True, kw_only=True, tag="held"):
    """A recording is on the shelf and its bytes match its name."""

    recording: Sha256


class RecordingLost(Struct, frozen=True, kw_only=True, tag="lost"):
    """A recording on the shelf did not match its name any more, and was thrown away."""

    recording: Sha256
    detail: str


class Started(Struct, frozen=True, kw_only=True, tag="started"):
    """Written before the device is opened: from here on the airing counts as begun."""

    airing: Identity
    bulletin: Identity
    recording: Sha256
    cls: Class
    planned_at: Instant
    from_sample: Count  # 0, or where a late join or a resumption begins


class Displaced(Struct, frozen=True, kw_only=True, tag="displaced"):
    """Something of higher precedence took the air; what had been played until then."""

    airing: Identity
    by: Identity
    played_samples: Count


class Ended(Struct, frozen=True, kw_only=True, tag="ended"):
    """The one final line of an airing on this station. Counts are samples at 48 kHz.

    `played_samples` are those of the recording that left the player, over all its runs.
    """

    airing: Identity
    bulletin: Identity
    cls: Class
    planned_at: Instant
    cause: Cause
    played_samples: Count = 0
    total_samples: Count = 0
    started_at: Instant | None = None  # when the first sample left the player
    ended_at: Instant | None = None  # when the last one did
    underruns: Count = 0
    rms_dbfs: float | None = None
    peak_dbfs: float | None = None
    evidence: str = "L0"
    detail: str = ""
    # of a relay: what `played_samples` were
    relayed_samples: Count | UnsetType = UNSET  # the stream's
    fallback_samples: Count | UnsetType = UNSET  # the fallback recording's
    silent_samples: Count | UnsetType = UNSET  # neither's: the station was silent
    proofs: tuple[Proof, ...] | UnsetType = UNSET  # what was measured meanwhile


class Decided(Struct, frozen=True, kw_only=True, tag="decided"):
    """What the station does with its air from now on, and why; when that begins or ends a sound,
    or holds one back."""

    stance: Stance


class Trouble(Struct, frozen=True, kw_only=True, tag="trouble"):
    """Something that a technician must know: disk, clock, player, link."""

    code: str
    detail: str


class AgentStep(Struct, frozen=True, kw_only=True, tag="agent"):
    """A newer copy of the agent was fetched, is tried, was kept, or was given up."""

    phase: AgentPhase
    version: str
    detail: str = ""


class SelfTested(Struct, frozen=True, kw_only=True, tag="self_tested"):
    """What came of a self-test: samples at 48 kHz that left the player, and the amplifier's
    current in mA, the least before the tone and the most during it (None: no board tells)."""

    order: Identity
    outcome: ToneOutcome
    played_samples: Count = 0
    total_samples: Count = 0
    rest_ma: Count | None = None
    loud_ma: Count | None = None
    detail: str = ""


class Diagnosed(Struct, frozen=True, kw_only=True, tag="diagnosed"):
    """A diagnosis was brought to the server, or why it was not."""

    order: Identity
    size: Count = 0  # bytes
    problem: str = ""


Event = (
    PlanTaken
    | OrderTaken
    | MessageRefused
    | RecordingHeld
    | RecordingLost
    | Started
    | Displaced
    | Ended
    | Trouble
    | Decided
    | AgentStep
    | SelfTested
    | Diagnosed
)


class Line(Struct, frozen=True, kw_only=True):
    """One numbered line of a journal; `n` starts at 1 and has no gaps."""

    n: Annotated[int, Meta(ge=1, le=MOST)]
    at: Instant
    event: Event


class Report(Struct, frozen=True, kw_only=True):
    """A batch of journal lines, in order. `journal` is new with every new disk."""

    station: Identity
    journal: Identity
    lines: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=100)]
    v: int = VERSION


class Receipt(Struct, frozen=True, kw_only=True):
    """Downward: the highest line below which the server has stored every line.

    `at` is the server's time when it stored them. It is not signed: a station compares its clock
    with it and tells, and never acts on it.
    """

    station: Identity
    journal: Identity
    through: Count
    at: Instant | UnsetType = UNSET
    v: int = VERSION


AIRED_SHARE = 0.98
"""`aired` = at least this share of the samples left the player; fewer is `partial`."""

RECEIVERS_GUARDED, RECEIVERS_OPEN = "guarded", "open"
"""Whether receivers obey our own code only, or one that whoever has heard it can repeat."""

EVIDENCE = ("L0", "L1", "L2", "L3")
"""L0 player says so · L1 amplifier current · L2 speaker line · L3 microphone or off-air."""
