"""Waits: how near its start is what waits for approval, and one tap when that was lost."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from flask import Blueprint, flash, g, redirect, url_for
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from controller import approval, reminding, shifting
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Bulletin
from web.bulletin_line import Line
from web.dates import moment
from web.parts import parts

blueprint = Blueprint("waits", __name__, url_prefix="/ban-tin")

NEVER = datetime.max.replace(tzinfo=UTC)


class Wait(Struct, frozen=True, kw_only=True):
    """What people are told; `slot` is where it could be put off to, asked on its own page only."""

    first: datetime | None
    lost: datetime | None
    is_over: bool
    is_soon: bool
    tone: str
    left_in_words: str
    slot: datetime | None = None
    may_shift: bool = False


def of(session: Session, bulletin: Bulletin) -> Wait | None:
    """Of one on its own page; None for one that does not wait or has time."""
    slot = shifting.slot_for(session, bulletin, parts().now())
    may = slot is not None and shifting.may_shift(session, g.who, bulletin, parts().now())
    return _wait(session, bulletin, slot=slot, may_shift=may)


def by_id(session: Session, ids: Collection[str]) -> dict[str, Wait]:
    """Of many; those that have time are left out."""
    found = session.scalars(select(Bulletin).where(Bulletin.id.in_(ids), *reminding.WAITS))
    told = {each.id: _wait(session, each) for each in found}
    return {id_: wait for id_, wait in told.items() if wait}


def soonest_first(rows: Sequence[Line], waits: Mapping[str, Wait]) -> list[Line]:
    """Those whose start comes soon, then those that lost one, then the others as they were."""

    def order(row: Line) -> tuple[int, datetime]:
        wait = waits.get(row.id)
        if wait is None:
            return 2, NEVER
        return (0, wait.first or NEVER) if wait.is_soon else (1, wait.lost or NEVER)

    return sorted(rows, key=order)


@blueprint.post("/<bulletin_id>/doi-khung")
def shift(bulletin_id: str) -> Response:
    """Put it into the next permitted slot; it goes on waiting."""
    now, decides = parts().now(), True
    try:
        with parts().store.writing() as session:
            start = shifting.shift(session, g.who, bulletin_id, now=now)
    except (Invalid, WrongState) as error:
        flash(str(error), "wait")
    else:
        flash(f"Đã dời sang {moment(start)}. Bản tin vẫn chờ duyệt.", "good")
    with parts().store.reading() as session:
        bulletin = session.get_one(Bulletin, bulletin_id)
        try:
            approval.require_decider(session, g.who, bulletin, now)
        except NotFound:
            decides = False
        own = g.who.person_id in (bulletin.author_id, bulletin.edited_by)
    page = "approvals.show" if decides and not own else "bulletins.show"
    return redirect(url_for(page, bulletin_id=bulletin_id), 303)


def left(until: datetime, now: datetime) -> str:
    """`42 phút`, rounded down: nobody is promised a minute too much."""
    minutes = max(timedelta(), until - now) // timedelta(minutes=1)
    if minutes < 1:
        return "chưa đầy 1 phút"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} phút"
    return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"


def _wait(
    session: Session, bulletin: Bulletin, *, slot: datetime | None = None, may_shift: bool = False
) -> Wait | None:
    reminders, now = parts().settings.reminders_min, parts().now()
    at = reminding.stands(session, bulletin, now, reminders)
    if at is None or (at.lost is None and at.due_min is None and not at.is_over):
        return None
    is_soon = at.due_min is not None
    last_call = at.is_over or (is_soon and at.due_min == min(reminders))
    return Wait(
        first=at.first,
        lost=at.lost,
        is_over=at.is_over,
        is_soon=is_soon,
        tone="bad" if last_call else "wait",
        left_in_words=left(at.first, now) if at.first else "",
        slot=slot,
        may_shift=may_shift,
    )
