"""The map: where loudspeakers fall silent or sound, commune by commune, without any tile server."""

from collections.abc import Mapping, Sequence
from functools import cache

from flask import Blueprint, Response, g, render_template
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import positions, station_list
from controller.model import Area
from controller.positions import Position
from controller.wall import Stand
from web.map_drawing import FAR_OUT_LON, HOANG_SA, TRUONG_SA, Frame, Spot, dots, fit, radius
from web.parts import parts
from web.shared import shared
from web.words import STAND, Word

WIDTH, TALLEST = 1000, 900
COUNTRY_WIDTH, COUNTRY_TALLEST = 520, 760
BESIDE = 70  # room on the right: the name of the farthest archipelago is written whole
INSET_W, INSET_H = 190, 64

blueprint = Blueprint("station_map", __name__, url_prefix="/ban-do")


class Circle(Struct, frozen=True):
    """A commune with loudspeakers. `spot` is None for one whose place is not known."""

    id: str
    name: str
    whole: int
    silent: int
    sounding: int
    stand: Stand
    word: Word
    spot: Spot | None
    radius: float


class Inset(Struct, frozen=True):
    """An archipelago at the edge of the map of its province."""

    name: str
    spot: Spot


@blueprint.get("/")
def show() -> str:
    """The communes of the person's places; the list beside it says the same in words."""
    now = parts().now()
    known = shared(station_list.counts)
    with parts().store.reading() as session:
        inside = station_list.within(session, g.who, "", now)
        counted = station_list.counted(session, inside, now, known)
        codes = _codes(session, [one.id for one in counted])
    placed = positions.of_communes()
    provinces = {placed[code].province for code in codes.values() if code in placed}
    near, far = _around(provinces)
    frame = fit([(one.lat, one.lon) for one in near.values()] or [(16.0, 108.0)], WIDTH, TALLEST)
    insets = {code: Spot(WIDTH - INSET_W / 2 - 8, 56 + n * 84) for n, code in enumerate(far)}
    circles = [_circle(one, codes.get(one.id, ""), frame, insets) for one in counted]
    return render_template(
        "stations/map.html",
        frame=frame,
        ground=dots(frame, [(one.lat, one.lon) for one in near.values()]),
        circles=sorted(circles, key=lambda one: -one.radius),
        insets=[Inset(far[code].name, spot) for code, spot in insets.items()],
        inset=(INSET_W, INSET_H),
        provinces=sorted(positions.of_provinces()[code] for code in provinces),
        words=STAND,
    )


@blueprint.get("/ca-nuoc.svg")
def country() -> AnyResponse:
    """The whole country as points, with both archipelagos named; the same for ever."""
    answer = Response(_country(), mimetype="image/svg+xml")
    answer.cache_control.max_age = 86_400
    return answer


@cache
def _country() -> str:
    known = positions.of_communes()
    frame = fit([(one.lat, one.lon) for one in known.values()], COUNTRY_WIDTH, COUNTRY_TALLEST)
    return render_template(
        "stations/country.svg",
        frame=frame,
        beside=BESIDE,
        ground=dots(frame, [(one.lat, one.lon) for one in known.values()]),
        islands=[
            ("Quần đảo Hoàng Sa", "(Thành phố Đà Nẵng)", _at(frame, known[HOANG_SA])),
            ("Quần đảo Trường Sa", "(Tỉnh Khánh Hòa)", _at(frame, known[TRUONG_SA])),
        ],
    )


def _at(frame: Frame, one: Position) -> Spot:
    return frame.at(one.lat, one.lon)


def _codes(session: Session, ids: Sequence[str]) -> dict[str, str]:
    query = select(Area.id, Area.code).where(Area.id.in_(ids), Area.code.is_not(None))
    return {id_: code for id_, code in session.execute(query) if code}


def _around(provinces: set[str]) -> tuple[Mapping[str, Position], Mapping[str, Position]]:
    """The communes of these provinces by code: on the mainland and near it, and far out at sea."""
    here = {c: one for c, one in positions.of_communes().items() if one.province in provinces}
    far = {code: one for code, one in here.items() if one.lon > FAR_OUT_LON}
    return {code: one for code, one in here.items() if code not in far}, far


def _circle(
    one: station_list.Counted, code: str, frame: Frame, insets: Mapping[str, Spot]
) -> Circle:
    where = positions.of_communes().get(code)
    spot = insets.get(code) or (_at(frame, where) if where else None)
    if one.silent:
        stand = Stand.SILENT if one.silent == one.whole else Stand.TROUBLED
    else:
        stand = Stand.PLAYING if one.sounding else Stand.READY
    return Circle(
        id=one.id,
        name=one.name,
        whole=one.whole,
        silent=one.silent,
        sounding=one.sounding,
        stand=stand,
        word=STAND[stand],
        spot=spot,
        radius=radius(one.whole),
    )
