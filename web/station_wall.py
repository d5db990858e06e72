"""The wall: every loudspeaker of the person's places as a tile that changes by itself."""

from datetime import datetime
from functools import partial
from itertools import groupby

import msgspec
from flask import Blueprint, Response, current_app, g, render_template, request
from flask import session as cookie
from msgspec import Struct
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import areas, signing_in, station_list, wall
from controller.areas import local_day
from controller.errors import NotFound
from controller.permissions import Who
from controller.wall import Stand, Tile
from web import guard, places
from web.parts import Parts, parts
from web.polled import polled
from web.shared import shared
from web.wall_stream import Full, Stream, seen_from
from web.words import STAND

MOST_TILES = 3_000
"""More is no picture any more, and a page of megabytes: then a commune is chosen first."""
_KEY = "wall_stream"

blueprint = Blueprint("station_wall", __name__, url_prefix="/tram-loa/tuong")


class Group(Struct, frozen=True):
    """A commune with its tiles."""

    name: str
    tiles: list[Tile]


@blueprint.get("/")
def show() -> str:
    """The tiles of the person's places, or of `noi`; of too many the communes to choose from."""
    now, place = parts().now(), request.args.get("noi", "")
    known = shared(station_list.counts)
    with parts().store.reading() as session:
        inside = station_list.within(session, g.who, place, now)
        communes = station_list.counted(session, inside, now, known)
        few = sum(one.whole for one in communes) <= MOST_TILES
        tiles = wall.tiles(session, inside, now) if few else []
        homes = areas.communes(session, [tile.area_id for tile in tiles], local_day(now))
        name = places.names(session, [place])[0] if place else ""
    tiles.sort(key=lambda tile: homes[tile.area_id][1])
    groups = [
        Group(of, list(some)) for of, some in groupby(tiles, lambda tile: homes[tile.area_id][1])
    ]
    return render_template(
        "stations/wall.html",
        groups=groups,
        communes=[] if few else communes,
        words=STAND,
        counts={stand: sum(tile.stand == stand for tile in tiles) for stand in Stand},
        place=place,
        place_name=name,
    )


@blueprint.get("/luc-nay")
def current() -> AnyResponse:
    """How each stands, for browsers that ask by themselves."""
    with parts().store.reading() as session:
        inside = _inside(session, g.who, parts().now(), request.args.get("noi", ""))
    stands = seen_from(_stream().now(), inside)
    answer = polled(msgspec.json.encode(stands).decode())
    answer.mimetype = "application/json"
    return answer


@blueprint.get("/nguon")
def stream() -> AnyResponse:
    """The changes as they happen; 503 when as many listen as can, and the browser asks instead."""
    inside = partial(
        _still_inside, parts(), str(cookie.get(guard.TOKEN)), request.args.get("noi", "")
    )
    if inside() is None:
        raise NotFound("area", request.args.get("noi", ""))
    wall_stream = _stream()
    try:
        wall_stream.take()
    except Full:
        return Response("", 503, {"Retry-After": "60"})
    answer = Response(wall_stream.events(inside), mimetype="text/event-stream")
    answer.call_on_close(wall_stream.give)  # also when nothing of it was ever read
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy that collects would hold them back
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _inside(session: Session, who: Who, now: datetime, place: str) -> frozenset[str]:
    return frozenset(station_list.within(session, who, place, now))


def _still_inside(held: Parts, token: str, place: str) -> frozenset[str] | None:
    """The areas that whoever holds the cookie sees now; asked when no request is there any more."""
    now = held.now()
    who = signing_in.signed_in(held.store, token, now=now)
    if who is None:
        return None
    try:
        with held.store.reading() as session:
            return _inside(session, who, now, place)
    except NotFound:
        return None


def _stream() -> Stream:
    """The one of this application."""
    found: Stream | None = current_app.extensions.get(_KEY)
    if found is None:
        store, clock = parts().store, parts().now

        def read() -> dict[str, tuple[str, Stand]]:
            with store.reading() as session:
                return wall.stands(session, clock())

        found = current_app.extensions.setdefault(
            _KEY, Stream(read, most=parts().settings.live_streams)
        )
    return found
