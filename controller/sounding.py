"""Sounding: what is on the air now, on how many stations, and whether one may stop it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session

from contract.states import Class
from controller.areas import local_day
from controller.model import Airing, Bulletin, Station, StationState
from controller.permissions import Permission, Who, scope
from controller.station_list import is_playing, is_silent


class Sounding(Struct, frozen=True, kw_only=True):
    """What some stations say is on the air now. `may_stop`: everywhere that it is aimed at."""

    airing_id: str
    title: str
    cls: int
    is_relay: bool
    stations: int
    may_stop: bool


Counts = Mapping[tuple[str, str], int]
"""Stations by (airing, area that they stand in)."""


def counts(session: Session, now: datetime) -> Counts:
    """What is on the air anywhere.

    Counted in the database: at five o'clock a province sounds everywhere. A station that has
    fallen silent is not believed any more.
    """
    airing = StationState.on_air["airing"].as_string()
    query = (
        select(airing, Station.area_id, func.count())
        .join(Station, Station.id == StationState.station_id)
        .where(Station.active, is_playing(), not_(is_silent(now)))
        .group_by(airing, Station.area_id)
    )
    return {(of, area): number for of, area, number in session.execute(query)}


def sounding(
    session: Session, asking: Who, now: datetime, known: Counts | None = None
) -> list[Sounding]:
    """What is on the air on the stations that this person may see, by precedence of class.

    `known`: what was counted a moment ago, if it was.
    """
    found = counts(session, now) if known is None else known
    if not found:
        return []
    today = local_day(now)
    seen = scope(session, asking, Permission.SEE_STATIONS, today)
    stations: Counter[str] = Counter()
    for (airing, area), number in found.items():
        if area in seen:
            stations[airing] += number
    mine = scope(session, asking, Permission.STOP, today)
    query = (
        select(Airing, Bulletin.title, Bulletin.relay_source)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Airing.id.in_(stations))
        .order_by(Airing.cls, Airing.starts_at, Airing.id)
    )
    return [
        Sounding(
            airing_id=row.id,
            title=title,
            cls=row.cls,
            is_relay=bool(source),
            stations=stations[row.id],
            may_stop=row.cls != Class.EMERGENCY and mine.issuperset(row.targets),
        )
        for row, title, source in session.execute(query)
    ]
