"""Live: how an airing stands with each of its stations."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct, structs
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from contract.states import AiringState, Verdict
from controller import areas, proofs
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import (
    Airing,
    Bulletin,
    ForeignOffer,
    Station,
    StationPlan,
    StationRecording,
    StationState,
    StationVerdict,
)
from controller.permissions import Permission, Who, scope

SAMPLES_PER_S = 48_000


class Stage(StrEnum):
    """How far an airing has come on one station."""

    WAITING = "waiting"  # the station has not accepted its newest plan yet
    PLANNED = "planned"
    FETCHED = "fetched"  # its recording is on the shelf
    PLAYING = "playing"
    DONE = "done"  # there is a verdict


class Heard(Struct, frozen=True):
    """What a relay was made of: the stream, the recording in its place, silence."""

    relayed_s: float
    fallback_s: float
    silent_s: float


class StationLine(Struct, frozen=True, kw_only=True):
    """One station of an airing. `verdict` is None until the airing has started."""

    station: str
    name: str
    stage: Stage
    online: bool
    seen_at: datetime | None
    planned_at: datetime
    verdict: Verdict | None = None
    reason: str = ""  # in Vietnamese
    started_at: datetime | None = None
    ended_at: datetime | None = None
    played_s: float = 0.0
    heard: Heard | None = None  # of a relay
    evidence: str | None = None
    rests_on: str = ""  # in Vietnamese: what was measured


class AiringView(Struct, frozen=True, kw_only=True):
    """An airing with the stations that the asking person may see."""

    airing: Airing
    bulletin: Bulletin
    lines: list[StationLine]
    tally: dict[Verdict, int]


def of_airing(session: Session, asking: Who, airing_id: str, now: datetime) -> AiringView:
    """Raises NotFound when neither the bulletin nor any of the stations is this person's."""
    airing = session.get(Airing, airing_id)
    if airing is None:
        raise NotFound("airing", airing_id)
    bulletin = session.get_one(Bulletin, airing.bulletin_id)
    today = local_day(now)
    seen = scope(session, asking, Permission.SEE_STATIONS, today)
    lines = _lines(session, airing, seen, now)
    mine = bulletin.area_id in scope(session, asking, Permission.SEE_BULLETINS, today)
    if not (mine or lines or _aimed_at(session, airing, seen, today)):
        raise NotFound("airing", airing_id)
    tally = Counter(line.verdict for line in lines if line.verdict is not None)
    return AiringView(airing=airing, bulletin=bulletin, lines=lines, tally=dict(tally))


def _aimed_at(session: Session, airing: Airing, seen: Collection[str], on: date) -> bool:
    """Whether it was to sound in some of these areas: a refused or cancelled one has no lines."""
    query = select(Station.id).where(_under(session, airing, on), Station.area_id.in_(seen))
    return session.scalars(query.limit(1)).first() is not None


def _under(session: Session, airing: Airing, on: date) -> ColumnElement[bool]:
    """The active stations that an airing is aimed at: in its areas, or named themselves."""
    inside = areas.subtrees(session, airing.targets, on)
    meant = or_(Station.area_id.in_(inside), Station.id.in_(airing.targets))
    return and_(Station.active, meant)


def _lines(
    session: Session, airing: Airing, seen: Collection[str], now: datetime
) -> list[StationLine]:
    """From the frozen targets, or before the start from those of today."""
    frozen = {
        row.station_id: row
        for row in session.scalars(
            select(StationVerdict).where(StationVerdict.airing_id == airing.id)
        )
    }
    planned = airing.state == AiringState.PLANNED
    stations: Iterable[str] = (
        session.scalars(select(Station.id).where(_under(session, airing, local_day(now))))
        if planned
        else frozen
    )
    told_at = func.coalesce(StationPlan.accepted_at, ForeignOffer.given_at)
    query = (
        select(Station, StationState, told_at, StationRecording.held_at)
        .join(StationState, StationState.station_id == Station.id)
        .outerjoin(StationPlan, StationPlan.station_id == Station.id)
        .outerjoin(
            ForeignOffer,
            (ForeignOffer.station_id == Station.id) & (ForeignOffer.airing_id == airing.id),
        )
        .outerjoin(
            StationRecording,
            (StationRecording.station_id == Station.id)
            & (StationRecording.sha256 == airing.recording_sha256),
        )
        .where(Station.id.in_(list(stations)))
        .order_by(Station.id)
    )
    known = (
        _Known(station, state, accepted, held, frozen.get(station.id))
        for station, state, accepted, held in session.execute(query)
    )
    return [_line(airing, one) for one in known if one.station.area_id in seen]


class _Known(Struct, frozen=True):
    """All that is known of an airing on one station."""

    station: Station
    state: StationState
    accepted_at: datetime | None
    held_at: datetime | None
    row: StationVerdict | None


def _line(airing: Airing, known: _Known) -> StationLine:
    line = StationLine(
        station=known.station.id,
        name=known.station.name,
        stage=_stage(airing, known),
        online=known.state.online,
        seen_at=known.state.seen_at,
        planned_at=airing.starts_at,
    )
    row = known.row
    if row is None:
        return line
    return structs.replace(
        line,
        verdict=Verdict(row.verdict),
        reason=_reason(row),
        started_at=row.started_at,
        ended_at=row.ended_at,
        played_s=row.played_samples / SAMPLES_PER_S,
        heard=heard_of(row),
        evidence=row.evidence,
        rests_on=proofs.tell(row.evidence, proofs.of_row(row)),
    )


def _stage(airing: Airing, known: _Known) -> Stage:
    row = known.row
    if row is not None and row.verdict != Verdict.PENDING:
        return Stage.DONE
    began = row is not None and row.started_at is not None
    if began or (known.state.on_air or {}).get("airing") == airing.id:
        return Stage.PLAYING
    if known.held_at is not None:
        return Stage.FETCHED
    return Stage.WAITING if known.accepted_at is None else Stage.PLANNED


def heard_of(row: StationVerdict) -> Heard | None:
    """What a relay was made of; None for another airing, and when nobody knows."""
    counts = (row.relayed_samples, row.fallback_samples, row.silent_samples)
    known = [count / SAMPLES_PER_S for count in counts if count is not None]
    return Heard(*known) if len(known) == len(counts) else None


def _reason(row: StationVerdict) -> str:
    """Why it is not simply aired."""
    if row.cause is None or row.verdict == Verdict.AIRED:
        return ""
    return proofs.reason(row)
