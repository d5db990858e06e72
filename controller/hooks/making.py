"""Making: a person has another system told, looks at how that goes, and stops it."""

from collections.abc import Collection, Iterator
from datetime import datetime

from msgspec import Struct, structs, to_builtins
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, entered
from controller.areas import local_day
from controller.errors import Invalid, NotFound, WrongState
from controller.hooks import addresses, signing, spreading
from controller.hooks.kinds import NEEDS, OFFERED, Kind
from controller.hooks.ports import Answer
from controller.hooks.spreading import TRIED_FOR
from controller.hooks.telling import TestTold
from controller.model import Hook, HookDelivery
from controller.permissions import Permission, Who, can, scope
from scheduler.problem import Problem

NAME_LENGTH = 120  # the column's
MOST = 20  # of one person: each fact is written once for each


class Wanted(Struct, frozen=True, kw_only=True):
    """A hook as it was asked for."""

    name: str
    area_id: str
    url: str
    kinds: tuple[Kind, ...]


def offered(asking: Who) -> list[Kind]:
    """Of what a person can have a system told: what they may see somewhere themselves."""
    return [kind for kind in OFFERED if asking.areas_of(NEEDS[kind])]


def make(
    session: Session, asking: Who, wanted: Wanted, named: Collection[str], *, now: datetime
) -> Hook:
    """A new hook, with its secret. Raises Invalid with every problem.

    `named` are the hosts in private networks that the settings allow.
    """
    url = entered.line(wanted.url)
    wanted = structs.replace(wanted, name=entered.line(wanted.name), url=url)
    if found := list(_problems(session, asking, wanted, named, now)):
        raise Invalid(found)
    spreading.begin(session)
    hook = Hook(
        id=new_id(now),
        person_id=asking.person_id,
        area_id=wanted.area_id,
        name=wanted.name,
        url=wanted.url,
        kinds=list(wanted.kinds),
        secret=signing.new_secret(),
        made_at=now,
    )
    session.add(hook)
    session.flush()
    facts = to_builtins(wanted)
    audit.record(session, asking, "hook.make", "hook", hook.id, now=now, after=facts)
    return hook


def seen(session: Session, asking: Who, now: datetime) -> list[Hook]:
    """One's own, and those of the places whose people one manages; the newest first."""
    managed = scope(session, asking, Permission.MANAGE_PEOPLE, local_day(now))
    whose = or_(Hook.person_id == asking.person_id, Hook.area_id.in_(managed))
    return list(session.scalars(select(Hook).where(whose).order_by(Hook.id.desc())))


def get(session: Session, asking: Who, hook_id: str, now: datetime, *, lock: bool = False) -> Hook:
    """One that this person sees. Raises NotFound."""
    hook = session.get(Hook, hook_id, with_for_update=lock)
    if hook is None:
        raise NotFound("hook", hook_id)
    manages = can(session, asking, Permission.MANAGE_PEOPLE, hook.area_id, local_day(now))
    if hook.person_id != asking.person_id and not manages:
        raise NotFound("hook", hook_id)
    return hook


def paused(session: Session, person_id: str) -> list[Hook]:
    """A person's hooks that nothing is sent to until they look, by name."""
    mine = (Hook.person_id == person_id, Hook.paused_at.is_not(None), Hook.stopped_at.is_(None))
    return list(session.scalars(select(Hook).where(*mine).order_by(Hook.name)))


def messages(
    session: Session, hook_id: str, most: int, *, lost: bool = False
) -> list[HookDelivery]:
    """What it was told, the newest first; `lost`: only what was given up."""
    query = select(HookDelivery).where(HookDelivery.hook_id == hook_id)
    if lost:
        query = query.where(HookDelivery.done_at.is_(None), HookDelivery.due_at.is_(None))
    return list(session.scalars(query.order_by(HookDelivery.id.desc()).limit(most)))


