"""Tuning page: a technician below the horn sets it on a phone, tests it, and takes it back."""

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, g, redirect, render_template, request, url_for
from msgspec.structs import replace
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contract.telling import TESTED
from controller import orders, self_tests, station_sound, stations, tuning
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Area, ForeignBox, SelfTest, Station, StationState
from controller.orders import TEST_VALID
from controller.permissions import Permission
from web import sound_form
from web.parts import parts
from web.stations import line
from web.tuning_knobs import changes, knobs
from web.words import ONLINE, PROFILE, TUNED, UNREACHED

FOR_ALL = ("volume", "maximum")
FOR_OURS = (*FOR_ALL, "latency_ms", "profile")

TOLD_WITHIN = TEST_VALID + timedelta(minutes=1)
"""Later nothing is heard of a test any more: a tone takes half a minute with a slow rig."""

NONE: Mapping[str, str] = {}

blueprint = Blueprint("tuning", __name__, url_prefix="/tram-loa")


@blueprint.get("/<station_id>/chinh")
def show(station_id: str) -> str:
    """The knobs, and whether the station has taken what was set."""
    return _page(station_id)


@blueprint.get("/<station_id>/chinh/nhan")
def taken(station_id: str) -> str:
    """Only what becomes of it; asked for again and again."""
    with parts().store.reading() as session:
        station = _ours(session, station_id)
        return render_template("stations/_taken.html", polled=True, **_taken(session, station))


@blueprint.post("/<station_id>/chinh")
def turn(station_id: str) -> Response | tuple[str, int]:
    """Set one thing (`what`) to a `value`."""
    what, value = request.form.get("what", ""), request.form.get("value", "").strip()
    try:
        with parts().store.writing() as session:
            station = _managed(session, station_id)
            if what not in (FOR_ALL if _is_foreign(session, station) else FOR_OURS):
                raise NotFound("knob", what)
            typed = sound_form.of(station_sound.sound_of(session, station.id))
            wanted = sound_form.sound_of(replace(typed, **{what: value}))
            station_sound.set_sound(session, g.who, station.id, wanted, now=parts().now())
    except Invalid as error:
        return _page(station_id, error.by_field(), {what: value}), 422
    return _done(station_id)


@blueprint.post("/<station_id>/chinh/ve-muc-truoc")
def take_back(station_id: str) -> Response | tuple[str, int]:
    """As before the last change."""
    try:
        with parts().store.writing() as session:
            seen = request.form.get("seen", "")
            station_sound.take_back(session, g.who, station_id, seen, now=parts().now())
    except WrongState as error:
        return _page(station_id, {"volume": str(error)}), 409
    return _done(station_id)


@blueprint.post("/<station_id>/chinh/thu-loa")
def test(station_id: str) -> Response:
    """Have it sound its quiet tone."""
    with parts().store.writing() as session:
        station = _ours(session, station_id)
        self_tests.ask(session, g.who, station.id, signer=parts().signer, now=parts().now())
    return _done(station_id)


@blueprint.post("/<station_id>/chinh/bo-lenh")
def lift(station_id: str) -> Response:
    """No order for its volume any more: it goes by what is set here."""
    with parts().store.writing() as session:
        names = [_ours(session, station_id).id]
        orders.set_volume(session, g.who, names, None, signer=parts().signer, now=parts().now())
    return _done(station_id)


def _page(
    station_id: str, errors: Mapping[str, str] = NONE, typed: Mapping[str, str] = NONE
) -> str:
    with parts().store.reading() as session:
        station = _managed(session, station_id)
        state = session.get_one(StationState, station.id)
        foreign = _is_foreign(session, station)
        sound = station_sound.sound_of(session, station.id)
        before = station_sound.previous_of(session, station.id)
        return render_template(
            "stations/tuning.html",
            knobs=knobs(sound, state.volume, foreign=foreign),
            profiles=PROFILE,
            sound=sound,
            seen=station_sound.mark(sound),
            undoes="" if before is None else changes(before, sound),
            foreign=foreign,
            ordered=tuning.ordered(session, station, parts().now()) if foreign else None,
            errors=errors,
            typed=typed,
            **_taken(session, station),
        )


def _taken(session: Session, station: Station) -> dict[str, object]:
    now = parts().now()
    state = session.get_one(StationState, station.id)
    row = line(station, state, session.get_one(Area, station.area_id), now)
    asked = self_tests.latest(session, station.id)
    told = None if asked is None else self_tests.result(asked)
    taking = tuning.how_far(session, station.id)
    online = row.word is ONLINE
    pending = taking.step in {tuning.Step.PLANNED, tuning.Step.SENT}
    return {
        "station": station,
        "line": row,
        "online": online,
        "taking": taking,
        "level": tuning.level(state, station_sound.sound_of(session, station.id), taking),
        "how_far": UNREACHED if pending and not online else TUNED[taking.step],
        "test": asked,
        "told": told,
        "outcome": "" if told is None else TESTED[told.outcome],
        "rose": None if told is None else self_tests.rose(told),
        "awaits": pending or _is_awaited(asked),
    }


def _is_awaited(asked: SelfTest | None) -> bool:
    return (
        asked is not None and asked.told_at is None and parts().now() - asked.asked_at < TOLD_WITHIN
    )


def _managed(session: Session, station_id: str) -> Station:
    """Raises NotFound."""
    return stations.get(session, g.who, Permission.MANAGE_STATIONS, station_id, parts().now())


def _ours(session: Session, station_id: str) -> Station:
    """One whose agent obeys and answers. Raises NotFound."""
    station = _managed(session, station_id)
    if _is_foreign(session, station):
        raise NotFound("station", station_id)
    return station


def _is_foreign(session: Session, station: Station) -> bool:
    return session.get(ForeignBox, station.id) is not None


def _done(station_id: str) -> Response:
    parts().nudge()
    return redirect(url_for("tuning.show", station_id=station_id), 303)
