"""Moved: which starts of approved bulletins people put at other times."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from controller.model import AiringMove
from scheduler.moving import put
from scheduler.rules import Rule


def in_force(session: Session, since: datetime) -> dict[str, dict[datetime, datetime]]:
    """For each approval its rule's starts that were moved, and to when; none that is long over."""
    near = or_(AiringMove.was >= since, AiringMove.becomes >= since)
    query = select(AiringMove).where(AiringMove.undone_at.is_(None), near)
    found: dict[str, dict[datetime, datetime]] = defaultdict(dict)
    for move in session.scalars(query.order_by(AiringMove.at, AiringMove.id)):
        found[move.approval_id][move.was] = move.becomes
    return found


def applied(rule: Rule, moves: Iterable[tuple[datetime, datetime]]) -> Rule:
    """The rule with all of these moves."""
    for was, becomes in moves:
        rule = put(rule, was, becomes)
    return rule
