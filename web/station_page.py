"""One station: how it stands, what it does with its air and why, how it is to sound."""

from datetime import date, datetime, timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contract.states import Verdict
from controller import live, proofs, station_day, station_sound, stations, why
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.model import Airing, Area, Bulletin, Station, StationState, StationVerdict
from controller.permissions import Permission, can
from scheduler.calendar import ZONE
from web import foreign_page, sound_form, timeline
from web.parts import parts
from web.stations import line
from web.words import SELF_TOLD

FARTHEST = timedelta(days=3_660)

blueprint = Blueprint("station", __name__, url_prefix="/tram-loa")


@blueprint.get("/<station_id>")
def show(station_id: str) -> str:
    """The station as it is now, its day (`ngay`), and what it did up to a moment (`luc`)."""
    now = parts().now()
    asked = request.args.get("luc", "")
    until = _moment(asked)
    span = timeline.span_of(_day(request.args.get("ngay", ""), local_day(now)))
    with parts().store.reading() as session:
        station = _seen(session, station_id)
        state = session.get_one(StationState, station.id)
        area = session.get_one(Area, station.area_id)
        return render_template(
            "stations/station.html",
            station=station,
            line=line(station, state, area, now),
            foreign=foreign_page.on_page(session, station.id),
            day=timeline.of(station_day.read(session, station, *span, now), station.id, now),
            hours=timeline.HOURS,
            now_told=why.now_of(session, state.stance),
            told=why.latest(session, station.id, until or now),
            asked=asked,
            unreadable=bool(asked) and until is None,
            manages=_manages(session, station),
        )


@blueprint.get("/<station_id>/vi-sao/<airing_id>")
def airing(station_id: str, airing_id: str) -> str:
    """What the station did in the time of an airing, and what came of it."""
    with parts().store.reading() as session:
        station = _seen(session, station_id)
        found = session.get(Airing, airing_id)
        verdict = session.get(StationVerdict, (airing_id, station.id))
        if found is None or verdict is None:
            raise NotFound("airing", airing_id)
        return render_template(
            "stations/why.html",
            station=station,
            airing=found,
            title=session.get_one(Bulletin, found.bulletin_id).title,
            verdict=Verdict(verdict.verdict),
            reason=proofs.reason(verdict),
            rests_on=proofs.tell(verdict.evidence, proofs.of_row(verdict)),
            heard=live.heard_of(verdict),
            foreign=foreign_page.on_page(session, station.id),
            evidence=verdict.evidence,
            detail=verdict.detail,
            self_told=SELF_TOLD,
            told=why.of_airing(session, station.id, found),
        )


@blueprint.get("/<station_id>/am-thanh")
def sound(station_id: str) -> str:
    """The form of its sound."""
    with parts().store.reading() as session:
        station = _managed(session, station_id)
        typed = sound_form.of(station_sound.sound_of(session, station.id))
    return render_template("stations/sound.html", station=station, typed=typed)


@blueprint.post("/<station_id>/am-thanh")
def set_sound(station_id: str) -> Response | tuple[str, int]:
    """Have it sound like this from its next plan on."""
    typed = sound_form.typed(request.form)
    try:
        with parts().store.writing() as session:
            wanted = sound_form.sound_of(typed)
            station_sound.set_sound(session, g.who, station_id, wanted, now=parts().now())
    except Invalid as error:
        errors = error.by_field()
        with parts().store.reading() as session:
            station = _managed(session, station_id)
        return (
            render_template("stations/sound.html", station=station, typed=typed, errors=errors),
            422,
        )
    parts().nudge()
    flash("Đã lưu. Cụm loa làm theo khi nhận lịch phát mới.", "good")
    return redirect(url_for("station.show", station_id=station_id), 303)


def _seen(session: Session, station_id: str) -> Station:
    """Raises NotFound."""
    return stations.get(session, g.who, Permission.SEE_STATIONS, station_id, parts().now())


def _managed(session: Session, station_id: str) -> Station:
    """Raises NotFound."""
    return stations.get(session, g.who, Permission.MANAGE_STATIONS, station_id, parts().now())


def _manages(session: Session, station: Station) -> bool:
    today = local_day(parts().now())
    return can(session, g.who, Permission.MANAGE_STATIONS, station.area_id, today)


def _day(text: str, today: date) -> date:
    """A day as browsers send it; today when it is none, or nowhere near."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if abs(found - today) < FARTHEST else today


def _moment(text: str) -> datetime | None:
    """A local time as browsers send it; None when it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)
    except ValueError:
        return None
