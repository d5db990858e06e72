"""Help: what a page is for and how its usual work is done, by page, by search, or on one sheet."""

from flask import Blueprint, g, make_response, render_template, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from controller.errors import NotFound
from controller.printing.process import NoPaper, pdf
from web import failures, help_text
from web.bulletin_page import Page
from web.english.choice import reads_english
from web.english.help import in_english
from web.help_text import Topic
from web.menu import menu

_SIZES = {7: 10.0, 9: 9.2, 11: 8.2, 13: 7.4, 99: 6.0}
"""Points, by the most topics that fit one sheet of A4 so."""

_ENGLISH = 0.93
"""Its words are longer."""

blueprint = Blueprint("help", __name__, url_prefix="/tro-giup")


@blueprint.get("/")
def index() -> str:
    """Every topic, one's own pages first; `q` searches."""
    asked = request.args.get("q", "").strip()[:100]
    found = help_text.search(asked, _topics()) if asked else _mine_first()
    return render_template("help/index.html", asked=asked, found=found)


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """One topic."""
    topic = next((t for t in _topics() if t.slug == slug), None)
    if topic is None:
        raise NotFound("help", slug)
    return render_template("help/show.html", topic=topic, told=quoted)


@blueprint.get("/so-tay")
def handbook() -> str:
    """What this person's pages are for, on one sheet to print."""
    return render_template("help/handbook.html", topics=_mine(), told=quoted, who=g.who)


@blueprint.get("/so-tay.pdf")
def handbook_paper() -> Response | Page:
    """The same as a file, for a telephone without a network or a wall."""
    topics = _mine()
    size = next(size for most, size in _SIZES.items() if len(topics) <= most)
    size *= _ENGLISH if reads_english() else 1
    html = render_template("help/handbook_paper.html", topics=topics, told=quoted, size=size)
    try:
        made = pdf(html)
    except NoPaper as error:
        return failures.page(503, "Chưa tải được sổ tay", str(error))
    answer = make_response(made)
    answer.content_type = "application/pdf"
    answer.headers["Content-Disposition"] = 'attachment; filename="so-tay-truyen-thanh.pdf"'
    return answer


def here() -> str:
    """For the frame: the slug of the help of this page, "" for all of it."""
    topic = help_text.of_endpoint(request.endpoint or "", help_text.topics())
    return topic.slug if topic else ""


def quoted(text: str) -> Markup:
    """A line with what stands on buttons in bold."""
    safe = str(escape(text))
    return Markup(safe.replace("“", "<b>“").replace("”", "”</b>"))  # noqa: S704 - escaped above


def _topics() -> tuple[Topic, ...]:
    """All of them, in the language of who reads."""
    known = help_text.topics()
    return tuple(map(in_english, known)) if reads_english() else known


def _mine() -> list[Topic]:
    """The topics of this person's menu, in its order."""
    found = [help_text.of_endpoint(entry.endpoint, _topics()) for entry in menu()]
    return list(dict.fromkeys(topic for topic in found if topic))


def _mine_first() -> list[Topic]:
    return list(dict.fromkeys([*_mine(), *_topics()]))
