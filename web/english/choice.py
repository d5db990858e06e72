"""Choice: who reads which language; a cookie of the machine keeps it, also before signing in."""

from collections.abc import Mapping

from flask import Blueprint, g, has_request_context, redirect, request, url_for
from werkzeug.wrappers import Response

from web.csrf import PROGRAMS

COOKIE = "tt_language"
LANGUAGES: Mapping[str, str] = {"vi": "Tiếng Việt", "en": "English"}
"""By BCP 47 tag, each as its own readers call it."""

_YEAR_S = 365 * 24 * 3600

blueprint = Blueprint("language", __name__, url_prefix="/ngon-ngu")


def language() -> str:
    """`en` for those who asked for it; programs, papers and mails are told in Vietnamese."""
    if not has_request_context():
        return "vi"
    if "language" not in g:  # asked for each cell of a table
        asked = request.cookies.get(COOKIE) == "en" and not request.path.startswith(PROGRAMS)
        g.language = "en" if asked else "vi"
    return str(g.language)


def reads_english() -> bool:
    """Whether this page is for somebody who reads English."""
    return language() == "en"


def other_language() -> tuple[str, str]:
    """The language that this page offers instead: its tag and its own name."""
    return next((tag, name) for tag, name in LANGUAGES.items() if tag != language())


@blueprint.post("/")
def choose() -> Response:
    """Keep the choice on this machine and show the same page in that language."""
    wanted = request.form.get("language", "")
    back = request.form.get("back", "")
    inside = back.startswith("/") and not back.startswith(("//", "/\\"))
    answer = redirect(back if inside else url_for("my_work.home"), 303)
    if wanted in LANGUAGES:
        answer.set_cookie(
            COOKIE, wanted, max_age=_YEAR_S, secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return answer
