"""Wall: how each station stands at this moment, for people who watch all of them at once."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import Case, String, case, cast, func, select
from sqlalchemy.orm import Session

from controller.model import Alarm, Area, Station, StationState
from controller.station_list import is_playing, is_silent


class Stand(StrEnum):
    """How a station stands, what matters most first."""

    SILENT = "silent"
    TROUBLED = "troubled"
    PLAYING = "playing"
    READY = "ready"


class Tile(Struct, frozen=True):
    """One station."""

    id: str
    name: str
    area_id: str
    stand: Stand


def tiles(session: Session, inside: Collection[str], now: datetime) -> list[Tile]:
    """The stations of these areas, by area and name."""
    query = (
        select(Station.id, Station.name, Station.area_id, _stand(now))
        .join(StationState, StationState.station_id == Station.id)
        .join(Area, Area.id == Station.area_id)
        .where(Station.active, Station.area_id.in_(inside))
        .order_by(Area.folded, Station.folded, Station.id)
    )
    return [
        Tile(id_, name, area, Stand(stand)) for id_, name, area, stand in session.execute(query)
    ]


def stands(session: Session, now: datetime) -> dict[str, tuple[str, Stand]]:
    """Each active station's area and how it stands."""
    query = (
        select(Station.id, Station.area_id, _stand(now))
        .join(StationState, StationState.station_id == Station.id)
        .where(Station.active)
    )
    return {id_: (area, Stand(stand)) for id_, area, stand in session.execute(query)}


def _stand(now: datetime) -> Case[str]:
    alarmed = select(Alarm.station_id).where(
        Alarm.cleared_at.is_(None), Alarm.station_id.is_not(None)
    )
    told = func.length(cast(StationState.troubles, String)) > len("null")
    return case(
        (is_silent(now), Stand.SILENT.value),
        (told | Station.id.in_(alarmed), Stand.TROUBLED.value),
        (is_playing(), Stand.PLAYING.value),
        else_=Stand.READY.value,
    )