def stop(session: Session, asking: Who, hook_id: str, *, now: datetime) -> None:
    """It is told nothing any more; twice is once. Raises NotFound."""
    hook = get(session, asking, hook_id, now, lock=True)
    if hook.stopped_at is None:
        hook.stopped_at = now
        waiting = HookDelivery.due_at.is_not(None) & (HookDelivery.hook_id == hook_id)
        session.execute(update(HookDelivery).where(waiting).values(due_at=None))
        facts = {"name": hook.name}
        audit.record(session, asking, "hook.stop", "hook", hook_id, now=now, after=facts)


def resume(session: Session, asking: Who, hook_id: str, *, now: datetime) -> None:
    """All that it has not taken is due again, also what was given up. Raises as `test` does."""
    hook = _working(session, asking, hook_id, now)
    hook.paused_at = hook.failing_since = hook.claimed_until = None
    _again(session, HookDelivery.hook_id == hook_id, now)
    facts = {"name": hook.name}
    audit.record(session, asking, "hook.resume", "hook", hook_id, now=now, after=facts)


def send_again(
    session: Session, asking: Who, hook_id: str, message_id: str, *, now: datetime
) -> None:
    """One message is due again. Raises NotFound, and WrongState when the system has it."""
    _working(session, asking, hook_id, now)
    row = session.get(HookDelivery, message_id)
    if row is None or row.hook_id != hook_id:
        raise NotFound("hook message", message_id)
    if row.done_at is not None:
        raise WrongState("Hệ thống kia đã nhận tin này.")
    _again(session, HookDelivery.id == message_id, now)
    audit.record(
        session, asking, "hook.send_again", "hook", hook_id, now=now, after={"message": message_id}
    )


def test(
    session: Session, asking: Who, hook_id: str, *, now: datetime
) -> tuple[Hook, HookDelivery]:
    """A message to try it with, that is not sent by itself. Raises NotFound, WrongState."""
    hook = _working(session, asking, hook_id, now)
    row = spreading.delivery(hook, Kind.TEST, now, TestTold(name=hook.name), now)
    row.due_at = None
    session.add(row)
    audit.record(session, asking, "hook.test", "hook", hook_id, now=now, after={"name": hook.name})
    return hook, row


def tested(session: Session, message_id: str, answer: Answer, now: datetime) -> HookDelivery:
    """What became of it; it says nothing of how messages fare that people wait for."""
    row = session.get_one(HookDelivery, message_id)
    row.tries, row.tried_at = 1, now
    row.code, row.told, row.took_ms = answer.code, answer.told, answer.took_ms
    row.done_at = now if answer.is_taken else None
    return row


def _working(session: Session, asking: Who, hook_id: str, now: datetime) -> Hook:
    hook = get(session, asking, hook_id, now, lock=True)
    if hook.stopped_at is not None:
        raise WrongState("Nối này đã dừng hẳn. Hãy tạo nối mới.")
    return hook


def _again(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    given_up = (
        update(HookDelivery)
        .where(which, HookDelivery.done_at.is_(None), HookDelivery.kind != Kind.TEST)
        .values(due_at=now, tries=0, give_up_at=now + TRIED_FOR)
    )
    session.execute(given_up)


def _problems(
    session: Session, asking: Who, wanted: Wanted, named: Collection[str], now: datetime
) -> Iterator[Problem]:
    if not 1 <= len(wanted.name) <= NAME_LENGTH:
        told = f"Đặt tên để biết hệ thống nào nhận tin, tối đa {NAME_LENGTH} ký tự."
        yield Problem("name", told)
    if wrong := addresses.problem(wanted.url, named):
        yield Problem("url", wrong)
    if not wanted.kinds or not set(wanted.kinds) <= set(OFFERED):
        yield Problem("kinds", "Chọn ít nhất một việc cần báo.")
    today = local_day(now)
    needed = {NEEDS[kind] for kind in wanted.kinds if kind in NEEDS}
    if not all(can(session, asking, each, wanted.area_id, today) for each in needed):
        yield Problem("kinds", "Bạn không được xem mọi việc đã chọn ở nơi này.")
    mine = select(Hook.id).where(Hook.person_id == asking.person_id, Hook.stopped_at.is_(None))
    if len(session.scalars(mine).all()) >= MOST:
        yield Problem("name", f"Bạn đã có {MOST} nối đang dùng. Hãy dừng bớt trước khi tạo.")
