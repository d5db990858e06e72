"""Schedule import: a calendar file or a workbook of programmes becomes drafts, looked at first."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import intake
from controller.areas import local_day
from controller.calendars import process
from controller.calendars.candidates import candidates as of_calendar
from controller.errors import NotFound
from controller.intake import Candidate, Seen
from controller.permissions import Permission
from controller.sheets import programmes
from controller.sheets.wire import Trouble
from web import places, sheet_import
from web.parts import parts
from web.sheet_import import Unusable

NO_FILE = "Hãy chọn tệp lịch hoặc bảng tính trước."
NOTHING = "Chưa chọn bản tin nào."
EMPTY = "Tệp lịch không có sự kiện nào."
TROUBLE = {
    Trouble.UNREADABLE: "Không đọc được tệp này. Hãy chọn tệp lịch (.ics) hoặc bảng tính (.xlsx).",
    Trouble.TOO_LONG: "Tệp lịch quá lớn: mỗi lần nhập tối đa 500 sự kiện.",
}
ZIP = b"PK"
"""How a workbook begins: it is a packed folder, a calendar is text."""

EXAMPLE = (
    ("Bản tin sáng", "Xã Suối Mây", "2-6", "05:30", "", "", "Nội dung đọc, có thể để trống."),
    ("Phổ biến pháp luật", "Xã Suối Mây", "7, CN", "17:00; 17:30", "01/12/2026", "31/12/2026", ""),
)

blueprint = Blueprint("schedule_import", __name__, url_prefix="/lich/nhap")


@blueprint.get("/")
def form() -> str:
    """What may be taken in, and where to choose it."""
    _admit()
    return _form("")


@blueprint.get("/mau")
def example() -> AnyResponse:
    """A workbook with the right heads, to be filled in."""
    _admit()
    heads = programmes.HEADS.values()
    return sheet_import.example("Chương trình", heads, EXAMPLE, "chuong-trinh-mau.xlsx")


@blueprint.post("/")
def check() -> str | tuple[str, int]:
    """Say of each event or row what it becomes; nothing is written yet."""
    _admit()
    try:
        content = sheet_import.uploaded(NO_FILE)
        some = _candidates(content)
    except Unusable as error:
        return _form(str(error)), 422
    with parts().store.reading() as session:
        return _checked(_seen(session, some), sheet_import.keep(content))


@blueprint.post("/ghi")
def take() -> str | tuple[str, int]:
    """Make drafts of what was chosen; looked at again, for the world may have changed."""
    _admit()
    chosen = {int(each) for each in request.form.getlist("chosen") if each.isdecimal()}
    try:
        some = _candidates(sheet_import.kept_content())
    except Unusable as error:
        return _form(str(error)), 422
    with parts().store.writing() as session:
        seen = _seen(session, some)
        made = intake.take(session, g.who, seen, chosen, parts().now())
        named = [(one.id, one.title) for one in made]
    if not named:
        return _checked(seen, request.form.get("kept", ""), NOTHING), 422
    missed = [one for one in seen if one.number in chosen and one.draft is None]
    return render_template("schedule/imported.html", made=named, missed=missed)


@blueprint.post("/rut")
def take_back() -> AnyResponse:
    """Withdraw the drafts that were just made, as far as nobody touched them."""
    _admit()
    now = parts().now()
    with parts().store.writing() as session:
        gone = intake.take_back(session, g.who, request.form.getlist("made"), now)
    flash(f"Đã rút {gone} bản nháp vừa nhập.", "good")
    return redirect(url_for("schedule_import.form"), 303)


def _admit() -> None:
    """Raises NotFound for who writes nowhere."""
    if not g.who.areas_of(Permission.COMPOSE):
        raise NotFound("page", request.path)


def _candidates(content: bytes) -> list[Candidate]:
    """What the file holds. Raises Unusable."""
    if content.startswith(ZIP):
        found, wrong = programmes.candidates(sheet_import.rows_of(content))
        if wrong:
            raise Unusable(" ".join(each.message for each in wrong))
        return found
    read = process.read(content)
    if read.trouble is not None:
        raise Unusable(TROUBLE[read.trouble])
    if not read.events:
        raise Unusable(EMPTY)
    return of_calendar(read.events)


def _seen(session: Session, some: list[Candidate]) -> list[Seen]:
    return intake.check(session, g.who, some, request.form.get("area", ""), parts().now())


def _checked(seen: list[Seen], kept: str, wrong: str = "") -> str:
    return render_template(
        "schedule/import_checked.html",
        good=[one for one in seen if one.draft],
        bad=[one for one in seen if not one.draft],
        kept=kept,
        area=request.form.get("area", ""),
        open_text=intake.OPEN_TEXT,
        wrong=wrong,
    )


def _form(wrong: str) -> str:
    with parts().store.reading() as session:
        where = places.choices(session, g.who, Permission.COMPOSE, local_day(parts().now()))
    return render_template(
        "schedule/import.html", places=where, heads=programmes.HEADS.values(), wrong=wrong
    )
