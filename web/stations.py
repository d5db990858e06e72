"""Stations: which loudspeakers work, the broken ones first."""

from datetime import datetime, timedelta

from flask import Blueprint, g, render_template, request
from msgspec import Struct
from sqlalchemy import select

from contract.reports import RECEIVERS_OPEN
from controller import stations
from controller.model import Area, ForeignBox, Station, StationState
from controller.model.folding import folded
from controller.permissions import Permission
from web.parts import parts
from web.words import FORGEABLE, NEVER_SEEN, OFFLINE, ONLINE, SELF_TOLD, Word

SILENT_AFTER = timedelta(minutes=2)
"""Four beats of 30 s missed: the last will may not have come, but nothing is heard."""

blueprint = Blueprint("stations", __name__, url_prefix="/tram-loa")


class Line(Struct, frozen=True, kw_only=True):
    """A station in the list. `trouble` is empty when all is well."""

    id: str
    name: str
    area: str
    word: Word
    seen_at: datetime | None
    trouble: str
    on_air: str
    foreign: bool  # the box of another maker
    forgeable: bool  # whoever has heard the code of its receivers can repeat it


@blueprint.get("/")
def index() -> str:
    """All stations of the person's places, or those in trouble only (`chi=hong`)."""
    now = parts().now()
    with parts().store.reading() as session:
        boxes = set(session.scalars(select(ForeignBox.station_id)))
        found = stations.listing(session, g.who, now)
        rows = [line(*one, now, foreign=one[0].id in boxes) for one in found]
    rows.sort(key=lambda row: (not row.trouble, folded(row.area), folded(row.name)))
    broken = [row for row in rows if row.trouble]
    only_broken = request.args.get("chi") == "hong"
    return render_template(
        "stations/list.html",
        rows=broken if only_broken else rows,
        broken=len(broken),
        whole=len(rows),
        only_broken=only_broken,
        manages=bool(g.who.areas_of(Permission.MANAGE_STATIONS)),
        forgeable=FORGEABLE,
        self_told=SELF_TOLD,
    )


def line(
    station: Station, state: StationState, area: Area, now: datetime, *, foreign: bool = False
) -> Line:
    """How a station stands at `now`."""
    word = _word(state, now)
    return Line(
        id=station.id,
        name=station.name,
        area=area.name,
        word=word,
        seen_at=state.seen_at,
        trouble="" if word is ONLINE else word.text,
        foreign=foreign,
        forgeable=state.receivers == RECEIVERS_OPEN,
        on_air=(state.on_air or {}).get("title", "") if word is ONLINE else "",
    )


def _word(state: StationState, now: datetime) -> Word:
    if state.seen_at is None:
        return NEVER_SEEN
    return ONLINE if state.online and now - state.seen_at < SILENT_AFTER else OFFLINE
