"""Reminding: what waits for approval is told before its start is lost, and when it was lost."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contract.states import BulletinState, Class
from controller import audit, bulletins
from controller.alarms import clear_alarm, open_alarms, sound_alarm
from controller.content import heard_rule
from controller.model import Bulletin
from controller.waiting import Standing, standing
from scheduler.calendar import ZONE

LOST = "slot_lost"

WAITS = (Bulletin.state == BulletinState.SUBMITTED, Bulletin.cls != Class.EMERGENCY)
"""An emergency has no start of its own: it sounds when it is approved."""


class News(Struct, frozen=True):
    """What has just become so about a bulletin: for whoever carries it to people."""

    bulletin_id: str
    kind: Literal["soon", "lost"]
    start: datetime
    minutes: int = 0  # of `soon`: which reminder


def stands(
    session: Session, bulletin: Bulletin, now: datetime, reminders: Collection[int]
) -> Standing | None:
    """Where a bulletin stands; None for one that does not wait."""
    if bulletin.state != BulletinState.SUBMITTED or bulletin.cls == Class.EMERGENCY:
        return None
    since = bulletin.submitted_at or bulletin.updated_at
    return standing(heard_rule(bulletin), since, now, bulletins.holidays(session), reminders)


def remind(session: Session, now: datetime, reminders: Collection[int]) -> list[News]:
    """Note what has become due since the last look, each once. A lost start is in the audit."""
    found: list[News] = []
    over = 0
    for bulletin in session.scalars(select(Bulletin).where(*WAITS).order_by(Bulletin.id)):
        at = stands(session, bulletin, now, reminders)
        if at is None:
            continue
        found += _news(session, bulletin, at, now)
        over += at.is_over
    if not over:
        clear_alarm(session, LOST, now)
    elif any(one.kind == "lost" for one in found):
        told = f"{over} bản tin đã lỡ giờ phát vì chưa được duyệt và chưa được dời."
        sound_alarm(session, LOST, told, now)
    return found


def is_work(session: Session) -> bool:
    """Whether there is anything to look at: what waits, or an alarm about what did."""
    waits = select(func.count()).select_from(Bulletin).where(*WAITS)
    alarms = (alarm.code for alarm in open_alarms(session))
    return bool(session.scalar(waits)) or LOST in alarms


def _news(session: Session, bulletin: Bulletin, at: Standing, now: datetime) -> list[News]:
    found = []
    if at.lost is not None and bulletin.slot_lost_at != at.lost:
        bulletin.slot_lost_at, bulletin.reminded_min = at.lost, None
        found.append(News(bulletin.id, "lost", at.lost))
        facts = {"start": f"{at.lost.astimezone(ZONE):%H:%M %d/%m/%Y}"}
        audit.record(
            session, None, "bulletin.slot_lost", "bulletin", bulletin.id, now=now, after=facts
        )
    due, before = at.due_min, bulletin.reminded_min
    if due is not None and at.first is not None and (before is None or due < before):
        bulletin.reminded_min = due
        found.append(News(bulletin.id, "soon", at.first, due))
    return found
