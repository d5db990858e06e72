"""Outbox: mails are put here when their period is over, and taken from here until they are sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import backoff
from controller.mails.periods import Every, Span, due, latest
from controller.mails.ports import Became, Carried
from controller.model import Mail, ReportMail

TRIED_FOR = timedelta(days=5)
"""As long as mail servers try themselves (RFC 5321, 4.5.4.1)."""

MOST_BEHIND = timedelta(days=62)
"""A server that stood still tells of the two months, or eight weeks, that it missed."""

KEPT = timedelta(days=400)
"""Of mails, sent or not: a report of last year can be asked after."""

LEASE = timedelta(minutes=10)
"""More than it takes to write a mail and to hand it over."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)


def is_work(session: Session, now: datetime) -> bool:
    """Whether some report is due of which no mail is made yet."""
    query = select(ReportMail.every, func.min(ReportMail.told_until))
    oldest = query.where(ReportMail.stopped_at.is_(None)).group_by(ReportMail.every)
    return any(latest(Every(every), now).goes_at > told for every, told in session.execute(oldest))


def fill(session: Session, now: datetime) -> None:
    """A mail for each report that became due, the same one never twice."""
    for row in session.scalars(select(ReportMail).where(ReportMail.stopped_at.is_(None))):
        since = max(row.told_until, now - MOST_BEHIND)
        for span in due(Every(row.every), since, now):
            put(session, row, span, now, key=f"{row.id}:{span.first}")
        row.told_until = now


def put(session: Session, of: ReportMail, span: Span, now: datetime, *, key: str) -> Mail:
    """One mail, to go now."""
    mail = Mail(
        id=new_id(now),
        key=key,
        report_mail_id=of.id,
        first=span.first,
        last=span.last,
        made_at=now,
        due_at=now,
        give_up_at=now + TRIED_FOR,
        tries=0,
        told="",
    )
    session.add(mail)
    return mail


def next_due(session: Session, now: datetime, *, lock: bool = False) -> Mail | None:
    """The mail that has waited longest."""
    query = select(Mail).where(Mail.due_at <= now).order_by(Mail.due_at, Mail.id).limit(1)
    return session.scalar(query.with_for_update(skip_locked=True) if lock else query)


def claim(session: Session, now: datetime) -> str | None:
    """The id of a mail for whoever asks, for the time of a lease."""
    mail = next_due(session, now, lock=True)
    if mail is None:
        return None
    mail.due_at = now + LEASE
    return mail.id


def note(session: Session, mail_id: str, done: Carried, now: datetime, luck: float) -> Mail:
    """What became of an attempt; one that was stopped meanwhile is not tried again."""
    mail = session.get_one(Mail, mail_id)
    mail.tries, mail.tried_at, mail.told = mail.tries + 1, now, done.told
    if done.became is Became.SENT:
        mail.done_at, mail.due_at = now, None
    elif mail.due_at is not None:
        again = now + backoff.pause(mail.tries, FIRST_PAUSE, LONGEST_PAUSE, luck)
        gives_up = done.became is Became.REFUSED or again >= mail.give_up_at
        mail.due_at = None if gives_up else again
    return mail


def again(mail: Mail, now: datetime) -> None:
    """One that was given up is due again."""
    mail.due_at, mail.give_up_at, mail.tries = now, now + TRIED_FOR, 0


def of(session: Session, report_mail_ids: Sequence[str], most: int) -> list[Mail]:
    """The newest mails of these."""
    query = select(Mail).where(Mail.report_mail_id.in_(report_mail_ids))
    return list(session.scalars(query.order_by(Mail.id.desc()).limit(most)))


def forget_old(session: Session, now: datetime) -> None:
    """Let go of mails past their days."""
    session.execute(delete(Mail).where(Mail.made_at < now - KEPT))
