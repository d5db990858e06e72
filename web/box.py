"""A station's box: the code by which a technician makes it this station, and its revocation."""

import segno
from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import stations
from controller.errors import Invalid, NotFound
from controller.identity import certificates, claims, replacement
from controller.identity.authority import Authority
from controller.identity.code import pin_of, spelled
from controller.model import ForeignBox, Station, StationCertificate, StationState
from controller.permissions import Permission
from web.parts import parts

QR_SCALE = 5
"""Pixels a module: about 5 cm on a printed sheet, read by any phone."""

blueprint = Blueprint("box", __name__, url_prefix="/tram-loa")


@blueprint.get("/<station_id>/hop")
def show(station_id: str) -> str:
    """Which certificate the box of this station has, how it is taken back or replaced."""
    with parts().store.reading() as session:
        return _page(session, _station(session, station_id), {})


@blueprint.post("/<station_id>/hop/nhan")
def claim(station_id: str) -> Response:
    """Show a new code, once, and let no browser keep it; it is printed, scanned or typed."""
    now, settings = parts().now(), parts().settings
    with parts().store.writing() as session:
        code = claims.make(session, g.who, station_id, now=now)
        station = _station(session, station_id)
    word = spelled(code, pin_of(Authority(settings.identity, now).der))
    server = f"https://{settings.stations_host}:{settings.stations_port}"
    picture = segno.make(f"{server}#{word}", micro=False).svg_inline(scale=QR_SCALE)
    answer = make_response(
        render_template(
            "stations/claim.html",
            station=station,
            word=word,
            server=server,
            picture=Markup(picture),  # noqa: S704 - drawn by us, of our own word
            until=now + claims.LIVES,
        )
    )
    answer.cache_control.no_store = True
    return answer


@blueprint.post("/<station_id>/hop/thu-hoi")
def revoke(station_id: str) -> AnyResponse | tuple[str, int]:
    """The box is this station no more."""
    try:
        with parts().store.writing() as session:
            reason = request.form.get("reason", "")
            certificates.revoke(session, g.who, station_id, reason, now=parts().now())
    except Invalid as error:
        with parts().store.reading() as session:
            return _page(session, _station(session, station_id), error.by_field()), 422
    parts().nudge()
    return redirect(url_for("box.show", station_id=station_id))


def _station(session: Session, station_id: str) -> Station:
    """Raises NotFound, also for a box of another maker: no box of ours takes its place so."""
    permission = Permission.MANAGE_STATIONS
    if session.get(ForeignBox, station_id) is not None:
        raise NotFound("station", station_id)
    return stations.get(session, g.who, permission, station_id, parts().now())


def _page(session: Session, station: Station, errors: dict[str, str]) -> str:
    newest = session.scalars(
        select(StationCertificate)
        .where(StationCertificate.station_id == station.id)
        .order_by(StationCertificate.issued_at.desc())
        .limit(1)
    ).one_or_none()
    known = session.get(StationState, station.id)
    return render_template(
        "stations/box.html",
        station=station,
        replaces=replacement.had_a_box(session, station.id),
        seen_at=known.seen_at if known else None,
        paper=newest,
        good=newest is not None
        and certificates.holder(session, newest.serial, parts().now()) is not None,
        reachable=parts().settings.stations_host is not None,
        errors=errors,
    )
