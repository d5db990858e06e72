"""Stations: which loudspeakers work, the broken ones first."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, g, render_template, request
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.reports import RECEIVERS_OPEN
from controller import station_list
from controller.model import Area, ForeignBox, Station, StationState
from controller.permissions import Permission
from web import places
from web.parts import parts
from web.shared import shared
from web.words import FORGEABLE, NEVER_SEEN, OFFLINE, ONLINE, SELF_TOLD, Word

A_SCREENFUL, MOST_LINES = 60, 1_000
A_GLANCE = 10  # silent stations above the list of communes

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
    virtual: bool  # a program of the server, without a loudspeaker
    forgeable: bool  # whoever has heard the code of its receivers can repeat it


@blueprint.get("/")
def index() -> str:
    """The stations of the person's places, the broken first; of many communes, the communes.

    `noi` narrows to a place, `chi=hong` to the broken ones; `so` asks for more lines.
    """
    now, place = parts().now(), request.args.get("noi", "")
    only_broken = request.args.get("chi") == "hong"
    wanted = min(max(request.args.get("so", A_SCREENFUL, type=int), 1), MOST_LINES)
    known, mute = shared(station_list.counts), shared(station_list.watched)
    with parts().store.reading() as session:
        inside = station_list.within(session, g.who, place, now)
        communes = station_list.counted(session, inside, now, known)
        whole = sum(one.whole for one in communes)
        broken = sum(one.silent for one in communes)
        by_commune = not only_broken and len(communes) > 1 and whole > A_SCREENFUL
        if only_broken or by_commune:
            silent = [one.id for one in mute if one.silent and one.area_id in inside]
            found = station_list.these(session, silent[: A_GLANCE if by_commune else wanted])
        else:
            found = station_list.first(session, inside, now, wanted)
        rows = _lines(session, found, now)
        place_name = places.names(session, [place])[0] if place else ""
    left = (broken if only_broken else whole) - len(rows)
    return render_template(
        "stations/list.html",
        rows=rows,
        communes=communes if by_commune else [],
        more=wanted + A_SCREENFUL if left > 0 and wanted < MOST_LINES and not by_commune else None,
        broken=broken,
        whole=whole,
        only_broken=only_broken,
        place=place,
        place_name=place_name,
        manages=bool(g.who.areas_of(Permission.MANAGE_STATIONS)),
        forgeable=FORGEABLE,
        self_told=SELF_TOLD,
    )


def _lines(session: Session, found: Sequence[station_list.Found], now: datetime) -> list[Line]:
    ids = [station.id for station, _, _ in found]
    query = select(ForeignBox.station_id).where(ForeignBox.station_id.in_(ids))
    boxes = set(session.scalars(query))
    return [line(*one, now, foreign=one[0].id in boxes) for one in found]


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
        virtual=station.virtual,
        forgeable=state.receivers == RECEIVERS_OPEN,
        on_air=(state.on_air or {}).get("title", "") if word is ONLINE else "",
    )


def _word(state: StationState, now: datetime) -> Word:
    if state.seen_at is None:
        return NEVER_SEEN
    return ONLINE if state.online and now - state.seen_at < station_list.SILENT_AFTER else OFFLINE
