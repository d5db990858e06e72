"""Approvals: what waits for a second person, who hears it, reads it, and decides."""

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contract.states import Class
from controller import ahead, approval, bulletins, emergency_watch, hearings
from controller.ahead import Yields
from controller.content import content_hash
from controller.errors import ContentChanged, Invalid, OwnBulletin, WrongState
from web import approve_many, bulletin_page, draft_form, step_up
from web.bulletin_page import Page
from web.dates import clock_minute
from web.parts import parts

blueprint = Blueprint("approvals", __name__, url_prefix="/duyet")

REASONS = (
    "Cần sửa lời bản tin",
    "Máy đọc chưa đúng, cần viết lại cho rõ",
    "Sai giờ phát",
    "Sai nơi phát",
    "Không phát bản tin này",
)
"""What is said most often, one tap each; more can be written below."""


@blueprint.get("/")
def queue() -> str:
    """What waits for this person's decision."""
    return approve_many.queue({})


@blueprint.get("/<bulletin_id>")
def show(bulletin_id: str) -> str:
    """One bulletin with all that is decided about: sound, words, places, times, conflicts."""
    return _page(bulletin_id, {})


@blueprint.post("/<bulletin_id>/da-nghe")
def heard(bulletin_id: str) -> tuple[str, int]:
    """The player has come to its end."""
    sha256 = request.form.get("recording", "")
    with parts().store.writing() as session:
        hearings.heard(session, g.who, bulletin_id, sha256, now=parts().now())
    return "", 204


@blueprint.post("/<bulletin_id>/dong-y")
def approve(bulletin_id: str) -> Page | Response:
    """Let it be heard."""
    seen, now = request.form.get("seen", ""), parts().now()
    if _is_alarm(bulletin_id) and (errors := step_up.errors()):
        return _page(bulletin_id, errors), 422
    try:
        with parts().store.writing() as session:
            yields = _chosen(session, bulletin_id)
            done = approval.approve(
                session, g.who, bulletin_id, seen, signer=parts().signer, now=now
            )
            ahead.put_behind(session, g.who, yields, signer=parts().signer, now=now)
            alarm = emergency_watch.airing_of(session, done)
    except Invalid as error:
        return _page(bulletin_id, draft_form.errors(error)), 422
    except (ContentChanged, OwnBulletin, WrongState) as error:
        return _again(bulletin_id, error)
    parts().nudge()
    if alarm:
        flash("Đã duyệt. Lệnh phát khẩn cấp đang tới các cụm loa.", "good")
        return redirect(url_for("emergencies.airing", airing_id=alarm), 303)
    flash(f"Đã duyệt. Bản tin sẽ được gửi tới các cụm loa.{_moved(yields)}", "good")
    return redirect(url_for("bulletins.show", bulletin_id=bulletin_id), 303)


@blueprint.post("/<bulletin_id>/tra-lai")
def give_back(bulletin_id: str) -> Page | Response:
    """Return it to its author with a reason."""
    seen, now = request.form.get("seen", ""), parts().now()
    try:
        with parts().store.writing() as session:
            approval.give_back(session, g.who, bulletin_id, seen, _reason(), now=now)
    except Invalid as error:
        return _page(bulletin_id, draft_form.errors(error)), 422
    except (ContentChanged, OwnBulletin, WrongState) as error:
        return _again(bulletin_id, error)
    flash("Đã trả lại cho người soạn.", "good")
    return redirect(url_for("approvals.queue"), 303)


def _chosen(session: Session, bulletin_id: str) -> list[Yields]:
    """What the person lets it go ahead of, as it stands now."""
    wanted, now = set(filter(None, request.form.get("behind", "").split(","))), parts().now()
    if not wanted:
        return []
    bulletin = bulletins.get(session, g.who, bulletin_id, now=now)
    found = ahead.may_yield(session, g.who, bulletin, now)
    if {one.airing_id for one in found} != wanted:
        raise ContentChanged("Lịch vừa thay đổi: xem lại các lượt trùng giờ rồi duyệt.")
    return found


def _moved(yields: list[Yields]) -> str:
    told = (f" “{one.title}” chuyển sang {clock_minute(one.becomes)}." for one in yields)
    return "".join(told)


def _is_alarm(bulletin_id: str) -> bool:
    with parts().store.reading() as session:
        bulletin = bulletins.get(session, g.who, bulletin_id, now=parts().now())
    return bulletin.cls == Class.EMERGENCY


def _reason() -> str:
    chosen = request.form.get("chosen", "")
    said = [chosen if chosen in REASONS else "", request.form.get("reason", "").strip()]
    return ". ".join(filter(None, said))


def _again(bulletin_id: str, error: Exception) -> Response:
    """Show the bulletin as it is now, with why nothing was decided."""
    flash(str(error), "wait")
    return redirect(url_for("approvals.show", bulletin_id=bulletin_id), 303)


def _page(bulletin_id: str, errors: Mapping[str, str]) -> str:
    now = parts().now()
    with parts().store.reading() as session:
        bulletin = bulletins.get(session, g.who, bulletin_id, now=now)
        approval.require_decider(session, g.who, bulletin, now)
        facts = bulletin_page.facts(session, bulletin)
        yields = ahead.may_yield(session, g.who, bulletin, now)
        in_stead_of = approval.in_stead_of(session, g.who, bulletin, now)
    return render_template(
        "approvals/show.html",
        **facts,
        errors=errors,
        ask_for_code=bulletin.cls == Class.EMERGENCY and step_up.is_due(),
        seen=content_hash(bulletin),
        in_stead_of=in_stead_of,
        yields=yields,
        own=g.who.person_id in (bulletin.author_id, bulletin.edited_by),
        reasons=REASONS,
        typed=request.form,
    )
