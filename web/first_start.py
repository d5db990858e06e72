"""First start: the pages by which the first person furnishes an empty server, one thing each."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller import signing_in
from controller.errors import Invalid, NotFound, TooManyFailures, WrongState
from controller.first_start import account, furnish, lock, steps
from controller.first_start.account import Given
from controller.first_start.steps import Step
from controller.model import FirstStart, Stage
from controller.permissions import Who
from web import devices, entrance, failures, first_start_pages, guard
from web.bulletin_page import Page
from web.first_start_words import PUT_OFF, SLUG, TITLE
from web.parts import parts

blueprint = Blueprint("first_start", __name__, url_prefix="/bat-dau")


@blueprint.get("/")
def index() -> Response:
    """The page whose turn it is; the code may stand in the address, as `ma`."""
    who, row = _here()
    if who is None or row is None:
        return redirect(url_for("first_start.account", ma=request.args.get("ma")), 303)
    return _to(lock.step_of(row))


@blueprint.route(f"/{SLUG[Step.ACCOUNT]}", methods=["GET", "POST"], endpoint="account")
def make_account() -> Page | Response:
    """The only page for whoever comes: with the code of the console, an account is made."""
    _nobody_yet()
    if request.method == "GET":
        return _account_page({})
    form, now = request.form, parts().now()
    typed = Given(**{name: form.get(name, "") for name in Given.__struct_fields__})
    at = signing_in.At(request.remote_addr or "", devices.called(request.user_agent.string))
    try:
        made = account.make(parts().store, typed, at.address, now=now)
    except Invalid as error:
        return _account_page(error.by_field()), 422
    except TooManyFailures:
        return failures.page(
            429, "Bạn đã thử quá nhiều lần", "Hãy đợi 15 phút, rồi lấy mã mới trên máy chủ."
        )
    with parts().store.writing() as session:
        token = signing_in.open_session(session, made, at, Stage.FULL, now=now)
        signed_in = signing_in.SignedIn(token, made, Stage.FULL)
    entrance.hold(signed_in)
    return _to(Step.PROVINCE)


def _page_of(step: Step) -> Callable[[], Page | Response]:
    def view() -> Page | Response:
        who, row = _here()
        if who is None:
            return redirect(url_for("auth.sign_in", next=request.path), 303)
        if row is None:
            raise NotFound("page", request.path)
        due = steps.reached(lock.step_of(row), step)
        if due is not step:
            return _to(due)
        return _shown(step, row, {}) if request.method == "GET" else _act(step, who, row)

    return view


for _step in steps.ORDER[1:]:
    blueprint.add_url_rule(f"/{SLUG[_step]}", _step.value, _page_of(_step), methods=["GET", "POST"])


def _act(step: Step, who: Who, row: FirstStart) -> Page | Response:
    """Take the step, or put it off, and go on; a refusal shows the page with what was typed."""
    try:
        with parts().store.writing() as session:
            if PUT_OFF in request.form:
                furnish.put_off(session, who, step, now=parts().now())
                told = None
            else:
                told = first_start_pages.ACTS[step](session, who)
    except Invalid as error:
        return _shown(step, row, error.by_field()), 422
    except WrongState as error:
        return _shown(step, row, {first_start_pages.FIELD[step]: str(error)}), 422
    parts().nudge()
    return _onward(step, who, told)


def _onward(step: Step, who: Who, told: dict[str, Any] | None) -> Page | Response:
    with parts().store.reading() as session:
        row = lock.underway(session, who.person_id)
    if row is None:
        return _done(told)
    following = steps.after(step) or step
    if told and "link" in told:  # shown once, on the page that comes next
        return _shown(following, row, {}, **told)
    return _to(following)


def _done(told: dict[str, Any] | None) -> Response:
    flash("Máy chủ đã sẵn sàng. Từ nay mọi người đăng nhập ở trang này.", "good")
    if told and "bulletin_id" in told:
        return redirect(url_for("bulletins.show", bulletin_id=told["bulletin_id"]), 303)
    return redirect(url_for("my_work.home"), 303)


def _shown(step: Step, row: FirstStart, errors: dict[str, str], **more: Any) -> str:
    with parts().store.reading() as session:
        facts = first_start_pages.FACTS[step](session, row)
    earlier = steps.before(step)
    return render_template(
        f"first_start/{step}.html",
        **{**_frame(step), **facts, **more},
        back=url_for(f"first_start.{earlier}") if earlier else "",
        errors=errors,
    )


def _account_page(errors: dict[str, str]) -> str:
    typed = {name: request.values.get(name, "") for name in ("name", "login")}
    code = request.values.get("code") or request.args.get("ma", "")
    return render_template(
        "first_start/account.html", **_frame(Step.ACCOUNT), **typed, code=code, errors=errors
    )


def _frame(step: Step) -> dict[str, Any]:
    return {
        "step": step,
        "number": steps.number(step),
        "of": len(steps.ORDER),
        "heading": TITLE[step],
        "put_off": PUT_OFF,
        "may_put_off": step in steps.LATER,
    }


def _here() -> tuple[Who | None, FirstStart | None]:
    """Who asks, and the first start if it is theirs to go on with. Raises NotFound once done."""
    with parts().store.reading() as session:
        if lock.is_furnished(session):
            raise NotFound("page", request.path)
        who = guard.somebody()
        return who, lock.underway(session, who.person_id) if who else None


def _nobody_yet() -> None:
    """Raises NotFound as soon as there is an account."""
    with parts().store.reading() as session:
        if lock.has_people(session):
            raise NotFound("page", request.path)


def _to(step: Step) -> Response:
    return redirect(url_for(f"first_start.{step}"), 303)
