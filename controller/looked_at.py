"""Looked at: an alarm of something that happened once stays open until a person has seen to it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import audit, stations
from controller.alarms import clear_one
from controller.emergency import ON_THE_AIR
from controller.errors import NotFound
from controller.hooks.happenings import SILENT
from controller.model import Alarm, Area, AreaKind
from controller.permissions import Permission, Who
from controller.releases.rollouts import HALTED_ALARM
from controller.reminding import LOST
from controller.station_ills import RULES

CLEARS_ITSELF = frozenset({SILENT, *RULES})
"""What the next beat says anew: nobody can put it aside while it is so."""


def happened(code: str) -> bool:
    """Whether an alarm tells of a happening rather than of a state."""
    return code not in CLEARS_ITSELF


SERVER_CLEARS_ITSELF = frozenset({ON_THE_AIR, HALTED_ALARM, LOST})
"""An emergency has its own strip on every page; the others end with what they tell of."""


def of_server(session: Session, asking: Who) -> list[Alarm]:
    """What troubles the server itself, for the administrators of a province; the latest first."""
    if not _runs_the_server(session, asking):
        return []
    query = select(Alarm).where(
        Alarm.cleared_at.is_(None), Alarm.station_id.is_(None), Alarm.code != ON_THE_AIR
    )
    return list(session.scalars(query.order_by(Alarm.last_at.desc())))


def look_at_server(session: Session, asking: Who, alarm_id: int, *, now: datetime) -> None:
    """Close one of those. Raises NotFound, also for one that clears itself."""
    found = {alarm.id: alarm for alarm in of_server(session, asking)}
    alarm = found.get(alarm_id)
    if alarm is None or alarm.code in SERVER_CLEARS_ITSELF:
        raise NotFound("alarm", str(alarm_id))
    clear_one(session, alarm.id, now)
    before = {"detail": alarm.detail, "count": alarm.count}
    audit.record(session, asking, "server.looked_at", "server", alarm.code, now=now, before=before)


def _runs_the_server(session: Session, asking: Who) -> bool:
    places = asking.areas_of(Permission.MANAGE_AREAS)
    query = select(Area.id).where(Area.id.in_(places), Area.kind == AreaKind.PROVINCE)
    return bool(places) and session.scalars(query.limit(1)).first() is not None


def look(
    session: Session, asking: Who, station_id: str, alarm_id: int, *, now: datetime
) -> Alarm | None:
    """Close an alarm; it opens anew when the same happens again. None: closed already.

    Raises NotFound, also for one that clears itself.
    """
    stations.get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    alarm = session.get(Alarm, alarm_id, with_for_update=True)
    if alarm is None or alarm.station_id != station_id or not happened(alarm.code):
        raise NotFound("alarm", str(alarm_id))
    if alarm.cleared_at is not None:
        return None
    clear_one(session, alarm.id, now)
    audit.record(
        session,
        asking,
        "station.looked_at",
        "station",
        station_id,
        now=now,
        before={"detail": alarm.detail, "count": alarm.count},
    )
    return alarm
