"""On air: what sounds now, what is due, how each station does; stop it."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from contract.states import AiringState, Class
from controller import live, orders, sounding
from controller.areas import local_day
from controller.errors import NotFound, WrongState
from controller.permissions import Permission, can
from web import airing_list, moves, rundown
from web.parts import parts
from web.polled import polled
from web.shared import shared
from web.words import SELF_TOLD, STAGE

A_SCREENFUL = 40  # lines of each list: the page asks for them every two seconds

blueprint = Blueprint("on_air", __name__, url_prefix="/dang-phat")


@blueprint.get("/")
def index() -> str:
    """What sounds now in the person's places, and what is due there."""
    return render_template("on_air/index.html", **_now())


@blueprint.get("/luc-nay")
def index_part() -> AnyResponse:
    """The living part of that page, asked for every two seconds."""
    return polled(render_template("on_air/_index.html", **_now()))


@blueprint.get("/thanh")
def bar() -> AnyResponse:
    """The bar at the foot of every page, asked for by scripts/bar.js."""
    return polled(render_template("on_air/_bar.html"))


@blueprint.get("/<airing_id>")
def airing(airing_id: str) -> str | AnyResponse:
    """One airing with each of its stations; an emergency has a page of its own."""
    found = _airing(airing_id)
    if found["view"].airing.cls == Class.EMERGENCY:
        return redirect(url_for("emergencies.airing", airing_id=airing_id), 303)
    return render_template("on_air/airing.html", **found)


@blueprint.get("/<airing_id>/tinh-hinh")
def airing_part(airing_id: str) -> AnyResponse:
    """The living part of that page."""
    return polled(render_template("on_air/_airing.html", **_airing(airing_id)))


@blueprint.post("/<airing_id>/dung")
def stop(airing_id: str) -> AnyResponse:
    """Take an airing off the air, or off the plan when it has not begun."""
    signer, now = parts().signer, parts().now()
    try:
        with parts().store.writing() as session:
            orders.cancel(session, g.who, airing_id, signer=signer, now=now)
    except WrongState as error:
        flash(str(error), "wait")
    else:
        parts().nudge()
        flash("Đã gửi lệnh dừng tới các cụm loa.", "good")
    return redirect(url_for("on_air.airing", airing_id=airing_id), 303)


@blueprint.post("/dung-het")
def stop_all() -> AnyResponse:
    """Silence every loudspeaker of the person's places, whatever sounds there."""
    places, now = g.who.areas_of(Permission.STOP), parts().now()
    if not places:
        raise NotFound("page", request.path)
    with parts().store.writing() as session:
        orders.stop(session, g.who, places, signer=parts().signer, now=now)
    parts().nudge()
    flash("Đã gửi lệnh dừng tới mọi cụm loa của bạn.", "good")
    return redirect(url_for("on_air.index"), 303)


def may_stop_some() -> bool:
    """Whether this person may silence loudspeakers anywhere."""
    return bool(g.who.areas_of(Permission.STOP))


def shown_in_bar() -> list[sounding.Sounding]:
    """What the bar tells: nothing to whoever sees no stations."""
    if not g.who.areas_of(Permission.SEE_STATIONS):
        return []
    counted = shared(sounding.counts)  # every page of everybody asks
    with parts().store.reading() as session:
        return sounding.sounding(session, g.who, parts().now(), counted)


def _now() -> dict[str, Any]:
    now, counted = parts().now(), shared(sounding.counts)
    wanted = min(max(request.args.get("so", A_SCREENFUL, type=int), 1), airing_list.MOST)
    with parts().store.reading() as session:
        coming, past = airing_list.around(session, g.who, now, wanted + 1)
        heard = sounding.sounding(session, g.who, now, counted)
    longest = max(len(coming), len(past))
    return {
        "sounding": heard,
        "coming": rundown.sessions(coming[:wanted]),
        "past": past[:wanted],
        "so": wanted if wanted != A_SCREENFUL else None,
        "more": wanted + A_SCREENFUL if longest > wanted else None,
        "may_stop": may_stop_some(),
    }


def _airing(airing_id: str) -> dict[str, Any]:
    now = parts().now()
    with parts().store.reading() as session:
        view = live.of_airing(session, g.who, airing_id, now)
        may_stop = _may_stop(session, view)
        movable = moves.shown_at(session, view.airing, view.bulletin)
    return {
        **movable,
        "view": view,
        "stages": STAGE,
        "self_told": SELF_TOLD,
        "may_stop": may_stop,
        "over": now > view.airing.ends_at,
    }


def _may_stop(session: Session, view: live.AiringView) -> bool:
    """Whether there is something to stop, everywhere within the person's reach."""
    today = local_day(parts().now())
    alive = view.airing.state in (AiringState.PLANNED, AiringState.STARTED, AiringState.REFUSED)
    return alive and all(
        can(session, g.who, Permission.STOP, target, today) for target in view.airing.targets
    )
