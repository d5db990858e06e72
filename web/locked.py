"""Locked: until a new server is furnished, only the pages of its first start are open."""

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from controller.first_start import lock
from web import csrf, failures, guard
from web.api import problems
from web.parts import parts

Answer = AnyResponse | tuple[str, int] | None

_OPENED = "truyen_thanh_furnished"
"""Kept by the app once it is so: a furnished server stays furnished."""

_ALWAYS = frozenset(
    {
        "assets.serve",
        "health.healthz",
        "installable.manifest",
        "installable.offline",
        "installable.worker",
        "media.recording",
    }
)
_WITH_PEOPLE = frozenset(
    {
        "auth.sign_in",
        "auth.sign_out",
        "auth.new_password",
        "door.code",
        "door.enrol",
        "passkey_door.ask",
        "passkey_door.enter",
        "passkey_enrol.ask",
        "passkey_enrol.make",
    }
)
"""For the first person who comes back, and the colleague whom they invited."""


def install(app: Flask) -> None:
    """Ask at every request, before anything else does."""
    app.before_request(_admit)


def _admit() -> Answer:
    if current_app.extensions.get(_OPENED) or request.endpoint in _ALWAYS:
        return None
    if request.blueprint == "first_start" or request.endpoint is None:
        return None
    with parts().store.reading() as session:
        if lock.is_furnished(session):
            current_app.extensions[_OPENED] = True
            return None
        if request.endpoint in _WITH_PEOPLE and lock.has_people(session):
            return None
        who = guard.somebody()
        waits = who is not None and lock.underway(session, who.person_id) is None
    return _closed(waits=waits)


def _closed(*, waits: bool) -> Answer:
    """`waits`: somebody who has an account, while another furnishes the server."""
    if csrf.of_a_program():
        return problems.of_status(503)
    return _not_yet() if waits else redirect(url_for("first_start.index"), 303)


def _not_yet() -> tuple[str, int]:
    return failures.page(
        503,
        "Máy chủ đang được thiết lập",
        "Người quản trị chưa làm xong các bước đầu. Hãy tải lại trang này sau ít phút.",
    )
