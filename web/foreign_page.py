"""Boxes of other makers: added by a technician, who sees their secret once and what they lack."""

from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import stations
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.foreign import boxes, profile_files
from controller.foreign.adapters import limits_of, own_mqtt
from controller.foreign.boxes import POLLS_S, Way
from controller.model import Airing, BoxKind, Bulletin, ForeignBox, StationState
from controller.permissions import Permission
from scheduler.problem import Problem
from web.parts import parts
from web.places import choices

FIELDS = ("area", "name", "way", "poll_s", "device")
POLLING = "http"

blueprint = Blueprint("foreign", __name__, url_prefix="/tram-loa")


@blueprint.get("/thiet-bi-khac")
def new() -> str:
    """The form for a new one."""
    return _form({"way": POLLING, "poll_s": "20"}, {})


@blueprint.post("/thiet-bi-khac")
def add() -> AnyResponse | tuple[str, int]:
    """Make the station, and show its secret once."""
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    try:
        with parts().store.writing() as session:
            made = boxes.register(
                session, g.who, typed["area"], typed["name"], _way(typed), now=parts().now()
            )
            box, secret = made.box, made.secret
    except Invalid as error:
        return _form(typed, error.by_field()), 422
    parts().nudge()
    return _secret(box.station_id, secret)


@blueprint.post("/<station_id>/thiet-bi-khac/ma-moi")
def new_secret(station_id: str) -> AnyResponse:
    """Replace the secret, and show the new one once."""
    with parts().store.writing() as session:
        if session.get(ForeignBox, station_id) is None:
            raise NotFound("station", station_id)
        secret = boxes.new_secret(session, g.who, station_id, now=parts().now())
    parts().nudge()
    return _secret(station_id, secret)


def on_page(session: Session, station_id: str) -> dict[str, Any] | None:
    """What a station's page says of its box; None for a station of ours."""
    box = session.get(ForeignBox, station_id)
    if box is None:
        return None
    name = "Hỏi máy chủ qua HTTP" if box.kind == BoxKind.HTTP else own_mqtt(box).profile.name
    return {"name": name, "limits": limits_of(box), "playing": _playing(session, station_id)}


def _playing(session: Session, station_id: str) -> str:
    """The title of what the box says that it plays."""
    on_air = session.get_one(StationState, station_id).on_air
    airing = session.get(Airing, on_air["airing"]) if on_air else None
    return session.get_one(Bulletin, airing.bulletin_id).title if airing else ""


def _way(typed: dict[str, str]) -> Way:
    """Raises Invalid for a profile that is not there any more."""
    if typed["way"] == POLLING:
        return Way(poll_s=int(typed["poll_s"]) if typed["poll_s"].isdecimal() else 0)
    for one in profile_files.found(parts().settings.box_profiles):
        if one.id == typed["way"] and one.profile is not None:
            return Way(profile=one.profile, device=typed["device"])
    raise Invalid([Problem("way", "Chọn cách nói chuyện với thiết bị.")])


def _form(typed: dict[str, str], errors: dict[str, str]) -> str:
    """Raises NotFound for whoever may add nothing."""
    with parts().store.reading() as session:
        today = local_day(parts().now())
        places = choices(session, g.who, Permission.MANAGE_STATIONS, today)
    if not places:
        raise NotFound("page", request.path)
    return render_template(
        "foreign/new.html",
        typed=typed,
        errors=errors,
        places=places,
        polls=POLLS_S,
        found=profile_files.found(parts().settings.box_profiles),
    )


def _secret(station_id: str, secret: str) -> Response:
    """No browser keeps it."""
    settings = parts().settings
    with parts().store.reading() as session:
        permission = Permission.MANAGE_STATIONS
        station = stations.get(session, g.who, permission, station_id, parts().now())
        box = session.get_one(ForeignBox, station_id)
        mqtt = own_mqtt(box) if box.kind == BoxKind.MQTT else None
        body = render_template(
            "foreign/secret.html",
            station=station,
            secret=secret,
            mqtt=mqtt,
            user=f"box.{station.id}",
            address=settings.boxes_url or request.url_root.rstrip("/"),
            broker=(settings.stations_host, settings.boxes_broker_port),
        )
    answer = make_response(body)
    answer.cache_control.no_store = True
    return answer
