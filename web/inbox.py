"""Inbox: normal bulletins from above; a commune's people choose what is heard at home."""

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller import choosing, inbox
from controller.errors import Invalid, WrongState
from controller.model import Recording
from web import draft_form
from web.bulletin_line import when_in_words
from web.bulletin_page import Page
from web.parts import parts

blueprint = Blueprint("inbox", __name__, url_prefix="/hop-tin")

REASONS = (
    "Không có ở địa bàn xã",
    "Xã đã có bản tin về việc này",
    "Không còn giờ phát",
)
"""What is said most often, one tap each; more can be written below."""


@blueprint.get("/")
def index() -> str:
    """What waits for a choice, and what was chosen of late."""
    now = parts().now()
    with parts().store.reading() as session:
        waiting = inbox.waiting(session, g.who, now)
        chosen = inbox.chosen(session, g.who, now)
    return render_template("inbox/list.html", waiting=waiting, chosen=chosen)


@blueprint.get("/<sent_id>")
def show(sent_id: str) -> Page | Response:
    """One that waits: its sound, its words, when it was meant to be heard."""
    return _page(sent_id, request.args.get("xa", ""), {})


@blueprint.post("/<sent_id>/phat")
def take(sent_id: str) -> Page | Response:
    """Broadcast it; the copy is where the time is set and approval asked for."""
    area = request.form.get("area", "")
    try:
        with parts().store.writing() as session:
            copy = inbox.take(session, g.who, sent_id, area, now=parts().now())
    except Invalid as error:
        return _page(sent_id, area, draft_form.errors(error))
    except WrongState as error:
        return _too_late(error)
    flash("Đã chép thành bản tin của xã. Nghe lại, xem giờ phát, rồi gửi duyệt.", "good")
    return redirect(url_for("bulletins.show", bulletin_id=copy.id), 303)


@blueprint.post("/<sent_id>/khong-phat")
def decline(sent_id: str) -> Page | Response:
    """Do not broadcast it, and say why."""
    form, now = request.form, parts().now()
    area = form.get("area", "")
    said = [form.get("chosen", ""), form.get("reason", "").strip()]
    reason = ". ".join(filter(None, said))
    try:
        with parts().store.writing() as session:
            inbox.decline(session, g.who, sent_id, area, reason, now=now)
    except Invalid as error:
        return _page(sent_id, area, draft_form.errors(error))
    except WrongState as error:
        return _too_late(error)
    flash("Đã ghi là không phát. Cấp trên thấy lý do của xã.", "good")
    return redirect(url_for("inbox.index"), 303)


@blueprint.get("/noi-tu-chon")
def choosing_places() -> str:
    """Which places choose, for who manages them."""
    with parts().store.reading() as session:
        found = choosing.places(session, g.who, parts().now())
    return render_template("inbox/places.html", found=found)


@blueprint.post("/noi-tu-chon")
def decide() -> Response:
    """Keep which places choose."""
    with parts().store.writing() as session:
        chosen = set(request.form.getlist("inbox"))
        changed = choosing.decide(session, g.who, chosen, now=parts().now())
    parts().nudge()
    flash(f"Đã đổi cho {changed} nơi. Lịch phát theo ngay." if changed else "Không đổi gì.", "good")
    return redirect(url_for("inbox.choosing_places"), 303)


def _page(sent_id: str, area: str, errors: Mapping[str, str]) -> Page | Response:
    try:
        with parts().store.reading() as session:
            item = inbox.get(session, g.who, sent_id, area, parts().now())
            recording = session.get(Recording, item.bulletin.recording_sha256)
    except WrongState as error:
        return _too_late(error)
    body = render_template(
        "inbox/show.html",
        item=item,
        bulletin=item.bulletin,
        recording=recording,
        when_in_words=when_in_words(item.bulletin),
        reasons=REASONS,
        typed=request.form,
        errors=errors,
    )
    return (body, 422) if errors else body


def _too_late(error: WrongState) -> Response:
    flash(str(error), "wait")
    return redirect(url_for("inbox.index"), 303)
