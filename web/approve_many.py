"""Approving many: ordinary bulletins chosen together and looked through once more."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from msgspec import Struct
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contract.states import Class
from controller import acting, approval, bulletins, hearings
from controller.content import content_hash
from controller.errors import ContentChanged, Invalid, NotFound, OwnBulletin, WrongState
from controller.model import Bulletin
from controller.permissions import Permission
from web import places, waits
from web.bulletin_line import Line, lines
from web.parts import parts

MOST = 50
"""At once: more than anybody looks through."""

blueprint = Blueprint("approve_many", __name__, url_prefix="/duyet/nhieu")


class Candidate(Struct, frozen=True):
    """One of those chosen. `seen` is the hash of what is shown of it, `selling` words of it that
    are usual in advertising, `sent_for` the outsider for whom it is sent.
    """

    line: Line
    seen: str
    places: str
    is_unheard: bool
    selling: str
    sent_for: str


def queue(errors: Mapping[str, str]) -> str:
    """What waits for this person, each to be opened, the ordinary ones also to be chosen."""
    with parts().store.reading() as session:
        found = approval.queue(session, g.who, now=parts().now())
        rows = lines(session, found)
        open_to_many = {each.id for each in found if _is_ordinary(each)}
        waiting_for = waits.by_id(session, [row.id for row in rows])
        away = acting.near(session, g.who.areas_of(Permission.APPROVE), parts().now())
    chosen = request.form.getlist("chosen")
    if request.args.get("chon") == "tat-ca":
        chosen = [row.id for row in rows]
    return render_template(
        "approvals/queue.html",
        rows=rows,
        open_to_many=open_to_many,
        chosen=set(chosen),
        errors=errors,
        away=away,
        waits=waiting_for,
        now=parts().now(),
    )


@blueprint.post("/")
def check() -> str | tuple[str, int]:
    """The chosen ones on one page, before they are decided about."""
    with parts().store.reading() as session:
        candidates = _candidates(session, request.form.getlist("chosen")[:MOST])
    if not candidates:
        return queue({"chosen": "Chọn ít nhất một bản tin để duyệt."}), 422
    return render_template("approvals/many.html", candidates=candidates)


@blueprint.post("/dong-y")
def approve() -> Response:
    """Each by itself: what cannot be approved any more keeps none of the others back."""
    done, left = 0, []
    for bulletin_id in request.form.getlist("chosen")[:MOST]:
        problem = _approve(bulletin_id, request.form.get(f"seen-{bulletin_id}", ""))
        done += not problem
        left += [problem] if problem else []
    if done:
        parts().nudge()
        flash(f"Đã duyệt {done} bản tin. Các bản tin sẽ được gửi tới các cụm loa.", "good")
    for problem in left:
        flash(problem, "wait")
    return redirect(url_for("approvals.queue"), 303)


def _approve(bulletin_id: str, seen: str) -> str:
    """Why it was not approved; empty when it was."""
    title, now = "Một bản tin", parts().now()
    try:
        with parts().store.writing() as session:
            bulletin = bulletins.get(session, g.who, bulletin_id, now=now)
            title = f"“{bulletin.title}”"
            if not _is_ordinary(bulletin):
                return f"{title}: bản tin khẩn cấp phải mở ra và duyệt riêng."
            approval.approve(session, g.who, bulletin_id, seen, signer=parts().signer, now=now)
    except Invalid as error:
        return f"{title}: {' '.join(error.by_field().values())}"
    except (ContentChanged, OwnBulletin, WrongState) as error:
        return f"{title}: {error}"
    except NotFound:
        return f"{title}: không còn chờ bạn duyệt."
    return ""


def _candidates(session: Session, chosen: Sequence[str]) -> list[Candidate]:
    """Those of the chosen that still wait for this person, in the order of the queue."""
    waiting = approval.queue(session, g.who, now=parts().now())
    found = [each for each in waiting if each.id in chosen and _is_ordinary(each)]
    unheard = hearings.unheard(session, g.who, found)
    return [
        Candidate(
            line=line,
            seen=content_hash(bulletin),
            places=", ".join(places.names(session, bulletin.targets)),
            is_unheard=bulletin.id in unheard,
            selling=", ".join((bulletin.declared or {}).get("words", [])),
            sent_for=(bulletin.declared or {}).get("organisation", ""),
        )
        for bulletin, line in zip(found, lines(session, found), strict=True)
    ]


def _is_ordinary(bulletin: Bulletin) -> bool:
    """An emergency sounds at once: it is decided about alone."""
    own = g.who.person_id in (bulletin.author_id, bulletin.edited_by)
    return bulletin.cls != Class.EMERGENCY and not own
