"""Absences: an approver says from when to when they are away, and who decides in their stead.

Who is ill is entered by the administrator who looks after their account. The deputy has the right
for that time only, and over nothing that the absent person wrote.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import acting, areas, audit, entered, reach
from controller.acting import Away
from controller.areas import local_day
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Absence, Grant, Person
from controller.permissions import Who
from scheduler.calendar import ZONE
from scheduler.problem import Problem

LONGEST = timedelta(days=90)
"""Who is away for longer has a successor: a role is given then."""

REASON_LENGTH = 200  # the column's


class Wanted(Struct, frozen=True, kw_only=True):
    """What is entered; times that could not be read are None."""

    starts_at: datetime | None
    ends_at: datetime | None
    deputy_id: str
    reason: str = ""


def person(session: Session, asking: Who, person_id: str, *, now: datetime) -> Person:
    """Whose absences this person may enter: their own, and of those they look after.

    Raises NotFound.
    """
    if person_id == asking.person_id:
        return session.get_one(Person, person_id)
    found = reach.managed(session, asking, person_id, now=now)
    if not found.active:
        raise NotFound("person", person_id)
    return found


def candidates(session: Session, person_id: str, *, now: datetime) -> list[Person]:
    """Who may stand in: those who write or decide in the same places, or in those above."""
    held = acting.decided_by(session, [person_id])[person_id]
    lines = areas.lineages(session, held, local_day(now))
    above = {area for line in lines.values() for area in line}
    there = select(Grant.person_id).where(Grant.role.in_(acting.SPEAKING), Grant.area_id.in_(above))
    query = select(Person).where(Person.id.in_(there), Person.active, Person.id != person_id)
    return list(session.scalars(query.order_by(Person.folded, Person.id)))


def add(session: Session, asking: Who, person_id: str, wanted: Wanted, *, now: datetime) -> Absence:
    """Be away, or have somebody be away. Raises NotFound, and Invalid with every problem."""
    absent = person(session, asking, person_id, now=now)
    if not acting.decided_by(session, [person_id])[person_id]:
        raise NotFound("person", person_id)  # who decides nothing leaves nothing to others
    reason = entered.line(wanted.reason)
    found = list(_problems(session, asking, absent, wanted, now))
    if len(reason) > REASON_LENGTH:
        found.append(Problem("reason", f"Ghi lý do trong {REASON_LENGTH} ký tự."))
    if found or wanted.starts_at is None or wanted.ends_at is None:
        raise Invalid(found)
    row = Absence(
        id=new_id(now),
        person_id=absent.id,
        deputy_id=wanted.deputy_id,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        reason=reason,
        made_by=asking.person_id,
        made_at=now,
    )
    session.add(row)
    session.flush()
    _record(session, asking, "person.away", row, now=now)
    return row


def end(session: Session, asking: Who, person_id: str, absence_id: str, *, now: datetime) -> None:
    """Back earlier, or not gone at all: from now on the deputy decides no more.

    Raises NotFound, and WrongState when it is over already.
    """
    person(session, asking, person_id, now=now)
    row = session.get(Absence, absence_id, with_for_update=True)
    if row is None or row.person_id != person_id:
        raise NotFound("absence", absence_id)
    if row.ended_at is not None or row.ends_at <= now:
        raise WrongState("Đợt vắng mặt này đã kết thúc.")
    row.ended_at, row.ended_by = now, asking.person_id
    session.flush()
    _record(session, asking, "person.back", row, now=now)


def _problems(
    session: Session, asking: Who, absent: Person, wanted: Wanted, now: datetime
) -> Iterator[Problem]:
    yield from _time_problems(wanted, now)
    known = {each.id: each.name for each in candidates(session, absent.id, now=now)}
    deputy = wanted.deputy_id
    if deputy not in known:
        yield Problem("deputy", "Chọn người duyệt thay trong danh sách.")
    elif deputy == asking.person_id != absent.id:
        yield Problem("deputy", "Không tự giao quyền duyệt cho mình: hãy chọn người khác.")
    elif met := _meets(acting.of_person(session, deputy, now), wanted):
        yield Problem("deputy", f"{known[deputy]} cũng vắng {_span(met)}: hãy chọn người khác.")
    if met := _meets(acting.of_person(session, absent.id, now), wanted):
        yield Problem("starts_at", f"Đã ghi vắng {_span(met)}: kết thúc đợt đó trước.")
    if met := _meets(acting.left_to(session, absent.id, now), wanted):
        told = f"{absent.name} đang được giao duyệt thay {met.person} {_span(met)}"
        yield Problem("starts_at", f"{told}: hãy đổi người duyệt thay {met.person} trước.")


def _time_problems(wanted: Wanted, now: datetime) -> Iterator[Problem]:
    if wanted.starts_at is None:
        yield Problem("starts_at", "Chọn ngày giờ bắt đầu vắng.")
    if wanted.ends_at is None:
        yield Problem("ends_at", "Chọn ngày giờ có mặt lại.")
    if wanted.starts_at is None or wanted.ends_at is None:
        return
    if wanted.ends_at <= max(wanted.starts_at, now):
        yield Problem("ends_at", "Giờ có mặt lại phải sau giờ bắt đầu vắng và sau lúc này.")
    elif wanted.ends_at - wanted.starts_at > LONGEST:
        told = f"Mỗi đợt vắng tối đa {LONGEST.days} ngày; lâu hơn thì giao vai trò cho người khác."
        yield Problem("ends_at", told)
    if wanted.starts_at < now - timedelta(days=1):
        yield Problem("starts_at", "Không ghi vắng cho ngày đã qua.")


def _meets(known: list[Away], wanted: Wanted) -> Away | None:
    """The first of these absences that shares a moment with the wanted one."""
    if wanted.starts_at is None or wanted.ends_at is None:
        return None
    since, until = wanted.starts_at, wanted.ends_at
    return next((one for one in known if one.starts_at < until and since < one.ends_at), None)


def _span(one: Away) -> str:
    since, until = (at.astimezone(ZONE) for at in (one.starts_at, one.ends_at))
    return f"từ {since:%H:%M %d/%m/%Y} đến {until:%H:%M %d/%m/%Y}"


def _record(session: Session, asking: Who, action: str, row: Absence, *, now: datetime) -> None:
    after = {
        "deputy": session.get_one(Person, row.deputy_id).name,
        "deputy_id": row.deputy_id,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "reason": row.reason,
    }
    audit.record(session, asking, action, "person", row.person_id, now=now, after=after)
