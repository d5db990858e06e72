"""Spreading: what happened becomes messages, one for each hook that wants it, and none is lost.

The audit is read on from a line that the database remembers; what it does not tell was written
with the fact itself. Messages, and how far was read, are one transaction.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit
from controller.errors import NotFound
from controller.hooks import happened, reach, telling
from controller.hooks.happened import Happened
from controller.hooks.kinds import OF_AUDIT, Kind
from controller.hooks.reach import Reach
from controller.hooks.telling import Told
from controller.model import AuditLine, Fact, Hook, HookDelivery, HookEvent

READ = "hooks_read"
"""The fact that holds the number of the last line of the audit that was looked at."""

TRIED_FOR = timedelta(days=3)
"""How long a message is tried: a weekend in which nobody looks at the other system."""

BATCH = 200


def is_work(session: Session) -> bool:
    """Whether anything happened since the last look; nothing counts while nobody wants it."""
    if not _live(session):
        return False
    if session.scalar(select(HookEvent.id).limit(1)) is not None:
        return True
    read = session.get(Fact, READ)
    return read is not None and int(read.value) < _last(session)


def begin(session: Session) -> None:
    """Call before a hook is made: of what was before the first of them, nothing is told."""
    if not _live(session):
        session.execute(delete(HookEvent))
        session.merge(Fact(name=READ, value=str(_last(session))))
        session.flush()


def spread(session: Session, now: datetime) -> bool:
    """Make messages of a batch; True when there is more."""
    read = session.get(Fact, READ, with_for_update=True, populate_existing=True)
    if read is None:
        return False
    hooks = _reaching(session, now)
    lines = session.scalars(
        select(AuditLine).where(AuditLine.n > int(read.value)).order_by(AuditLine.n).limit(BATCH)
    ).all()
    rows = session.scalars(select(HookEvent).order_by(HookEvent.id).limit(BATCH)).all()
    for each in _found(session, lines, rows):
        for hook, known in hooks:
            if each.kind in hook.kinds and each.at >= hook.made_at:
                told = each.told(known)
                if told is not None:
                    session.add(delivery(hook, each.kind, each.at, told, now))
    if lines:
        read.value = str(lines[-1].n)
    session.execute(delete(HookEvent).where(HookEvent.id.in_([row.id for row in rows])))
    return BATCH in (len(lines), len(rows))


def delivery(hook: Hook, kind: Kind, at: datetime, told: Told, now: datetime) -> HookDelivery:
    """A message that is due now; of something that happened `at`."""
    return HookDelivery(
        id=new_id(now),
        hook_id=hook.id,
        kind=kind,
        body=telling.body(kind, at, told),
        made_at=now,
        due_at=now,
        give_up_at=now + TRIED_FOR,
        tries=0,
        told="",
    )


def _found(
    session: Session, lines: Iterable[AuditLine], rows: Iterable[HookEvent]
) -> Iterator[Happened]:
    for line in lines:
        if line.action in OF_AUDIT and (one := happened.of_line(session, line)):
            yield one
    for row in rows:
        if one := happened.of_event(session, row):
            yield one


def _reaching(session: Session, now: datetime) -> list[tuple[Hook, Reach]]:
    """Those that are not stopped; one whose maker is here no more is stopped now."""
    found = []
    for hook in session.scalars(select(Hook).where(Hook.stopped_at.is_(None))).all():
        try:
            found.append((hook, reach.of(session, hook, now)))
        except NotFound:
            hook.stopped_at = now
            audit.record(session, None, "hook.stop", "hook", hook.id, now=now)
    return found


def _live(session: Session) -> bool:
    return session.scalar(select(Hook.id).where(Hook.stopped_at.is_(None)).limit(1)) is not None


def _last(session: Session) -> int:
    return int(session.get_one(Fact, audit.HEAD, populate_existing=True).value.split(" ")[0])
