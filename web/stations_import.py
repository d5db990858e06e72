"""Stations import: a list of loudspeaker clusters from a workbook, looked at before it counts."""

import io

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from controller.errors import Invalid, NotFound
from controller.permissions import Permission
from controller.sheets import process, stations
from controller.sheets.stations import HEADS, Checked
from controller.sheets.wire import Trouble
from web import example_sheet
from web.parts import parts

MOST_BYTES = 5 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TROUBLE = {
    Trouble.UNREADABLE: "Không mở được tệp này. Hãy chọn bảng tính Excel (.xlsx).",
    Trouble.TOO_LONG: "Bảng tính quá dài: mỗi lần nhập tối đa 5.000 dòng.",
}
NO_FILE = "Hãy chọn tệp bảng tính trước."
GONE = "Tệp đã chọn không còn trên máy chủ: hãy chọn lại."
SHOWN = 200  # problems on one page: whoever has more mends these first
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
    body = example_sheet.example("Cụm loa", tuple(HEADS.values()), EXAMPLE)
    answer = Response(body, mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="cum-loa-mau.xlsx"'
    return answer


@blueprint.post("/")
def check() -> str | tuple[str, int]:
    """Look at every cell and say what would be registered; nothing is written yet."""
    _admit()
    file = request.files.get("file")
    content = file.stream.read(MOST_BYTES) if file and file.filename else b""
    if not content:
        return _refused(NO_FILE)
    read = process.read(content)
    if read.trouble is not None:
        return _refused(TROUBLE[read.trouble])
    with parts().store.reading() as session:
        checked = stations.check(session, g.who, read.rows, parts().now())
    kept = "" if checked.wrong else parts().media.keep_original(io.BytesIO(content))
    page = _checked(checked, kept)
    return (page, 422) if checked.wrong else page


@blueprint.post("/ghi")
def register() -> AnyResponse | tuple[str, int]:
    """Register what was just shown; looked at again, for the world may have changed."""
    _admit()
    try:
        content = parts().media.original(request.form.get("kept", "")).read_bytes()
    except FileNotFoundError:
        return _refused(GONE)
    rows = process.read(content).rows
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
        shown=checked.wrong[:SHOWN],
        kept=kept,
        places=len({one.area_id for one in checked.wanted}),
    )
