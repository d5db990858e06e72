"""Reach: what the maker of a hook may see in its place at this moment; it is told no more."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy.orm import Session

from controller import areas
from controller.areas import local_day
from controller.model import Hook
from controller.permissions import Permission, scope, who


class Reach(Struct, frozen=True):
    """Area ids: where bulletins may be seen, with what lies above for what sounds here too; where
    stations may be seen; and whether trouble of the server itself is told, to whole provinces only.
    """

    bulletins: frozenset[str]
    near: frozenset[str]
    stations: frozenset[str]
    server: bool


def of(session: Session, hook: Hook, now: datetime) -> Reach:
    """Raises NotFound when its maker is here no more."""
    maker, today = who(session, hook.person_id), local_day(now)
    below = areas.subtrees(session, [hook.area_id], today)
    line = areas.lineages(session, [hook.area_id], today)[hook.area_id]
    bulletins = frozenset(below & scope(session, maker, Permission.SEE_BULLETINS, today))
    stations = frozenset(below & scope(session, maker, Permission.SEE_STATIONS, today))
    return Reach(
        bulletins=bulletins,
        near=bulletins.union(line) if bulletins else bulletins,
        stations=stations,
        server=len(line) == 1 and hook.area_id in stations,
    )
