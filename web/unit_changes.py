"""Unit changes: communes merged, split and regrouped, each seen before it is done."""

from flask import Blueprint, flash, g, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from controller import area_history, areas, decrees, regrouped
from controller.areas import local_day
from controller.decrees import Part
from controller.errors import Invalid
from controller.model import Station
from controller.permissions import Permission
from web import places, units
from web.bulletin_page import Page
from web.parts import parts
from web.words import AREA_KIND

MOST_PARTS = 4
"""Fields for new communes; more is done by splitting again."""

blueprint = Blueprint("unit_changes", __name__, url_prefix="/don-vi")


class _OnlyShown(Exception):
    """Everything was possible, and nothing is kept: the person looks first."""


@blueprint.get("/<area_id>/sap-nhap")
def merging(area_id: str) -> str:
    """The communes below, to choose from."""
    return _merge_page(area_id, {})


@blueprint.post("/<area_id>/sap-nhap")
def merge(area_id: str) -> Page | Response:
    """Show what would move; with `sure`, do it."""
    chosen, now = request.form.getlist("areas"), parts().now()
    part = Part(name=request.form.get("name", ""), code=request.form.get("code", ""))
    try:
        with parts().store.writing() as session:
            decree = units.decree()
            made = decrees.merge(session, g.who, area_id, chosen, part, decree=decree, now=now)
            _look_first()
    except Invalid as error:
        return _merge_page(area_id, error.by_field()), 422
    except _OnlyShown:
        return _merge_page(area_id, {}, seen=True)
    flash(f"Đã sáp nhập thành {made.name} từ hôm nay.", "good")
    return units.to(made.id)


@blueprint.get("/<area_id>/chia")
def splitting(area_id: str) -> str:
    """The new communes' names, and which of them takes what."""
    return _split_page(area_id, {})


@blueprint.post("/<area_id>/chia")
def split(area_id: str) -> Page | Response:
    """Show what would go where; with `sure`, do it."""
    now = parts().now()
    try:
        with parts().store.writing() as session:
            decree = units.decree()
            decrees.split(session, g.who, area_id, _parts(), decree=decree, now=now)
            _look_first()
    except Invalid as error:
        return _split_page(area_id, error.by_field()), 422
    except _OnlyShown:
        return _split_page(area_id, {}, seen=True)
    flash("Đã chia từ hôm nay.", "good")
    return units.to(area_id)


@blueprint.get("/<area_id>/chuyen")
def regrouping(area_id: str) -> str:
    """What is below, and where it could hang."""
    return _regroup_page(area_id, {})


@blueprint.post("/<area_id>/chuyen")
def regroup(area_id: str) -> Page | Response:
    """Show who hears what otherwise; with `sure`, do it."""
    chosen, to, now = request.form.getlist("areas"), request.form.get("to", ""), parts().now()
    try:
        with parts().store.writing() as session:
            decree = units.decree()
            decrees.regroup(session, g.who, area_id, chosen, to, decree=decree, now=now)
            _look_first()
    except Invalid as error:
        return _regroup_page(area_id, error.by_field()), 422
    except _OnlyShown:
        return _regroup_page(area_id, {}, seen=True)
    parts().nudge()
    flash("Đã chuyển từ hôm nay.", "good")
    return units.to(to)


def _look_first() -> None:
    if "sure" not in request.form:
        raise _OnlyShown


def _parts() -> list[Part]:
    """The new communes that were named, each with what was put to its number."""
    names, codes = request.form.getlist("names"), request.form.getlist("codes")
    return [
        Part(
            name=name,
            code=codes[n] if n < len(codes) else "",
            area_ids=_put_to(str(n + 1), "area:"),
            station_ids=_put_to(str(n + 1), "station:"),
        )
        for n, name in enumerate(names)
        if name.strip()
    ]


def _put_to(number: str, prefix: str) -> list[str]:
    chosen = (key for key, to in request.form.items() if to == number)
    return [key.removeprefix(prefix) for key in chosen if key.startswith(prefix)]


def _merge_page(area_id: str, errors: dict[str, str], *, seen: bool = False) -> str:
    day, chosen = local_day(parts().now()), set(request.form.getlist("areas"))
    with parts().store.reading() as session:
        area = units.reached(session, area_id)
        communes = decrees.communes_of(session, area_id, day)
        rows = [(one, area_history.extent(session, [one.id], day)) for one in communes]
        whole = area_history.extent(session, chosen, day)
    return render_template(
        "units/merge.html",
        area=area,
        rows=rows,
        chosen=chosen,
        whole=whole,
        seen=seen,
        errors=errors,
        typed=request.form,
    )


def _regroup_page(area_id: str, errors: dict[str, str], *, seen: bool = False) -> str:
    now, to = parts().now(), request.form.get("to", "")
    day = local_day(now)
    with parts().store.reading() as session:
        area = units.reached(session, area_id)
        below = areas.children(session, area_id, day)
        return render_template(
            "units/regroup.html",
            area=area,
            below=below,
            places=[
                one
                for one in places.choices(session, g.who, Permission.MANAGE_AREAS, day)
                if one.id != area_id
            ],
            chosen=set(request.form.getlist("areas")),
            change=regrouped.of(session, area_id, to, now) if seen else None,
            whole=area_history.extent(session, request.form.getlist("areas"), day),
            kinds=AREA_KIND,
            seen=seen,
            errors=errors,
            typed=request.form,
        )


def _split_page(area_id: str, errors: dict[str, str], *, seen: bool = False) -> str:
    day = local_day(parts().now())
    with parts().store.reading() as session:
        area = units.reached(session, area_id)
        below = areas.children(session, area_id, day)
        query = select(Station).where(Station.area_id == area_id).order_by(Station.folded)
        stations = list(session.scalars(query))
        whole = area_history.extent(session, [area_id], day)
    return render_template(
        "units/split.html",
        area=area,
        things=[
            *((f"area:{one.id}", one.name) for one in below),
            *((f"station:{one.id}", one.name) for one in stations),
        ],
        names=[*request.form.getlist("names"), *[""] * MOST_PARTS][:MOST_PARTS],
        codes=[*request.form.getlist("codes"), *[""] * MOST_PARTS][:MOST_PARTS],
        made=_parts(),
        whole=whole,
        seen=seen,
        errors=errors,
        typed=request.form,
    )
