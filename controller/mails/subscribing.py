"""Subscribing: a person has the report of a place sent to addresses, and stops it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, entered
from controller.areas import local_day
from controller.errors import Invalid, NotFound, WrongState
from controller.mails import addresses, outbox
from controller.mails.periods import Every, latest
from controller.model import Mail, ReportMail
from controller.permissions import Permission, Who, can, scope
from scheduler.problem import Problem

MOST = 50  # of one person: a province to each of its offices


class Wanted(Struct, frozen=True, kw_only=True):
    """Reports as they were asked for: `addresses` as typed, apart by spaces, commas or lines."""

    area_id: str
    every: str
    addresses: str


def subscribe(
    session: Session, asking: Who, wanted: Wanted, *, now: datetime
) -> Sequence[ReportMail]:
    """One for each address; those that get this report already stay as they are.

    Raises Invalid with every problem.
    """
    typed = entered.text(wanted.addresses).replace(",", " ").replace(";", " ").split()
    if found := list(_problems(session, asking, wanted, typed, now)):
        raise Invalid(found)
    read = {one.casefold(): one for one in filter(None, map(addresses.read, typed))}
    same = (ReportMail.area_id == wanted.area_id, ReportMail.every == wanted.every)
    running = select(ReportMail.address).where(*same, ReportMail.stopped_at.is_(None))
    there = {each.casefold() for each in session.scalars(running)}
    fresh = [one for key, one in read.items() if key not in there]
    return [_one(session, asking, wanted, one, now) for one in fresh]


def seen(session: Session, asking: Who, now: datetime) -> list[ReportMail]:
    """One's own, and those of the places whose people one manages; the newest first."""
    managed = scope(session, asking, Permission.MANAGE_PEOPLE, local_day(now))
    whose = or_(ReportMail.person_id == asking.person_id, ReportMail.area_id.in_(managed))
    running = ReportMail.stopped_at.is_(None)
    return list(session.scalars(select(ReportMail).where(whose, running).order_by(_NEWEST)))


def get(
    session: Session, asking: Who, id_: str, now: datetime, *, lock: bool = False
) -> ReportMail:
    """One that this person sees. Raises NotFound."""
    row = session.get(ReportMail, id_, with_for_update=lock)
    if row is None:
        raise NotFound("report mail", id_)
    manages = can(session, asking, Permission.MANAGE_PEOPLE, row.area_id, local_day(now))
    if row.person_id != asking.person_id and not manages:
        raise NotFound("report mail", id_)
    return row


def send_now(session: Session, asking: Who, id_: str, *, now: datetime) -> Mail:
    """The last report once more, at once. Raises NotFound, and WrongState when it was stopped."""
    row = get(session, asking, id_, now, lock=True)
    if row.stopped_at is not None:
        raise WrongState("Việc gửi báo cáo này đã dừng. Hãy đặt gửi lại.")
    mail = outbox.put(session, row, latest(Every(row.every), now), now, key=f"{id_}:{new_id(now)}")
    audit.record(session, asking, "report_mail.send_now", "report_mail", id_, now=now)
    return mail


def stop(session: Session, asking: Who, id_: str, *, now: datetime) -> None:
    """Nothing goes there any more; twice is once. Raises NotFound."""
    end(session, get(session, asking, id_, now, lock=True), asking, now)


def stop_by_link(session: Session, id_: str, *, now: datetime) -> None:
    """Whoever got a mail wants no more; twice is once. Raises NotFound."""
    row = session.get(ReportMail, id_, with_for_update=True)
    if row is None:
        raise NotFound("report mail", id_)
    end(session, row, None, now)


def end(session: Session, row: ReportMail, asking: Who | None, now: datetime) -> None:
    """Also of its own accord (`asking` None)."""
    if row.stopped_at is not None:
        return
    row.stopped_at = now
    waiting = (Mail.report_mail_id == row.id) & Mail.due_at.is_not(None)
    session.execute(update(Mail).where(waiting).values(due_at=None))
    facts = {"area": row.area_id, "address": row.address}
    audit.record(session, asking, "report_mail.stop", "report_mail", row.id, now=now, after=facts)


_NEWEST = ReportMail.id.desc()


def _one(session: Session, asking: Who, wanted: Wanted, address: str, now: datetime) -> ReportMail:
    row = ReportMail(
        id=new_id(now),
        person_id=asking.person_id,
        area_id=wanted.area_id,
        every=Every(wanted.every),
        address=address,
        made_at=now,
        told_until=now,
    )
    session.add(row)
    session.flush()
    facts = {"area": wanted.area_id, "every": wanted.every, "address": address}
    audit.record(session, asking, "report_mail.make", "report_mail", row.id, now=now, after=facts)
    return row


def _problems(
    session: Session, asking: Who, wanted: Wanted, typed: Sequence[str], now: datetime
) -> Iterator[Problem]:
    if not can(session, asking, Permission.SEE_STATIONS, wanted.area_id, local_day(now)):
        yield Problem("area", "Chọn một nơi mà bạn được xem báo cáo.")
    if wanted.every not in set(Every):
        yield Problem("every", "Chọn gửi hằng tuần hay hằng tháng.")
    wrong = [one for one in typed if addresses.read(one) is None]
    if not typed:
        yield Problem("addresses", "Nhập ít nhất một địa chỉ thư. Ví dụ: vanphong@xa.gov.vn.")
    if wrong:
        told = f"Không phải địa chỉ thư: {', '.join(wrong[:3])}. Ví dụ đúng: vanphong@xa.gov.vn."
        yield Problem("addresses", told)
    mine = (ReportMail.person_id == asking.person_id, ReportMail.stopped_at.is_(None))
    count = session.scalar(select(func.count()).select_from(ReportMail).where(*mine)) or 0
    if count + len(typed) > MOST:
        yield Problem("addresses", f"Bạn đặt gửi tối đa {MOST} địa chỉ. Hãy dừng bớt trước.")
