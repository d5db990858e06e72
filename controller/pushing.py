"""Pushing: whoever may decide is told on their telephone that something waits, and nothing of it.

What waits is looked up when a message goes, so that a late one is still true.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from contract.states import BulletinState, Class
from controller import acting, approval, areas, backoff
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import Bulletin, Grant, PushSubscription
from controller.permissions import ALLOWED, Permission, who
from controller.push_port import Pushed, Pusher
from controller.store import Store

Kind = Literal["hello", "waits", "urgent"]

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
DECIDING = [role for role, given in ALLOWED.items() if Permission.APPROVE in given]


class Due(Struct, frozen=True):
    """A message that is to go now; `up_to` is the sending that it tells of."""

    to: PushSubscription
    kind: Kind
    up_to: datetime


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries in vain."""
    return backoff.pause(tries, FIRST_PAUSE, LONGEST_PAUSE)


class Pushing:
    """Looks for what was sent since the last look; one thread calls `work`."""

    def __init__(self, store: Store, pusher: Pusher, clock: Callable[[], datetime]) -> None:
        """`clock` gives aware UTC."""
        self._store, self._pusher, self._clock = store, pusher, clock
        self._seen = clock() - LONGEST_PAUSE

    def work(self) -> bool:
        """Tell everybody who is to be told; never more to do at once."""
        now = self._clock()
        with self._store.reading() as session:
            newest = _newest(session)
            found = list(due(session, self._seen, now))
        for each in found:
            done = self._pusher.push(each.to, f'{{"kind":"{each.kind}"}}')
            with self._store.writing() as session:
                note(session, each, done, self._clock())
        self._seen = max(self._seen, newest or self._seen)
        return False


def due(session: Session, since: datetime, now: datetime) -> Iterator[Due]:
    """Who is to be told: of what was sent after `since`, after a failure, or for the first time."""
    people = _near(session, since, now)
    late = PushSubscription.next_try <= now
    fresh = PushSubscription.next_try.is_(None) & or_(
        PushSubscription.told_at.is_(None), PushSubscription.person_id.in_(people)
    )
    for row in session.scalars(select(PushSubscription).where(or_(late, fresh))):
        found = _message(session, row, now)
        if found:
            session.expunge(row)
            yield found


def note(session: Session, sent: Due, done: Pushed, now: datetime) -> None:
    """What became of a message."""
    row = session.get(PushSubscription, sent.to.id)
    if row is None or row.person_id != sent.to.person_id:
        return  # another person has taken the browser meanwhile
    if done is Pushed.GONE:
        session.delete(row)
    elif done is Pushed.SENT:
        row.told_at, row.tries, row.next_try = sent.up_to, 0, None
    else:
        row.tries += 1
        row.next_try = now + pause(row.tries)


def greet(session: Session, person_id: str, subscription_id: str) -> None:
    """Send a message to try it; one that is not theirs is none."""
    mine = PushSubscription.person_id == person_id
    values = {"told_at": None, "next_try": None, "tries": 0}
    this = PushSubscription.id == subscription_id
    session.execute(update(PushSubscription).where(mine, this).values(**values))


def _message(session: Session, row: PushSubscription, now: datetime) -> Due | None:
    if row.told_at is None:
        return Due(row, "hello", now)
    try:
        asking = acting.with_stand_ins(session, who(session, row.person_id), now)
    except NotFound:
        return None
    waiting = [
        each
        for each in approval.queue(session, asking, now=now)
        if each.submitted_at is not None and each.submitted_at > row.told_at
    ]
    if not waiting:
        return None
    urgent = any(each.cls == Class.EMERGENCY for each in waiting)
    up_to = max(each.submitted_at for each in waiting if each.submitted_at is not None)
    return Due(row, "urgent" if urgent else "waits", up_to)


def _newest(session: Session) -> datetime | None:
    waiting = Bulletin.state == BulletinState.SUBMITTED
    return session.scalar(select(func.max(Bulletin.submitted_at)).where(waiting))


def _near(session: Session, since: datetime, now: datetime) -> set[str]:
    """Who may be asked to decide about what was sent since; whether they may, the queue says."""
    waiting = Bulletin.state == BulletinState.SUBMITTED
    query = select(Bulletin.area_id).where(waiting, Bulletin.submitted_at > since).distinct()
    places = list(session.scalars(query))
    if not places:
        return set()
    above = {
        each for line in areas.lineages(session, places, local_day(now)).values() for each in line
    }
    held = select(Grant.person_id).where(Grant.role.in_(DECIDING), Grant.area_id.in_(above))
    deputies = {one.deputy_id for one in acting.near(session, places, now)}
    return {*session.scalars(held), *deputies}
