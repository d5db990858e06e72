"""Pushes: a person lets this browser tell them when something waits, and sees which ones do."""

import hashlib
from typing import Annotated

import msgspec
from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from msgspec import Meta, Struct
from sqlalchemy import delete, select
from werkzeug.wrappers import Response

from controller import pushing
from controller.model import PushSubscription
from controller.permissions import Permission
from controller.push_hosts import allowed_by
from web import devices, passkey_site
from web.bulletin_page import Page
from web.parts import parts

MOST = 10  # browsers of one person

blueprint = Blueprint("pushes", __name__, url_prefix="/bao-tin")


class Keys(Struct, frozen=True):
    """As PushSubscription.toJSON() gives them."""

    p256dh: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{80,100}$")]
    auth: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{20,40}$")]


class Subscribed(Struct, frozen=True):
    """What a browser tells of itself."""

    endpoint: Annotated[str, Meta(min_length=10, max_length=2000)]
    keys: Keys


@blueprint.get("/")
def index() -> str:
    """Which browsers are told, and this one's button."""
    return _page("")


@blueprint.post("/")
def add() -> Page | Response:
    """This browser is told from now on; one that somebody else had is theirs no more."""
    passkey_site.must()
    try:
        told = msgspec.json.decode(request.form.get("subscription", ""), type=Subscribed)
    except msgspec.MsgspecError:
        return _page("Trình duyệt chưa cho báo tin. Hãy bấm lần nữa."), 422
    if not allowed_by(parts().settings.push_hosts)(told.endpoint):
        return _page("Máy chủ này chưa cho gửi qua dịch vụ báo tin của trình duyệt bạn."), 422
    with parts().store.writing() as database:
        others = PushSubscription.endpoint != told.endpoint
        mine = PushSubscription.person_id == g.who.person_id
        if len(database.scalars(select(PushSubscription.id).where(mine, others)).all()) >= MOST:
            return _page(f"Mỗi người có tối đa {MOST} máy. Hãy bỏ máy không còn dùng."), 422
        database.merge(
            PushSubscription(
                id=hashlib.sha256(told.endpoint.encode()).hexdigest(),
                person_id=g.who.person_id,
                endpoint=told.endpoint,
                p256dh=told.keys.p256dh,
                auth=told.keys.auth,
                device=devices.called(request.user_agent.string) or "Máy không rõ",
                made_at=parts().now(),
                told_at=None,
                tries=0,
                next_try=None,
            )
        )
    flash("Đã bật. Một tin thử đang tới máy này.", "good")
    return redirect(url_for("pushes.index"), 303)


@blueprint.post("/thu")
def greet() -> Response:
    """Send a message to try one of one's own."""
    with parts().store.writing() as database:
        pushing.greet(database, g.who.person_id, request.form.get("subscription", ""))
    flash("Đang gửi tin thử. Không thấy sau một phút thì xem cài đặt thông báo của máy.", "good")
    return redirect(url_for("pushes.index"), 303)


@blueprint.post("/thoi")
def remove() -> Response:
    """One of one's own is told no more; one that is gone already is none."""
    with parts().store.writing() as database:
        mine = PushSubscription.person_id == g.who.person_id
        this = PushSubscription.id == request.form.get("subscription", "")
        database.execute(delete(PushSubscription).where(mine, this))
    flash("Máy đó không được báo nữa.", "good")
    return redirect(url_for("pushes.index"), 303)


def _page(wrong: str) -> str:
    with parts().store.reading() as database:
        mine = select(PushSubscription).where(PushSubscription.person_id == g.who.person_id)
        rows = database.scalars(mine.order_by(PushSubscription.made_at)).all()
    return render_template(
        "pushes/index.html",
        rows=rows,
        wrong=wrong,
        why_not=_why_not(),
        key=parts().push_key(),
        decides=bool(g.who.areas_of(Permission.APPROVE)),
    )


def _why_not() -> str:
    if not parts().settings.push_hosts:
        return "Máy chủ này không gửi báo tin tới điện thoại."
    told = passkey_site.why_not()
    return told.replace("khóa truy cập", "báo tin").replace("Khóa truy cập", "Báo tin")
