"""What a station's plan says: gathered for all stations at once, worked out once per area."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from msgspec import UNSET, Struct, UnsetType
from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from contract import codec
from contract.ids import StationId
from contract.messages import AgentWanted, Envelope, Item, Relay, Sound
from contract.messages import Recording as PlanRecording
from contract.states import AiringState, Class
from contract.windows import Window
from controller.fleet import Chain, Fleet
from controller.model import Airing, Approval, Order, OrderKind, Recording, RelayGrant
from controller.relays import grants
from controller.releases import rollouts
from controller.station_sound import read_sounds

MEDIA_PATH = "media/{sha256}.ogg"
"""Relative to the media address of the station; web.media serves it."""

LONGEST_AIRING = timedelta(days=1)
"""None is longer."""

TOLD = (AiringState.PLANNED, AiringState.STARTED, AiringState.CLOSED)
"""A closed airing stays until it is over: a station that comes late still joins."""


class Told(Struct, frozen=True, eq=False):
    """One airing as plans tell it; `release` stands beside an item, a relay holds its grant."""

    item: Item | Relay
    ends_at: datetime
    recording: PlanRecording
    release: Envelope | None = None


class Body(Struct, frozen=True, omit_defaults=True):
    """What a plan tells of airings; the same for all stations under the same targets."""

    recordings: tuple[PlanRecording, ...]
    releases: tuple[Envelope, ...]
    items: tuple[Item, ...]
    relays: tuple[Relay, ...] = ()


class Content(Struct, frozen=True):
    """Everything in a plan but its number, its times and its reader; `digest` names it."""

    areas: Chain
    windows: tuple[Window, ...]
    body: Body
    agent: AgentWanted | UnsetType
    sound: Sound | UnsetType
    digest: str


class Programme:
    """The airings that plans are made from, found by target; bodies are kept for reuse."""

    def __init__(
        self,
        fleet: Fleet,
        told: dict[str, list[Told]],
        agents: Mapping[StationId, AgentWanted],
        sounds: Mapping[StationId, Sound],
    ) -> None:
        self._fleet, self._told, self._agents, self._sounds = fleet, told, agents, sounds
        self._known: dict[tuple[object, ...], tuple[Body, bytes]] = {}

    def content(self, station: StationId, since: datetime, horizon: timedelta) -> Content:
        """What a plan made at `since` for that long would say.

        A plan in force is judged by the time at which it was made: an airing that went by since
        then does not make it a different plan.
        """
        chain, windows = self._fleet.chains[station], self._fleet.windows[station]
        named = tuple(name for name in (*chain, station) if name in self._told)
        boxed = self._fleet.boxed.get(station)
        if boxed and boxed < since - LONGEST_AIRING:
            boxed = None  # as good as any other box: they share their bodies
        key = (named, since, horizon, boxed)
        if key not in self._known:
            body = self._body(named, since, since + horizon, boxed)
            self._known[key] = body, sha256(msgspec.json.encode(body)).digest()
        body, digest = self._known[key]
        agent = self._agents.get(station, UNSET)
        sound = self._sounds.get(station, UNSET)
        own = [one for one in (agent, sound) if one is not UNSET]
        whole = sha256(msgspec.json.encode((chain, windows, *own)) + digest)
        return Content(
            areas=chain,
            windows=windows,
            body=body,
            agent=agent,
            sound=sound,
            digest=whole.hexdigest(),
        )

    def _body(
        self, named: tuple[str, ...], since: datetime, until: datetime, boxed: datetime | None
    ) -> Body:
        """What begins with a box that took the place of another, not what that one began."""
        found = {
            told.item.airing: told
            for target in named
            for told in self._told[target]
            if told.ends_at > since and told.item.starts_at < until
            if boxed is None or told.item.starts_at > boxed
        }
        ordered = sorted(found.values(), key=lambda t: (t.item.starts_at, t.item.airing))
        return Body(
            recordings=tuple({t.recording.sha256: t.recording for t in ordered}.values()),
            releases=_releases(ordered),
            items=tuple(t.item for t in ordered if isinstance(t.item, Item)),
            relays=tuple(t.item for t in ordered if isinstance(t.item, Relay)),
        )


def read_programme(session: Session, fleet: Fleet, since: datetime, until: datetime) -> Programme:
    """The airings of plans made between `since` and now, up to `until`.

    Emergencies travel on their own. What people cancelled is not told any more.
    """
    cancelled = exists().where(Order.airing_id == Airing.id, Order.kind == OrderKind.ORDER)
    due = and_(
        Airing.state.in_(TOLD),
        Airing.cls != Class.EMERGENCY,
        Airing.ends_at > since,
        Airing.starts_at < until,
        ~cancelled,
    )
    told: dict[str, list[Told]] = defaultdict(list)
    for targets, one in (*_recordings(session, due), *_relays(session, due)):
        for target in targets:
            told[target].append(one)
    agents = rollouts.wanted(session, fleet.ours)
    return Programme(fleet, told, agents, read_sounds(session))


def _recordings(session: Session, due: ColumnElement[bool]) -> Iterator[tuple[Sequence[str], Told]]:
    """The recordings to be played, with their targets.

    Not what people took back before its start, though it may have started here before that was
    noticed.
    """
    query = (
        select(Airing, Recording, Approval.release_id, Approval.release)
        .join(Recording, Recording.sha256 == Airing.recording_sha256)
        .join(Approval, Approval.id == Airing.approval_id)
        .where(
            due,
            Approval.release_id.is_not(None),
            Approval.voided_at.is_(None) | (Approval.voided_at > Airing.starts_at),
        )
    )
    releases: dict[bytes, Envelope] = {}
    for airing, recording, release_id, release in session.execute(query):
        if release_id is None or release is None:
            continue
        if release not in releases:
            releases[release] = codec.decode(Envelope, release)
        yield (
            airing.targets,
            Told(
                item=_item(airing, release_id),
                ends_at=airing.ends_at,
                recording=plan_recording(recording),
                release=releases[release],
            ),
        )


def _relays(session: Session, due: ColumnElement[bool]) -> Iterator[tuple[Sequence[str], Told]]:
    """The relays, with their targets, each with the grant of its slot.

    Not what people took back, though it may be on the air: nobody has heard what it would say.
    """
    covers = and_(
        RelayGrant.approval_id == Airing.approval_id,
        RelayGrant.starts_at <= Airing.starts_at,
        RelayGrant.ends_at >= Airing.ends_at,
    )
    query = (
        select(Airing, Recording, RelayGrant.envelope)
        .join(Recording, Recording.sha256 == Airing.recording_sha256)
        .join(Approval, Approval.id == Airing.approval_id)
        .join(RelayGrant, covers)
        .where(due, Approval.voided_at.is_(None))
        .order_by(RelayGrant.starts_at)
    )
    for airing, recording, granted in session.execute(query):
        fallback = plan_recording(recording)
        one = Told(item=_relay(airing, granted), ends_at=airing.ends_at, recording=fallback)
        yield airing.targets, one


def plan_recording(row: Recording) -> PlanRecording:
    """A recording as stations are told of it."""
    return PlanRecording(
        sha256=row.sha256,
        path=MEDIA_PATH.format(sha256=row.sha256),
        size=row.size,
        samples=row.samples,
        format=row.format,
    )


def _item(airing: Airing, release_id: str) -> Item:
    return Item(
        airing=airing.id,
        bulletin=airing.bulletin_id,
        recording=airing.recording_sha256,
        release=release_id,
        starts_at=airing.starts_at,
        cls=Class(airing.cls),
        rank=airing.rank,
    )


def _relay(airing: Airing, granted: bytes) -> Relay:
    envelope, grant = grants.read(granted)
    return Relay(
        airing=airing.id,
        bulletin=airing.bulletin_id,
        grant=envelope,
        stream=grant.stream,
        fallback=airing.recording_sha256,
        starts_at=airing.starts_at,
        ends_at=airing.ends_at,
        cls=Class(airing.cls),
        rank=airing.rank,
    )


def _releases(ordered: Iterable[Told]) -> tuple[Envelope, ...]:
    """Each release once."""
    found = {
        told.item.release: told.release
        for told in ordered
        if isinstance(told.item, Item) and told.release is not None
    }
    return tuple(found.values())
