"""Royalties: who wrote what was broadcast, for the list of nhuận bút of an office.

Nghị định 18/2014/NĐ-CP pays by work and kind; how much is the office's business. A work counts in
the period in which it was first heard; said again it is no new work.
"""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Subquery, exists, func, select
from sqlalchemy.orm import Session

from contract.states import Class, Verdict
from controller.model import Airing, Bulletin, Person, Recording, Tally
from controller.permissions import Who
from controller.report import Sought, reach

SAMPLES_PER_S = 48_000
_OF_BULLETIN = (Bulletin.id, Bulletin.title, Bulletin.kind, Bulletin.field, Bulletin.text)
_HEARD = (Verdict.AIRED, Verdict.PARTIAL)


class Work(Struct, frozen=True, kw_only=True):
    """One bulletin by its author. `words` are those of its text, 0 for a recording."""

    bulletin: str
    title: str
    author: str
    kind: str
    field: int
    words: int
    seconds: int
    first_at: datetime
    times: int


def works(session: Session, asking: Who, sought: Sought, *, now: datetime) -> list[Work]:
    """What was first heard in the period, by author, then by time. Raises NotFound.

    Emergencies and what is said anew ("Dùng lại") have authors too: the office strikes out what it
    does not pay.
    """
    inside = reach(session, asking, sought.area, now=now)
    heard = _heard(inside)
    query = (
        select(*_OF_BULLETIN, Person.name, Recording.samples, heard.c.first_at, heard.c.times)
        .join(heard, heard.c.bulletin_id == Bulletin.id)
        .join(Person, Person.id == Bulletin.author_id)
        .outerjoin(Recording, Recording.sha256 == Bulletin.recording_sha256)
        .where(heard.c.first_at >= sought.since, heard.c.first_at < sought.until)
        .where(Bulletin.relay_source == "", Bulletin.cls != Class.EMERGENCY)
    )
    if sought.field is not None:
        query = query.where(Bulletin.field == sought.field)
    rows = session.execute(query)
    found = [
        Work(
            bulletin=id_,
            title=title,
            author=author,
            kind=kind,
            field=subject,
            words=len(text.split()) if kind == "text" else 0,
            seconds=round((samples or 0) / SAMPLES_PER_S),
            first_at=first_at,
            times=times,
        )
        for id_, title, kind, subject, text, author, samples, first_at, times in rows
    ]
    return sorted(found, key=lambda one: (one.author, one.first_at, one.title))


def _heard(inside: Collection[str]) -> Subquery:
    """For each bulletin when it was first heard in these places, and how often until today."""
    there = exists().where(
        Tally.airing_id == Airing.id,
        Tally.verdict.in_(_HEARD),
        Tally.area_id.concat("").in_(inside),  # not by the index: see report
    )
    return (
        select(
            Airing.bulletin_id,
            func.min(Airing.starts_at).label("first_at"),
            func.count().label("times"),
        )
        .where(there)
        .group_by(Airing.bulletin_id)
        .subquery()
    )
