"""Royalties: the list of nhuận bút of a period, on the page and as a workbook."""

from datetime import datetime
from itertools import groupby

from flask import Blueprint, Response, g, render_template, request
from msgspec import Struct
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from controller import royalties
from controller.model import Field
from controller.royalties import Work
from web import places
from web.dates import short_day
from web.parts import parts
from web.report_cells import number, span
from web.report_page import XLSX, of_request
from web.report_sheet import Table, workbook
from web.shared import REPORTS, counted
from web.words import FIELD

HEADS = ("Tác giả", "Tác phẩm", "Thể loại", "Lĩnh vực", "Phát lần đầu", "Số lần", "Số chữ", "Giây")
KIND = {"text": "Bài viết", "audio": "Bản ghi âm"}

MOST_WORKS = 40  # of one author; the others are a tap away, and in the sheet

blueprint = Blueprint("royalties", __name__, url_prefix="/bao-cao/nhuan-but")


class Author(Struct, frozen=True):
    """What one person wrote that was heard."""

    name: str
    works: list[Work]

    @property
    def words(self) -> int:
        """Of all texts together."""
        return sum(one.words for one in self.works)

    @property
    def seconds(self) -> int:
        """Of all works together, each once."""
        return sum(one.seconds for one in self.works)


@blueprint.get("/")
def index() -> str:
    """By author, with every work below."""
    (when, sought), asking = of_request(), g.who

    def read(session: Session, now: datetime) -> list[Work]:
        return royalties.works(session, asking, sought, now=now)

    found, at = counted(("royalties", asking.grants, sought), read, REPORTS)
    with parts().store.reading() as session:
        place = places.names(session, [sought.area])[0] if sought.area else ""
    return render_template(
        "report/royalties.html",
        authors=_authors(found),
        most=None if "tat-ca" in request.args else MOST_WORKS,
        at=at,
        period=when,
        place=place,
        kinds=KIND,
        fields={field.value: text for field, text in FIELD.items()},
        number=number,
        span=span,
        here=request.args.to_dict(),
    )


@blueprint.get("/bang-tinh")
def sheet() -> AnyResponse:
    """The same as an XLSX workbook, a line for each work."""
    when, sought = of_request()
    with parts().store.reading() as session:
        found = royalties.works(session, g.who, sought, now=parts().now())
    title = f"Danh sách nhuận bút, từ {when.first:%d/%m/%Y} đến {when.last:%d/%m/%Y}"
    lines = [
        (
            one.author,
            one.title,
            KIND[one.kind],
            FIELD[Field(one.field)],
            short_day(one.first_at),
            one.times,
            one.words,
            one.seconds,
        )
        for one in found
    ]
    table: Table = ("Nhuận bút", HEADS, lines)
    answer = Response(workbook(title, [table]), mimetype=XLSX)
    name = f"nhuan-but-{when.first:%Y%m%d}-{when.last:%Y%m%d}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _authors(found: list[Work]) -> list[Author]:
    return [Author(name, list(each)) for name, each in groupby(found, lambda one: one.author)]
