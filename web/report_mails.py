"""Report mails: a person has the report of a place sent by e-mail, and sees whether it went."""

from itertools import groupby
from operator import attrgetter

from flask import Blueprint, flash, g, redirect, render_template, request
from flask import url_for as url
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from controller import report
from controller.areas import local_day
from controller.errors import Invalid, WrongState
from controller.mails import outbox, subscribing
from controller.mails.periods import Every, Span
from controller.model import Mail, ReportMail
from controller.permissions import Permission
from web import mail_words, places
from web.bulletin_page import Page
from web.parts import parts
from web.polled import polled
from web.words import Word

SHOWN = 200  # mails: what became of the last ones

blueprint = Blueprint("report_mails", __name__, url_prefix="/bao-cao/gui-thu")


class Typed(Struct, frozen=True, kw_only=True):
    """The fields of the form, as typed."""

    area: str = ""
    every: str = Every.MONTH
    addresses: str = ""


class Line(Struct, frozen=True):
    """Reports that go to one address, with the last mail."""

    id: str
    address: str
    place: str
    every: str
    period: str
    word: Word | None  # None: none was made yet
    told: str


@blueprint.get("/")
def index() -> str:
    """What goes where, and a form for more."""
    return _page(Typed(area=request.args.get("noi", "")), {})


@blueprint.get("/dang-gui")
def part() -> AnyResponse:
    """The list, asked for while a mail is on its way."""
    return polled(render_template("report/_mails.html", lines=_lines(), is_on=_is_on()))


@blueprint.post("/")
def subscribe() -> Page | AnyResponse:
    """Send it from the next period on."""
    form = request.form
    given = Typed(
        area=form.get("area", ""),
        every=form.get("every", ""),
        addresses=form.get("addresses", ""),
    )
    wanted = subscribing.Wanted(area_id=given.area, every=given.every, addresses=given.addresses)
    try:
        with parts().store.writing() as session:
            made = subscribing.subscribe(session, g.who, wanted, now=parts().now())
    except Invalid as error:
        return _page(given, error.by_field()), 422
    if made:
        return _told("Đã đặt. Bấm “Gửi thử” để xem thư có tới không.", "good")
    return _told("Các địa chỉ này đang nhận báo cáo ấy rồi.", "wait")


@blueprint.post("/<report_mail_id>/gui-thu")
def send_now(report_mail_id: str) -> AnyResponse:
    """The last report, at once."""
    try:
        with parts().store.writing() as session:
            subscribing.send_now(session, g.who, report_mail_id, now=parts().now())
    except WrongState as error:
        return _told(str(error), "wait")
    return _told("Đang gửi báo cáo của kỳ vừa qua.", "good")


@blueprint.post("/<report_mail_id>/dung")
def stop(report_mail_id: str) -> AnyResponse:
    """Nothing goes there any more."""
    with parts().store.writing() as session:
        subscribing.stop(session, g.who, report_mail_id, now=parts().now())
    return _told("Đã dừng gửi tới địa chỉ ấy.", "good")


def _told(words: str, tone: str) -> AnyResponse:
    flash(words, tone)
    return redirect(url("report_mails.index"), 303)


def _page(given: Typed, errors: dict[str, str]) -> str:
    with parts().store.reading() as session:
        now = parts().now()
        report.reach(session, g.who, "", now=now)  # who sees no report anywhere has no such page
        choices = places.choices(session, g.who, Permission.SEE_STATIONS, local_day(now))
    return render_template(
        "report/mails.html",
        lines=_lines(),
        given=given,
        errors=errors,
        places=choices,
        every=mail_words.EVERY,
        is_on=_is_on(),
        has_link=parts().settings.public_url is not None,
    )


def _is_on() -> bool:
    return parts().settings.mails


def _lines() -> list[Line]:
    with parts().store.reading() as session:
        rows = subscribing.seen(session, g.who, parts().now())
        named = places.names(session, [row.area_id for row in rows])
        sent = outbox.of(session, [row.id for row in rows], SHOWN)
    by = attrgetter("report_mail_id")
    newest = {id_: next(mails) for id_, mails in groupby(sorted(sent, key=by), by)}
    pairs = zip(rows, named, strict=True)
    return [_line(row, place, newest.get(row.id)) for row, place in pairs]


def _line(row: ReportMail, place: str, mail: Mail | None) -> Line:
    return Line(
        id=row.id,
        address=row.address,
        place=place,
        every=mail_words.EVERY[Every(row.every)],
        period=mail_words.period(Span(mail.first, mail.last)) if mail else "",
        word=mail_words.standing(mail) if mail else None,
        told=mail_words.told(mail) if mail else "",
    )
