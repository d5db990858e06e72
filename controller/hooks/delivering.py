"""Delivering: each message is tried until the other system has it, or three days are over."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from controller import audit, backoff
from controller.hooks import signing, spreading
from controller.hooks.kinds import Kind
from controller.hooks.ports import GONE, Answer, Poster
from controller.model import Hook, HookDelivery
from controller.store import Store

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=6)

PAUSED_AFTER = timedelta(days=2)
"""Of failures without one success; then people must look at it, before anything is given up."""

KEPT = timedelta(days=30)
"""Messages, taken or not: what happened is in the audit and the verdicts for ever."""

_URGENT = (Kind.EMERGENCY, Kind.ALL_CLEAR)
"""Verdicts of a whole province must not stand before these."""

BATCH = 10
LEFT_ALONE = timedelta(minutes=1)
"""A system that does not answer at all is not asked with every message that waits for it."""

LEASE = timedelta(minutes=5)
"""More than BATCH messages to a system that does not answer take."""


class Claimed(Struct, frozen=True):
    """Messages that are due to one hook: emergencies first, then the oldest."""

    hook: Hook
    messages: list[HookDelivery]


def pause(tries: int, luck: float) -> timedelta:
    """How long to wait after so many tries in vain; `luck` in [0, 1)."""
    return backoff.pause(tries, FIRST_PAUSE, LONGEST_PAUSE, luck)


class Delivering:
    """Several threads may call `work`; a hook is one thread's at a time."""

    def __init__(
        self,
        store: Store,
        poster: Poster,
        clock: Callable[[], datetime],
        luck: Callable[[], float],
    ) -> None:
        """`clock` gives aware UTC, `luck` a number in [0, 1)."""
        self._store, self._poster, self._clock, self._luck = store, poster, clock, luck

    def work(self) -> bool:
        """Make messages of what happened and try those that are due; True: there may be more."""
        with self._store.reading() as session:
            fresh = spreading.is_work(session)
            due = next_hook(session, self._clock()) is not None
        if fresh:
            with self._store.writing() as session:
                spreading.spread(session, self._clock())
        return (due or fresh) and self._deliver()

    def _deliver(self) -> bool:
        with self._store.writing() as session:
            claimed = claim(session, self._clock())
        if claimed is None:
            return False
        is_there = True
        for message in claimed.messages:
            answer = self._poster.post(*request(claimed.hook, message, self._clock()))
            with self._store.writing() as session:
                is_there = note(session, message.id, answer, self._clock(), self._luck())
            if not is_there:
                break
        with self._store.writing() as session:
            hook = session.get_one(Hook, claimed.hook.id)
            hook.claimed_until = None if is_there else self._clock() + LEFT_ALONE
        return True


def request(hook: Hook, message: HookDelivery, now: datetime) -> tuple[str, dict[str, str], bytes]:
    """Address, signed headers and body of one attempt."""
    body = message.body.encode()
    return hook.url, signing.headers(hook.secret, f"msg_{message.id}", now, body), body


def next_hook(session: Session, now: datetime, *, lock: bool = False) -> Hook | None:
    """The hook whose message has waited longest, of those that nobody delivers to now."""
    query = (
        select(Hook)
        .join(HookDelivery, HookDelivery.hook_id == Hook.id)
        .where(
            HookDelivery.due_at <= now,
            Hook.stopped_at.is_(None),
            Hook.paused_at.is_(None),
            func.coalesce(Hook.claimed_until, Hook.made_at) <= now,
        )
        .order_by(HookDelivery.due_at)
        .limit(1)
    )
    return session.scalar(query.with_for_update(of=Hook, skip_locked=True) if lock else query)


def claim(session: Session, now: datetime) -> Claimed | None:
    """A batch for whoever asks, for the time of a lease."""
    hook = next_hook(session, now, lock=True)
    if hook is None:
        return None
    hook.claimed_until = now + LEASE
    first = case((HookDelivery.kind.in_(_URGENT), 0), else_=1)
    query = (
        select(HookDelivery)
        .where(HookDelivery.hook_id == hook.id, HookDelivery.due_at <= now)
        .order_by(first, HookDelivery.due_at, HookDelivery.id)
        .limit(BATCH)
    )
    return Claimed(hook, list(session.scalars(query)))


def note(session: Session, message_id: str, answer: Answer, now: datetime, luck: float) -> bool:
    """What became of an attempt; False when there is no use in trying the next one now."""
    row = session.get_one(HookDelivery, message_id)
    hook = session.get_one(Hook, row.hook_id, with_for_update=True)
    row.tries, row.tried_at = row.tries + 1, now
    row.code, row.told, row.took_ms = answer.code, answer.told, answer.took_ms
    if answer.is_taken:
        row.done_at, row.due_at, hook.failing_since = now, None, None
        return _wants_more(hook)
    again = now + pause(row.tries, luck)
    row.due_at = again if again < row.give_up_at else None
    hook.failing_since = hook.failing_since or now
    if answer.code == GONE or now - hook.failing_since >= PAUSED_AFTER:
        _pause(session, hook, now)
    return answer.code is not None and _wants_more(hook)


def forget_old(session: Session, now: datetime) -> None:
    """Let go of messages past their days."""
    session.execute(delete(HookDelivery).where(HookDelivery.made_at < now - KEPT))


def _wants_more(hook: Hook) -> bool:
    return hook.stopped_at is None and hook.paused_at is None


def _pause(session: Session, hook: Hook, now: datetime) -> None:
    if hook.paused_at is None:
        hook.paused_at = now
        audit.record(session, None, "hook.pause", "hook", hook.id, now=now)
