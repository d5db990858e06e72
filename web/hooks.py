"""Hooks: a person has another system told of what happens, and sees whether it takes it."""

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request
from flask import url_for as url
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from controller.areas import local_day
from controller.errors import Invalid, WrongState
from controller.hooks import delivering, making
from controller.hooks.kinds import NEEDS, OFFERED
from controller.model import Person
from web import hook_words, places
from web.bulletin_page import Page
from web.parts import parts

SHOWN = 50  # messages: a look at the last day or week
LOST = 20

blueprint = Blueprint("hooks", __name__, url_prefix="/cai-dat/webhook")


class Typed(Struct, frozen=True, kw_only=True):
    """The fields of a new hook, as typed."""

    name: str = ""
    area: str = ""
    url: str = ""
    kinds: tuple[str, ...] = ()


@blueprint.get("/")
def index() -> str:
    """The hooks that the person sees, and a form for another."""
    return _page(Typed(), {})


@blueprint.post("/")
def create() -> Page | Response:
    """Make a hook, and show its secret this once; no browser keeps it."""
    form, now = request.form, parts().now()
    given = Typed(
        name=form.get("name", ""),
        area=form.get("area", ""),
        url=form.get("url", ""),
        kinds=tuple(form.getlist("kinds")),
    )
    wanted = making.Wanted(
        name=given.name,
        area_id=given.area,
        url=given.url,
        kinds=tuple(each for each in OFFERED if each in given.kinds),
    )
    try:
        with parts().store.writing() as session:
            named = parts().settings.hook_names
            hook = making.make(session, g.who, wanted, named, now=now)
    except Invalid as error:
        return _page(given, error.by_field()), 422
    answer = make_response(render_template("hooks/made.html", hook=hook))
    answer.cache_control.no_store = True
    return answer


@blueprint.get("/<hook_id>")
def show(hook_id: str) -> str:
    """What it is told, and how that went."""
    now = parts().now()
    with parts().store.reading() as session:
        hook = making.get(session, g.who, hook_id, now)
        (place,) = places.names(session, [hook.area_id])
        maker = session.get_one(Person, hook.person_id).name
        recent = making.messages(session, hook_id, SHOWN)
        lost = making.messages(session, hook_id, LOST, lost=True)
    return render_template(
        "hooks/show.html",
        hook=hook,
        place=place,
        maker=maker,
        word=hook_words.standing(hook),
        words=[hook_words.KIND[kind] for kind in OFFERED if kind in hook.kinds],
        recent=[hook_words.message(row) for row in recent],
        lost=[each for each in map(hook_words.message, lost) if each.can_send_again],
    )


@blueprint.post("/<hook_id>/gui-thu")
def test(hook_id: str) -> AnyResponse:
    """Send a message now, and say what the system answers; outside any transaction."""
    try:
        with parts().store.writing() as session:
            hook, row = making.test(session, g.who, hook_id, now=parts().now())
    except WrongState as error:
        return _told(hook_id, str(error), "wait")
    answer = parts().poster.post(*delivering.request(hook, row, parts().now()))
    with parts().store.writing() as session:
        row = making.tested(session, row.id, answer, parts().now())
    return _told(hook_id, hook_words.answered(row), "good" if answer.is_taken else "bad")


@blueprint.post("/<hook_id>/bat-lai")
def resume(hook_id: str) -> AnyResponse:
    """Send again, and all that was held back."""
    try:
        with parts().store.writing() as session:
            making.resume(session, g.who, hook_id, now=parts().now())
    except WrongState as error:
        return _told(hook_id, str(error), "wait")
    return _told(hook_id, "Đã bật lại. Mọi tin chưa nhận đang được gửi.", "good")


@blueprint.post("/<hook_id>/gui-lai/<message_id>")
def send_again(hook_id: str, message_id: str) -> AnyResponse:
    """Send one message again."""
    try:
        with parts().store.writing() as session:
            making.send_again(session, g.who, hook_id, message_id, now=parts().now())
    except WrongState as error:
        return _told(hook_id, str(error), "wait")
    return _told(hook_id, "Tin đang được gửi lại. Tải lại trang để xem kết quả.", "good")


@blueprint.post("/<hook_id>/dung")
def stop(hook_id: str) -> AnyResponse:
    """It is told nothing any more."""
    with parts().store.writing() as session:
        making.stop(session, g.who, hook_id, now=parts().now())
    return _told(hook_id, "Đã dừng. Hệ thống kia không nhận thêm tin nào.", "good")


def _told(hook_id: str, words: str, tone: str) -> AnyResponse:
    flash(words, tone)
    return redirect(url("hooks.show", hook_id=hook_id), 303)


def _page(given: Typed, errors: dict[str, str]) -> str:
    now = parts().now()
    with parts().store.reading() as session:
        rows = making.seen(session, g.who, now)
        named = places.names(session, [row.area_id for row in rows])
        offered = making.offered(g.who)
        where = {
            place.id: place
            for each in dict.fromkeys(NEEDS[kind] for kind in offered)
            for place in places.choices(session, g.who, each, local_day(now))
        }
    words = [hook_words.standing(row) for row in rows]
    return render_template(
        "hooks/list.html",
        rows=list(zip(rows, named, words, strict=True)),
        given=given,
        errors=errors,
        places=list(where.values()),
        offered=offered,
        words=hook_words.KIND,
    )
