"""What a station's plan says: gathered for all stations at once, worked out once per area."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from msgspec import UNSET, Struct, UnsetType
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from contract import codec
from contract.ids import StationId
from contract.messages import AgentWanted, Envelope, Item, Sound
from contract.messages import Recording as PlanRecording
from contract.states import AiringState, Class
from contract.windows import Window
from controller.fleet import Chain, Fleet
from controller.model import Airing, Approval, Order, OrderKind, Recording
from controller.releases import rollouts
from controller.station_sound import read_sounds

MEDIA_PATH = "media/{sha256}.ogg"
"""Relative to the media address of the station; web.media serves it."""

TOLD = (AiringState.PLANNED, AiringState.STARTED, AiringState.CLOSED)
"""A closed airing stays until it is over: a station that comes late still joins."""


class Told(Struct, frozen=True, eq=False):
    """One airing as plans tell it."""

    item: Item
    ends_at: datetime
    recording: PlanRecording
    release: Envelope


class Body(Struct, frozen=True):
    """What a plan tells of airings; the same for all stations under the same targets."""

    recordings: tuple[PlanRecording, ...]
    releases: tuple[Envelope, ...]
    items: tuple[Item, ...]


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
        key = (named, since, horizon)
        if key not in self._known:
            body = self._body(named, since, since + horizon)
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

    def _body(self, named: tuple[str, ...], since: datetime, until: datetime) -> Body:
        found = {
            told.item.airing: told
            for target in named
            for told in self._told[target]
            if told.ends_at > since and told.item.starts_at < until
        }
        ordered = sorted(found.values(), key=lambda t: (t.item.starts_at, t.item.airing))
        return Body(
            recordings=tuple({t.recording.sha256: t.recording for t in ordered}.values()),
            releases=tuple({t.item.release: t.release for t in ordered}.values()),
            items=tuple(told.item for told in ordered),
        )


def read_programme(session: Session, fleet: Fleet, since: datetime, until: datetime) -> Programme:
    """The airings of plans made between `since` and now, up to `until`.

    Emergencies travel on their own. What people cancelled is not told any more, nor what they
    took back before its start, though it may have started here before that was noticed.
    """
    cancelled = exists().where(Order.airing_id == Airing.id, Order.kind == OrderKind.ORDER)
    query = (
        select(Airing, Recording, Approval.release_id, Approval.release)
        .join(Recording, Recording.sha256 == Airing.recording_sha256)
        .join(Approval, Approval.id == Airing.approval_id)
        .where(
            Airing.state.in_(TOLD),
            Airing.cls != Class.EMERGENCY,
            Airing.ends_at > since,
            Airing.starts_at < until,
            Approval.release_id.is_not(None),
            ~cancelled,
            Approval.voided_at.is_(None) | (Approval.voided_at > Airing.starts_at),
        )
    )
    agents = rollouts.wanted(session, fleet.chains)
    told = _by_target(session.execute(query))
    return Programme(fleet, told, agents, read_sounds(session))


def _by_target(
    rows: Iterable[tuple[Airing, Recording, str | None, bytes | None]],
) -> dict[str, list[Told]]:
    releases: dict[bytes, Envelope] = {}
    told: dict[str, list[Told]] = defaultdict(list)
    for airing, recording, release_id, release in rows:
        if release_id is None or release is None:
            continue
        if release not in releases:
            releases[release] = codec.decode(Envelope, release)
        one = Told(
            item=_item(airing, release_id),
            ends_at=airing.ends_at,
            recording=plan_recording(recording),
            release=releases[release],
        )
        for target in airing.targets:
            told[target].append(one)
    return told


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
