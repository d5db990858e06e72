"""Audit page: who did what, when, to what, with what it was before and became."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from msgspec import Struct
from sqlalchemy.orm import Session

from controller import audit_trail, people
from controller.audit_trail import About, Sought
from controller.model import AuditLine
from scheduler.calendar import ZONE
from web import places
from web.audit_changes import Change, areas_in, changes
from web.audit_words import ABOUT, ACTION
from web.parts import parts

A_PAGE = 50
SHOWN_BY = {
    About.BULLETIN: ("bulletins.show", "bulletin_id"),
    About.AIRING: ("on_air.airing", "airing_id"),
    About.STATION: ("station.show", "station_id"),
}
"""Where what a line is about can be seen."""

blueprint = Blueprint("audit", __name__, url_prefix="/nhat-ky")


class Line(Struct, frozen=True, kw_only=True):
    """One act; `who` is empty for the server itself, `url` for what has no page."""

    n: int
    at: datetime
    who: str
    did: str
    about: str
    object_id: str
    url: str
    changes: list[Change]


@blueprint.get("/")
def index() -> str:
    """The newest lines of those that are sought."""
    sought, now = _sought(), parts().now()
    with parts().store.reading() as session:
        found = audit_trail.read(session, g.who, sought, now=now, limit=A_PAGE + 1)
        shown = found[:A_PAGE]
        return render_template(
            "audit/list.html",
            lines=_lines(session, shown),
            is_whole=audit_trail.is_whole(shown),
            older=_older(shown[-1].n) if len(found) > A_PAGE else "",
            is_narrowed=any(request.args.get(name) for name in ("ve", "ai", "tu", "den", "ma")),
            authors=audit_trail.authors(session, g.who, now=now),
            kinds=ABOUT,
            sought=sought,
            since=request.args.get("tu", ""),
            until=request.args.get("den", ""),
        )


def _sought() -> Sought:
    """What cannot be read of the address does not narrow."""
    since, until = _day("tu"), _day("den")
    below = request.args.get("truoc", "")
    return Sought(
        about=About(kind) if (kind := request.args.get("ve", "")) in set(About) else None,
        object_id=request.args.get("ma", ""),
        person_id=request.args.get("ai", ""),
        since=None if since is None else _midnight(since),
        until=None if until is None else _midnight(until + timedelta(days=1)),
        below=int(below) if below.isdecimal() and len(below) < 18 else None,
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _older(below: int) -> str:
    kept: dict[str, Any] = {name: text for name, text in request.args.items() if text}
    return url_for("audit.index", **{**kept, "truoc": below})


def _lines(session: Session, found: list[AuditLine]) -> list[Line]:
    areas = sorted(areas_in(found))
    named = dict(zip(areas, places.names(session, areas), strict=True))
    who = people.names(session, {line.person_id for line in found if line.person_id})
    return [
        Line(
            n=line.n,
            at=line.at,
            who=who.get(line.person_id or "", ""),
            did=ACTION.get(line.action, line.action),
            about=ABOUT[About(line.object_kind)],
            object_id=line.object_id,
            url=_url(line),
            changes=changes(line, named),
        )
        for line in found
    ]


def _url(line: AuditLine) -> str:
    endpoint, name = SHOWN_BY.get(About(line.object_kind), ("", ""))
    values: dict[str, Any] = {name: line.object_id}
    return url_for(endpoint, **values) if endpoint else ""
