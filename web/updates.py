"""Updates of the stations' agent: who asks for one, who approves it, how the rings stand."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask import send_from_directory as send
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from contract.states import AgentPhase
from controller import people
from controller.areas import local_day
from controller.errors import NotFound, WrongState
from controller.fleet import read_fleet
from controller.model import Rollout, Station, StationAgent
from controller.permissions import Permission
from controller.releases import published, rings, rollouts
from controller.releases.rings import Standing
from controller.releases.rollouts import RolloutState
from web.parts import parts
from web.words import AGENT, ROLLOUT, Word

blueprint = Blueprint("updates", __name__, url_prefix="/cap-nhat")
RINGS = ("1 cụm loa", "5 % số cụm", "50 % số cụm", "tất cả")
SHOWN = 10  # rollouts that went by


class Line(Struct, frozen=True, kw_only=True):
    """A rollout as the page tells it."""

    id: str
    version: str
    word: Word
    by: str
    approved_by: str
    made_at: datetime
    ring: str
    why: str


class Post(Struct, frozen=True, kw_only=True):
    """What one station said of the version."""

    name: str
    word: Word
    detail: str
    at: datetime


@blueprint.get("/")
def index() -> str:
    """The open rollout with its stations, the versions to choose from, what went before.

    Whoever looks after some stations only is told who does this.
    """
    now = parts().now()
    with parts().store.reading() as session:
        if not _is_mine(session, now):
            return render_template("updates/elsewhere.html")
        row = rollouts.current(session)
        return render_template(
            "updates/index.html",
            open=_line(session, row) if row else None,
            standing=_standing(session, row, now) if row else None,
            state=row.state if row else "",
            own=row is not None and row.proposed_by == g.who.person_id,
            posts=_posts(session, row) if row else [],
            versions=list(reversed(published.versions(parts().settings.releases))),
            past=[
                _line(session, each)
                for each in rollouts.latest(session, SHOWN)
                if each.state not in rollouts.OPEN
            ],
        )


def _is_mine(session: Session, now: datetime) -> bool:
    """Whether this person looks after every station. Raises NotFound for whoever has none."""
    try:
        rollouts.require_all(session, g.who, now)
    except NotFound:
        if not g.who.areas_of(Permission.MANAGE_STATIONS):
            raise
        return False
    return True


@blueprint.post("/")
def propose() -> Response:
    """Ask for a published version."""
    version = request.form.get("version", "")
    if version not in published.versions(parts().settings.releases):
        flash("Hãy chọn một bản đã đăng trong danh sách.", "bad")
        return _back()
    told = f"Đã đề nghị cập nhật lên bản {version}. Cần một người khác duyệt."
    return _do(lambda s, now: rollouts.propose(s, g.who, version, now=now), told)


ACTS: dict[str, tuple[Callable[..., Rollout], str]] = {
    "duyet": (rollouts.approve, "Đã duyệt. Cụm loa đầu tiên sẽ thử trong vòng hai giờ."),
    "dung": (rollouts.halt, "Đã tạm dừng. Không cụm loa nào bắt đầu cập nhật nữa."),
    "tiep": (rollouts.go_on, "Đã cho chạy tiếp."),
    "huy": (rollouts.cancel, "Đã hủy. Cụm loa đã cập nhật giữ nguyên bản mới."),
}


@blueprint.post("/<rollout_id>/<act>")
def act(rollout_id: str, act: str) -> Response:
    """Approve, halt, go on or cancel."""
    if act not in ACTS:
        abort(404)
    use, told = ACTS[act]
    return _do(lambda s, now: use(s, g.who, rollout_id, now=now), told)


@blueprint.get("/kho/<any(metadata, targets):part>/<name>")
def repository(part: str, name: str) -> Response:
    """The repository itself, for stations: every byte of it is signed, and none is secret."""
    return send(parts().settings.releases.absolute() / part, name, max_age=0)


def _do(use: Callable[[Session, datetime], Rollout], told: str) -> Response:
    try:
        with parts().store.writing() as session:
            use(session, parts().now())
    except WrongState as error:
        flash(str(error), "wait")
    else:
        parts().nudge()
        flash(told, "good")
    return _back()


def _back() -> Response:
    return redirect(url_for("updates.index"), 303)


def _standing(session: Session, row: Rollout, now: datetime) -> Standing | None:
    """How the open rings stand; None without a station."""
    fleet = read_fleet(session, local_day(now)).ours
    return rollouts.standing(session, row, fleet, now) if fleet else None


def _line(session: Session, row: Rollout) -> Line:
    names = people.names(session, [row.proposed_by, row.approved_by or ""])
    return Line(
        id=row.id,
        version=row.version,
        word=ROLLOUT[RolloutState(row.state)],
        by=names.get(row.proposed_by, ""),
        approved_by=names.get(row.approved_by or "", ""),
        made_at=row.made_at,
        ring=RINGS[min(row.ring, rings.LAST)],
        why=row.why,
    )


def _posts(session: Session, row: Rollout) -> list[Post]:
    """The stations that said something of the version, trouble first."""
    query = (
        select(Station.name, StationAgent)
        .join(Station, Station.id == StationAgent.station_id)
        .where(StationAgent.version == row.version)
        .order_by(StationAgent.at.desc())
    )
    found = [
        Post(name=name, word=AGENT[AgentPhase(told.phase)], detail=told.detail, at=told.at)
        for name, told in session.execute(query)
    ]
    return sorted(found, key=lambda post: post.word.tone != "bad")
