"""The wall: every loudspeaker of the person's places as a tile that changes by itself."""

from itertools import groupby

import msgspec
from flask import Blueprint, Response, current_app, g, render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from controller import areas, station_list, wall
from controller.areas import local_day
from controller.wall import Stand, Tile
from web import places
from web.parts import parts
from web.polled import polled
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
    with parts().store.reading() as session:
        inside = station_list.within(session, g.who, place, now)
        communes = station_list.counted(session, inside, now)
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
    stands = seen_from(_stream().now(), _inside())
    answer = polled(msgspec.json.encode(stands).decode())
    answer.mimetype = "application/json"
    return answer


@blueprint.get("/nguon")
def stream() -> AnyResponse:
    """The changes as they happen; 503 when as many listen as can, and the browser asks instead."""
    try:
        events = _stream().open(_inside())
    except Full:
        return Response("", 503, {"Retry-After": "60"})
    answer = Response(events, mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy that collects would hold them back
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _inside() -> frozenset[str]:
    with parts().store.reading() as session:
        place = request.args.get("noi", "")
        return frozenset(station_list.within(session, g.who, place, parts().now()))


def _stream() -> Stream:
    """The one of this application."""
    found: Stream | None = current_app.extensions.get(_KEY)
    if found is None:
        store, clock = parts().store, parts().now

        def read() -> dict[str, tuple[str, Stand]]:
            with store.reading() as session:
                return wall.stands(session, clock())

        found = current_app.extensions.setdefault(_KEY, Stream(read))
    return found
