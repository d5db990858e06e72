"""Expiring: bulletins whose content ends soon, so that somebody renews or withdraws them."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller.areas import local_day
from controller.model import Bulletin
from controller.permissions import Permission, Who, scope

AHEAD_DAYS = 30
"""Long enough for new words to be written, signed and recorded."""


def soon(session: Session, asking: Who, *, now: datetime) -> list[Bulletin]:
    """Approved ones of the person's places that end within 30 days, the next first."""
    today = local_day(now)
    visible = scope(session, asking, Permission.SEE_BULLETINS, today)
    query = (
        select(Bulletin)
        .where(
            Bulletin.area_id.in_(visible),
            Bulletin.state == BulletinState.APPROVED,
            Bulletin.expires_on > today,
            Bulletin.expires_on <= today + timedelta(days=AHEAD_DAYS),
        )
        .order_by(Bulletin.expires_on, Bulletin.id)
    )
    return list(session.scalars(query))


def is_over(expires_on: date | None, now: datetime) -> bool:
    """Whether it holds no more."""
    return expires_on is not None and expires_on <= local_day(now)
