"""Stations import: a list of loudspeaker clusters from a workbook, looked at before it counts."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from controller.errors import Invalid, NotFound
from controller.permissions import Permission
from controller.sheets import stations
from controller.sheets.stations import HEADS, Checked
from web import sheet_import
from web.parts import parts
from web.sheet_import import Unusable

EXAMPLE = (
    ("Cụm loa nhà văn hóa", "Thôn Đoàn Kết, Xã Suối Mây", ""),
    ("Cụm loa chợ", "Xã Suối Mây", "cho-suoi-may"),
)

blueprint = Blueprint("stations_import", __name__, url_prefix="/tram-loa/nhap")


@blueprint.get("/")
def form() -> str:
    """What the workbook must look like, and where to choose it."""
    _admit()
    return render_template("imports/stations.html", heads=HEADS, wrong="")


@blueprint.get("/mau")
def example() -> AnyResponse:
    """A workbook with the right heads, to be filled in."""
    _admit()
    return sheet_import.example("Cụm loa", HEADS.values(), EXAMPLE, "cum-loa-mau.xlsx")


@blueprint.post("/")
def check() -> str | tuple[str, int]:
    """Look at every cell and say what would be registered; nothing is written yet."""
    _admit()
    try:
        content, rows = sheet_import.sent()
    except Unusable as error:
        return _refused(str(error))
    with parts().store.reading() as session:
        checked = stations.check(session, g.who, rows, parts().now())
    if checked.wrong:
        return _checked(checked, ""), 422
    return _checked(checked, sheet_import.keep(content))


@blueprint.post("/ghi")
def register() -> AnyResponse | tuple[str, int]:
    """Register what was just shown; looked at again, for the world may have changed."""
    _admit()
    try:
        rows = sheet_import.kept()
    except Unusable as error:
        return _refused(str(error))
    now = parts().now()
    try:
        with parts().store.writing() as session:
            made = stations.register_all(session, g.who, rows, now)
    except Invalid:
        with parts().store.reading() as session:
            return _checked(stations.check(session, g.who, rows, now), ""), 422
    flash(f"Đã thêm {len(made)} cụm loa. Mỗi cụm loa còn cần một mã nhận để gắn với hộp.", "good")
    return redirect(url_for("stations.index"), 303)


def _admit() -> None:
    """Raises NotFound for who manages no stations."""
    if not g.who.areas_of(Permission.MANAGE_STATIONS):
        raise NotFound("page", request.path)


def _refused(wrong: str) -> tuple[str, int]:
    return render_template("imports/stations.html", heads=HEADS, wrong=wrong), 422


def _checked(checked: Checked, kept: str) -> str:
    return render_template(
        "imports/stations_checked.html",
        checked=checked,
        shown=checked.wrong[: sheet_import.SHOWN],
        kept=kept,
        places=len({one.area_id for one in checked.wanted}),
    )
