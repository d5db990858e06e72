"""Downward messages: the plan, orders and emergencies, as a signed payload holds them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from contract.states import Class, Late, Profile, Resume
from contract.windows import Window

VERSION = 1

MOST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly (RFC 7493 §2.2)."""

DAY_MS = 86_400_000

Instant = Annotated[datetime, Meta(tz=True)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Identity = Annotated[str, Meta(min_length=1, max_length=40)]
StreamUrl = Annotated[str, Meta(pattern=r"^https?://[^\s/@]+/\S*\Z", max_length=500)]
Stream = Annotated[str, Meta(pattern=r"^(https?://[^\s/@]+/\S*|input:(line|fm))\Z", max_length=500)]
"""What a relay takes over: an address, or what a station hears at its own line or FM input."""
HostName = Annotated[str, Meta(pattern=r"^([a-z0-9-]+\.)+[a-z][a-z0-9-]*\Z", max_length=253)]
"""A name and no number: what it leads to is looked at when it is connected to."""
HOSTS = 8  # that a stream may be spread over; content networks use two or three
Count = Annotated[int, Meta(ge=0, le=MOST)]
Percent = Annotated[int, Meta(ge=0, le=100)]


class Envelope(Struct, frozen=True, kw_only=True):
    """A DSSE envelope (secure-systems-lab/dsse v1.0.2): what is signed, by whom.

    `payload` is base64 of the bytes that were signed.
    """

    payloadType: str  # noqa: N815 - the name is DSSE's
    payload: str
    # a role has a handful of keys; each signature costs a pass over the payload
    signatures: Annotated[list["Signature"], Meta(max_length=16)]


class Signature(Struct, frozen=True, kw_only=True):
    """One Ed25519 signature over the DSSE pre-authentication encoding, base64."""

    keyid: str
    sig: str


class Signed(Struct, frozen=True, kw_only=True):
    """What every signed payload says about itself; times are UTC instants."""

    id: Identity
    aud: tuple[str, ...]  # station ids and area ids; at least one must be the reader's
    seq: Count  # goes up with each message of its issuer
    iat: Instant
    nbf: Instant
    exp: Instant
    v: int = VERSION


class Recording(Struct, frozen=True, kw_only=True):
    """A finished sound, named by its sha256; `path` is relative to the station's media address."""

    sha256: Sha256
    path: str
    size: Count  # bytes
    # at 48 kHz, what the player must count to have played it whole; none is longer than a day
    samples: Annotated[int, Meta(ge=0, le=DAY_MS * 48)]
    format: str  # "audio/ogg; codecs=opus"

    @property
    def duration_ms(self) -> int:
        """Length at 48 kHz."""
        return self.samples // 48


class Release(Signed, frozen=True, kw_only=True):
    """A person's approval: this recording may sound in these places, in this class and time.

    `aud` are the targets. Signed by role `release`.
    """

    bulletin: Identity
    recording: Sha256
    cls: Class
    starts: tuple[Instant, ...] = ()  # exact starts allowed; empty: any start in [nbf, exp]


class Item(Struct, frozen=True, kw_only=True):
    """One airing in a station's plan; `release` and `recording` name entries of its tables."""

    airing: Identity
    bulletin: Identity
    recording: Sha256
    release: Identity
    starts_at: Instant
    cls: Class
    rank: Count = 0  # precedence within the class: see contract.precedence
    resume: Resume = Resume.AT_CUT
    late: Late = Late.JOIN
    late_limit_ms: Annotated[int, Meta(ge=0, le=DAY_MS)] = 120_000
    volume: Percent | None = None  # None: the station's own


class Grant(Signed, frozen=True, kw_only=True):
    """A person's approval of a relay: this stream may sound in these places, from `nbf` to `exp`.

    `aud` are the targets. Signed by role `release`. What sounds while the stream does not is
    `fallback`, as often as it takes. `hosts` are those beside its own that the stream may lead to.
    """

    bulletin: Identity
    stream: Stream
    fallback: Sha256
    cls: Class
    hosts: Annotated[tuple[HostName, ...], Meta(max_length=HOSTS)] = ()


class Relay(Struct, frozen=True, kw_only=True):
    """One airing of another's programme, live, from a start to an end; see contract.relay."""

    airing: Identity
    bulletin: Identity
    grant: Envelope
    stream: Stream
    fallback: Sha256  # one of the plan's recordings
    starts_at: Instant
    ends_at: Instant
    cls: Class
    rank: Count = 0
    silence_s: Annotated[int, Meta(ge=2, le=60)] = 10  # so long a silence is a fault of the stream
    volume: Percent | None = None


class HourVolume(Struct, frozen=True, kw_only=True):
    """The station's volume in one span of the day, local time."""

    hours: Window
    percent: Percent


ShiftMs = Annotated[int, Meta(ge=0, le=2_000)]
"""Longer than any pipeline, and than the way of sound between horns that are heard together."""

FadeMs = Annotated[int, Meta(ge=10, le=1_000)]
"""Shorter clicks; longer takes words away."""


class Sound(Struct, frozen=True, kw_only=True):
    """How a station sounds: the rules of its place, set by those who look after it.

    Of `hours`, the first that holds counts. `maximum` bounds everything but emergencies, which
    `emergency` bounds. `offset_ms` is added to the start of what is planned, so that clusters that
    are heard together do not blur; `latency_ms` is what lies between player and horn, and is
    subtracted. Emergencies begin at once, whatever these two say.
    """

    volume: Percent | None = None  # None: the box's own setting
    maximum: Percent = 100
    emergency: Percent = 100
    hours: Annotated[tuple[HourVolume, ...], Meta(max_length=24)] = ()
    offset_ms: ShiftMs = 0
    latency_ms: ShiftMs = 0
    fade_in_ms: FadeMs = 50  # of a beginning in the middle of a recording
    fade_out_ms: FadeMs = 50  # an emergency cuts in within 50 ms, however long this is
    profile: Profile | None = None  # None: the box's own setting; never changes while it sounds


class AgentWanted(Struct, frozen=True, kw_only=True):
    """Which version of its agent a station should run; what that is, only its makers' keys say."""

    version: Annotated[str, Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,39}\Z")]
    not_before: Instant


class Plan(Signed, frozen=True, kw_only=True):
    """All airings of one station for the next days: its whole desired state. Signed by `plan`.

    (`epoch`, `seq`) only go up; `seq` is the plan's version. `exp` is the end of what it covers.
    """

    station: Identity
    epoch: Count
    areas: tuple[str, ...]  # the areas that the station lies in, nearest first
    windows: tuple[Window, ...]
    recordings: tuple[Recording, ...]
    releases: tuple[Envelope, ...]
    items: tuple[Item, ...]
    sound: Sound | UnsetType = UNSET
    agent: AgentWanted | UnsetType = UNSET
    relays: tuple[Relay, ...] | UnsetType = UNSET


class Stop(Struct, frozen=True, kw_only=True, tag="stop"):
    """End what sounds now, and whatever waits to be resumed."""


class Cancel(Struct, frozen=True, kw_only=True, tag="cancel"):
    """An airing must not sound, or must stop when it does."""

    airing: Identity


class SetVolume(Struct, frozen=True, kw_only=True, tag="volume"):
    """The station's own volume from now on; None: as its plan and its settings say."""

    percent: Percent | None


class SelfTest(Struct, frozen=True, kw_only=True, tag="self_test"):
    """Sound a quiet tone, when it is permitted and nothing else wants the air; `self_tested`
    follows.

    `percent` is of the station's own volume; the tone itself lies 20 dB below full scale.
    """

    seconds: Annotated[int, Meta(ge=1, le=10)] = 5
    percent: Annotated[int, Meta(ge=1, le=50)] = 20


class Diagnose(Struct, frozen=True, kw_only=True, tag="diagnose"):
    """Bring a diagnosis of yourself to the server, under the id of this order."""


class Order(Signed, frozen=True, kw_only=True):
    """An instruction that cannot wait. Signed by role `plan`; not retained."""

    do: Stop | Cancel | SetVolume | SelfTest | Diagnose


class Emergency(Signed, frozen=True, kw_only=True):
    """Sound this now, `times` times, until `exp` at the latest. Needs the `emergency` threshold."""

    airing: Identity
    bulletin: Identity
    recording: Recording
    rank: Count = 0  # higher area first; see contract.precedence
    times: Annotated[int, Meta(ge=1, le=20)] = 1
    volume: Percent | None = None


class AllClear(Signed, frozen=True, kw_only=True):
    """Takes the place of an emergency on its topic: stop it, and never start it again."""

    emergency: Identity


PAYLOAD_TYPES: dict[type[Signed], str] = {
    Plan: "application/vnd.truyenthanh.plan+json",
    Release: "application/vnd.truyenthanh.release+json",
    Grant: "application/vnd.truyenthanh.grant+json",
    Order: "application/vnd.truyenthanh.order+json",
    Emergency: "application/vnd.truyenthanh.emergency+json",
    AllClear: "application/vnd.truyenthanh.all-clear+json",
}
