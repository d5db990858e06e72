"""Regrouped: what is heard otherwise, and who looks after it, when areas hang below another."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import areas
from controller.approved import read_approved
from controller.areas import local_day
from controller.model import Grant, Person


class Regrouped(Struct, frozen=True):
    """Titles of approved bulletins that begin or cease to be heard there; names of people whose
    roles begin or cease to reach there.
    """

    heard: list[str]
    unheard: list[str]
    gain: list[str]
    lose: list[str]


def of(session: Session, parent_id: str, to_id: str, now: datetime) -> Regrouped:
    """Of whatever is moved from below one area to below another."""
    today = local_day(now)
    lines = areas.lineages(session, [parent_id, to_id], today)
    old, new = set(lines[parent_id]), set(lines[to_id])
    approved = read_approved(session, now)
    return Regrouped(
        heard=[one.title for one in approved if _only(one.targets, new, old)],
        unheard=[one.title for one in approved if _only(one.targets, old, new)],
        gain=_people(session, new - old),
        lose=_people(session, old - new),
    )


def _only(targets: Collection[str], here: set[str], there: set[str]) -> bool:
    return not here.isdisjoint(targets) and there.isdisjoint(targets)


def _people(session: Session, places: Collection[str]) -> list[str]:
    query = (
        select(Person.name)
        .join(Grant, Grant.person_id == Person.id)
        .where(Person.active, Grant.area_id.in_(places))
        .distinct()
        .order_by(Person.name)
    )
    return list(session.scalars(query))
