"""Audit trail: the lines of the audit that a person may read, the newest first."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from controller import audit
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import Airing, AuditLine, Bulletin, Grant, Hook, Person, ReportMail, Station
from controller.permissions import Permission, Who, scope


class About(StrEnum):
    """What a line is about, as the audit calls it; PERSON's own lines are sign-ins too."""

    BULLETIN = "bulletin"
    AIRING = "airing"
    STATION = "station"
    ORDER = "order"
    PERSON = "person"
    SOURCE = "relay_source"
    LEXICON = "lexicon"
    ROLLOUT = "rollout"
    DIAGNOSIS = "diagnosis"
    AREA = "area"
    API_KEY = "api_key"
    HOOK = "hook"
    CALENDAR_KEY = "calendar_key"
    REPORT_MAIL = "report_mail"
    ALARM_TEMPLATE = "alarm_template"
    NOTICE_TEMPLATE = "notice_template"
    SERVER = "server"


_BY_AUTHOR = (
    About.ORDER,
    About.SOURCE,
    About.LEXICON,
    About.ROLLOUT,
    About.DIAGNOSIS,
    About.AREA,
    About.API_KEY,
    About.CALENDAR_KEY,
    About.ALARM_TEMPLATE,
    About.NOTICE_TEMPLATE,
)
"""Not of one place: they are read where the person works who acted."""


class Sought(Struct, frozen=True, kw_only=True):
    """Which lines; what is not said does not matter. `until` is the moment after the last,
    `below` a number that was shown already.
    """

    about: About | None = None
    object_id: str = ""
    person_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    below: int | None = None


def read(
    session: Session, asking: Who, sought: Sought, *, now: datetime, limit: int
) -> list[AuditLine]:
    """At most `limit` lines. Raises NotFound for whoever may read the audit nowhere."""
    query = _readable(session, asking, now).order_by(AuditLine.n.desc()).limit(limit)
    return list(session.scalars(query.where(*_conditions(sought))))


def authors(session: Session, asking: Who, *, now: datetime) -> list[Person]:
    """Those whose places this person may read about, by name."""
    places = _places(session, asking, now)
    query = select(Person).where(Person.id.in_(_working_in(places))).order_by(Person.name)
    return list(session.scalars(query))


def is_whole(lines: Collection[AuditLine]) -> bool:
    """Whether these lines are as they were written, and follow each other where none lies between.

    Only `audit.verify` judges the whole chain.
    """
    ordered = sorted(lines, key=lambda line: line.n)
    follow = all(
        line.previous == earlier.hash
        for earlier, line in pairwise(ordered)
        if line.n == earlier.n + 1
    )
    return follow and all(map(audit.is_as_written, ordered))


def _readable(session: Session, asking: Who, now: datetime) -> Select[AuditLine]:
    places = _places(session, asking, now)
    of_place = {
        About.BULLETIN: select(Bulletin.id).where(Bulletin.area_id.in_(places)),
        About.STATION: select(Station.id).where(Station.area_id.in_(places)),
        About.HOOK: select(Hook.id).where(Hook.area_id.in_(places)),
        About.REPORT_MAIL: select(ReportMail.id).where(ReportMail.area_id.in_(places)),
        About.PERSON: _working_in(places),
        About.AIRING: select(Airing.id)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .where(Bulletin.area_id.in_(places)),
    }
    kinds: list[ColumnElement[bool]] = [
        (AuditLine.object_kind == kind) & AuditLine.object_id.in_(ids)
        for kind, ids in of_place.items()
    ]
    acted = AuditLine.person_id.in_(_working_in(places))
    kinds.append(AuditLine.object_kind.in_(_BY_AUTHOR) & acted)
    kinds.append(AuditLine.object_kind == About.SERVER)
    return select(AuditLine).where(or_(*kinds))


def _places(session: Session, asking: Who, now: datetime) -> set[str]:
    places = scope(session, asking, Permission.SEE_AUDIT, local_day(now))
    if not places:
        raise NotFound("audit", "")
    return places


def _working_in(places: set[str]) -> Select[str]:
    return select(Grant.person_id).where(Grant.area_id.in_(places))


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool] | None] = [
        AuditLine.object_kind == sought.about if sought.about else None,
        AuditLine.object_id == sought.object_id if sought.object_id else None,
        AuditLine.person_id == sought.person_id if sought.person_id else None,
        AuditLine.at >= sought.since if sought.since else None,
        AuditLine.at < sought.until if sought.until else None,
        AuditLine.n < sought.below if sought.below is not None else None,
    ]
    return [each for each in wanted if each is not None]
