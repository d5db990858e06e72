"""Captures: hear in the browser what a virtual station played; those that run on this machine."""

from typing import Any

from flask import Blueprint, abort, g, render_template, send_file
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from contract.states import AiringState, BulletinState, Verdict
from controller import areas, bulletins, stations
from controller.areas import local_day
from controller.captures import captured
from controller.model import Airing, Bulletin, Station, StationVerdict
from controller.permissions import Permission
from web.parts import parts
from web.polled import polled

_OPEN = (BulletinState.SUBMITTED, BulletinState.APPROVED)

blueprint = Blueprint("captures", __name__)


class Played(Struct, frozen=True, kw_only=True):
    """A virtual station's part in an airing."""

    station_id: str
    name: str
    verdict: Verdict
    heard: bool  # whether there is something to hear


@blueprint.get("/tram-loa/<station_id>/nghe/<airing_id>.wav")
def wav(station_id: str, airing_id: str) -> AnyResponse:
    """The very samples that left its player, whole or a range of them."""
    with parts().store.reading() as session:
        stations.get(session, g.who, Permission.SEE_STATIONS, station_id, parts().now())
    found = captured(parts().settings.data, station_id, airing_id)
    if found is None:
        abort(404)
    return send_file(found.absolute(), "audio/wav", conditional=True)


@blueprint.get("/ban-tin/<bulletin_id>/loa-ao")
def part(bulletin_id: str) -> AnyResponse:
    """The part of a bulletin's page about virtual stations; it asks again until all is played."""
    with parts().store.reading() as session:
        bulletin = bulletins.get(session, g.who, bulletin_id, now=parts().now())
        airing = newest(session, bulletin)
        known = facts(session, bulletin, airing)
    return polled(
        render_template("bulletins/_captured.html", bulletin=bulletin, airing=airing, **known)
    )


def facts(session: Session, bulletin: Bulletin, airing: Airing | None) -> dict[str, Any]:
    """What bulletins/_captured.html needs; nothing is shown without virtual stations."""
    inside = areas.subtrees(session, bulletin.targets, local_day(parts().now()))
    query = select(Station).where(Station.virtual, Station.active, Station.area_id.in_(inside))
    there = session.scalars(query.order_by(Station.name)).all()
    if bulletin.state not in _OPEN or not there:
        return {"virtual": []}
    return {"virtual": [_played(session, each, airing) for each in there]}


def newest(session: Session, bulletin: Bulletin) -> Airing | None:
    """The airing that sounds, is to sound, or sounded last."""
    query = select(Airing).where(
        Airing.bulletin_id == bulletin.id, Airing.state != AiringState.CANCELLED
    )
    return session.scalars(query.order_by(Airing.starts_at.desc()).limit(1)).first()


def is_heard(station_id: str, airing_id: str) -> bool:
    """For templates: whether this machine has what that station played."""
    return captured(parts().settings.data, station_id, airing_id) is not None


def _played(session: Session, station: Station, airing: Airing | None) -> Played:
    row = session.get(StationVerdict, (airing.id, station.id)) if airing else None
    verdict = Verdict(row.verdict) if row else Verdict.PENDING
    done = verdict is not Verdict.PENDING and airing is not None
    return Played(
        station_id=station.id,
        name=station.name,
        verdict=verdict,
        heard=done and airing is not None and is_heard(station.id, airing.id),
    )
