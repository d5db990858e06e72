"""How one station is: what it measures now and over a day, its self-test, its diagnoses."""

from datetime import datetime

import msgspec
from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from contract.reports import Beat
from contract.telling import TESTED
from controller import diagnoses, samples, self_tests, stations
from controller.areas import local_day
from controller.errors import WrongState
from controller.model import Area, ForeignBox, Station, StationState
from controller.permissions import Permission, can
from web import station_figures, station_ills
from web.parts import parts
from web.stations import line

blueprint = Blueprint("station_health", __name__, url_prefix="/tram-loa")


@blueprint.get("/<station_id>/suc-khoe")
def show(station_id: str) -> str:
    """For whoever may see the station; only its technicians see and do more than look."""
    now = parts().now()
    with parts().store.reading() as session:
        station = _station(session, station_id, Permission.SEE_STATIONS)
        state = session.get_one(StationState, station.id)
        row = line(station, state, session.get_one(Area, station.area_id), now)
        manages = _gives_orders(session, station, now)
        return render_template(
            "stations/health.html",
            station=station,
            line=row,
            ills=station_ills.of_station(session, station.id, state, row.word),
            facts=station_figures.facts(_beat(state)),
            lines=station_figures.lines(samples.latest(session, station.id, now), now),
            number=station_figures.number,
            manages=manages,
            **(_asked(session, station.id, now) if manages else {}),
        )


@blueprint.post("/<station_id>/suc-khoe/thu-loa")
def test(station_id: str) -> AnyResponse:
    """Have it sound its tone."""
    with parts().store.writing() as session:
        self_tests.ask(session, g.who, station_id, signer=parts().signer, now=parts().now())
    return _done(station_id, "Đã gửi lệnh thử loa. Kết quả hiện ở đây sau khoảng nửa phút.")


@blueprint.post("/<station_id>/suc-khoe/chan-doan")
def diagnose(station_id: str) -> AnyResponse:
    """Have it bring a diagnosis."""
    try:
        with parts().store.writing() as session:
            diagnoses.ask(session, g.who, station_id, signer=parts().signer, now=parts().now())
    except WrongState as error:
        flash(str(error), "bad")
        return redirect(url_for("station_health.show", station_id=station_id), 303)
    return _done(station_id, "Đã yêu cầu chẩn đoán. Cụm loa gửi về trong vài phút.")


@blueprint.get("/<station_id>/suc-khoe/chan-doan/<order_id>")
def document(station_id: str, order_id: str) -> Response:
    """The document, to keep or to send on."""
    with parts().store.writing() as session:
        body = diagnoses.read(session, g.who, station_id, order_id, now=parts().now())
    answer = make_response(msgspec.json.format(body))
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = f'attachment; filename="chan-doan-{station_id}.json"'
    answer.cache_control.no_store = True
    return answer


def _asked(session: Session, station_id: str, now: datetime) -> dict[str, object]:
    """What technicians asked of it."""
    test_row = self_tests.latest(session, station_id)
    told = None if test_row is None else self_tests.result(test_row)
    return {
        "test": test_row,
        "told": told,
        "outcome": "" if told is None else TESTED[told.outcome],
        "rose": None if told is None else self_tests.rose(told),
        "diagnoses": diagnoses.latest(session, station_id),
        "awaited": lambda row: diagnoses.is_awaited(row, now),
    }


def _station(session: Session, station_id: str, permission: Permission) -> Station:
    """Raises NotFound."""
    return stations.get(session, g.who, permission, station_id, parts().now())


def _gives_orders(session: Session, station: Station, now: datetime) -> bool:
    """Whether this person manages the station, and an agent of ours is there to obey."""
    if session.get(ForeignBox, station.id) is not None:
        return False
    return can(session, g.who, Permission.MANAGE_STATIONS, station.area_id, local_day(now))


def _beat(state: StationState) -> Beat | None:
    return None if state.telemetry is None else msgspec.convert(state.telemetry, Beat)


def _done(station_id: str, told: str) -> AnyResponse:
    parts().nudge()
    flash(told, "good")
    return redirect(url_for("station_health.show", station_id=station_id), 303)
