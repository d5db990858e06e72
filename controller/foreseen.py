"""Foreseen: what becomes of an airing that is put at another time, told by the planner itself."""

from datetime import datetime, time, timedelta
from typing import Literal

from msgspec import Struct, structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import AiringState, Class
from controller import moved
from controller.approved import Approved, read_approved
from controller.areas import local_day
from controller.bulletins import holidays
from controller.errors import Invalid, WrongState
from controller.fleet import read_fleet
from controller.model import Airing, Bulletin
from controller.moved import Moved
from controller.planning import HORIZON
from controller.preview import of_entry
from scheduler.airing import Airing as Planning
from scheduler.calendar import ZONE
from scheduler.conflicts import Conflict
from scheduler.pieces import Span
from scheduler.planner import Planned
from scheduler.problem import Problem
from scheduler.rules import is_patterned, starts

LEAD = timedelta(minutes=1)
"""What begins sooner is left alone: stations need a moment to get and check a new plan."""


Widening = Literal["within", "beyond"]
"""Whether the time must lie within the span that was approved."""


class Foreseen(Struct, frozen=True):
    """What becomes of an airing that is put at `becomes`; `was` is the start its rule gives."""

    was: datetime
    becomes: datetime
    starts_at: datetime  # later than `becomes` when it waits for its equal
    ends_at: datetime
    planned: Planned  # what concerns this start only
    widened: Span | None  # what must be approved, when that is more than was


def can_move(airing: Airing, bulletin: Bulletin, now: datetime) -> bool:
    """Whether it is an airing that still has a time to change.

    Emergencies sound at once, and of a relay each slot was granted by itself.
    """
    waits = airing.state in (AiringState.PLANNED, AiringState.REFUSED)
    return (
        waits
        and airing.cls != Class.EMERGENCY
        and not bulletin.relay_source
        and airing.starts_at > now + LEAD
    )


def foresee(
    session: Session,
    airing: Airing,
    becomes: datetime,
    now: datetime,
    span: Widening,
    *,
    onward: bool = False,
) -> Foreseen:
    """What moving it would do, and with `onward` all that follow at its hour.

    Raises Invalid with a sentence, and WrongState.
    """
    one = _approved(session, airing, now)
    due = _due(session, one, airing, now)
    was = next((move.was for move in one.rule.moves if move.becomes == due), due)
    problem = _problem(session, one, airing, becomes, now)
    if onward and not problem:
        problem = _no_onward(session, one, was, due, becomes)
    if problem:
        raise Invalid([Problem("time", problem)])
    wider = _widened(one, becomes)
    if wider != one.released and span == "within":
        raise Invalid([Problem("time", _beyond(one))])
    rule = moved.applied(one.rule, [Moved(was, becomes, onward)])
    put = structs.replace(one, rule=rule, released=wider)
    whole = _plan(session, put, now)
    planned = _at(whole, becomes)
    if onward and (lost := _lost(whole, becomes)):
        raise Invalid([Problem("time", lost)])
    if not planned.airings:
        told = [refused.message for refused in planned.refused]
        raise Invalid([Problem("time", told[0] if told else "Giờ này không xếp được.")])
    first = planned.airings[0]
    return Foreseen(
        was,
        becomes,
        first.starts_at,
        first.ends_at,
        planned,
        wider if wider != one.released else None,
    )


def _approved(session: Session, airing: Airing, now: datetime) -> Approved:
    for one in read_approved(session, now):
        if one.approval_id == airing.approval_id:
            return one
    raise WrongState("Bản tin đã được sửa hoặc rút: lượt phát này không còn hiệu lực.")


def _plan(session: Session, one: Approved, now: datetime) -> Planned:
    fleet = read_fleet(session, local_day(now))
    return of_entry(session, fleet, one.entry(fleet), one.bulletin_id, now)


def _due(session: Session, one: Approved, airing: Airing, now: datetime) -> datetime:
    """The start that its rule gave it: it may wait for its turn."""
    found = (a.due_at for a in _plan(session, one, now).airings if a.starts_at == airing.starts_at)
    return next(found, airing.starts_at)


def _no_onward(
    session: Session, one: Approved, was: datetime, due: datetime, becomes: datetime
) -> str:
    """Why those that follow cannot go with it; "" for nothing."""
    if was != due:
        return "Lượt này đã chuyển riêng: hoàn tác lần chuyển đó rồi mới đổi từ nay về sau."
    if not is_patterned(one.rule, was, holidays(session)):
        return "Lượt này phát thêm một lần, không có lượt nào theo sau."
    if becomes.astimezone(ZONE).date() != was.astimezone(ZONE).date():
        return "Từ nay về sau chỉ đổi được giờ: giữ nguyên ngày, chọn giờ mới."
    return ""


def _lost(planned: Planned, becomes: datetime) -> str:
    """The first of those that follow which would have no room; "" if all have."""
    at = becomes.astimezone(ZONE).time()
    for refused in planned.refused:
        due = refused.due_at.astimezone(ZONE)
        if due.time() == at and due > becomes:
            return f"Ngày {due:%d/%m} không xếp được: {refused.message}"
    return ""


def _problem(
    session: Session, one: Approved, airing: Airing, becomes: datetime, now: datetime
) -> str:
    """Why the time cannot be chosen, before the planner is asked; "" for nothing."""
    if becomes <= now + LEAD:
        return "Giờ này đã qua hoặc quá sát: chọn giờ muộn hơn."
    if becomes >= now + HORIZON:
        return f"Chọn một ngày trong {HORIZON.days} ngày tới."
    ends = becomes + timedelta(milliseconds=one.duration_ms)
    if one.expires_at is not None and ends > one.expires_at:
        day = one.expires_at.astimezone(ZONE)
        return f"Bản tin hết hiệu lực từ {day:%d/%m/%Y}: chọn giờ trước ngày đó."
    taken = select(Airing.id).where(
        Airing.approval_id == one.approval_id,
        Airing.starts_at == becomes,
        Airing.id != airing.id,
    )
    at_once = starts(one.rule, becomes, becomes + timedelta.resolution, holidays(session))
    if at_once or session.scalar(taken.limit(1)):
        return "Bản tin này đã có một lượt phát vào đúng giờ đó."
    return ""


def _at(planned: Planned, due: datetime) -> Planned:
    """The part about one start."""
    airings = [airing for airing in planned.airings if airing.due_at == due]
    return Planned(
        airings=airings,
        conflicts=[c for c in planned.conflicts if _touches(c, airings)],
        refused=[refused for refused in planned.refused if refused.due_at == due],
    )


def _touches(conflict: Conflict, airings: list[Planning]) -> bool:
    return any(one.due_at <= conflict.at < one.ends_at for one in airings)


def _widened(one: Approved, becomes: datetime) -> Span:
    """The approved span with this start; to the end of its local day, as approvals are given."""
    day = becomes.astimezone(ZONE).date() + timedelta(days=1)
    since, until = one.released
    needed = becomes + timedelta(milliseconds=one.duration_ms)
    ends = until if needed <= until else datetime.combine(day, time(), ZONE)
    return min(since, becomes), ends


def _beyond(one: Approved) -> str:
    since, until = (each.astimezone(ZONE).strftime("%H:%M %d/%m/%Y") for each in one.released)
    return (
        f"Bản tin chỉ được duyệt phát từ {since} đến {until}: nhờ người duyệt chuyển giờ, "
        "hoặc sửa bản tin và gửi duyệt lại."
    )
