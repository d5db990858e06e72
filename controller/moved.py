"""Moved: which starts of approved bulletins people put at other times."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from controller.model import AiringMove
from scheduler.calendar import ZONE
from scheduler.moving import put, shift
from scheduler.rules import Rule


class Moved(Struct, frozen=True):
    """One move: `was` is the start that the rule gives after the moves before it."""

    was: datetime
    becomes: datetime
    onward: bool = False


def in_force(session: Session, since: datetime) -> Mapping[str, list[Moved]]:
    """For each approval its moves in their order; none that is long over."""
    near = or_(AiringMove.was >= since, AiringMove.becomes >= since, AiringMove.onward)
    query = select(AiringMove).where(AiringMove.undone_at.is_(None), near)
    found: dict[str, list[Moved]] = defaultdict(list)
    for row in session.scalars(query.order_by(AiringMove.at, AiringMove.id)):
        found[row.approval_id].append(Moved(row.was, row.becomes, row.onward))
    return found


def applied(rule: Rule, moves: Iterable[Moved]) -> Rule:
    """The rule with all of these moves."""
    for each in moves:
        rule = _onward(rule, each) if each.onward else _once(rule, each)
    return rule


def _once(rule: Rule, each: Moved) -> Rule:
    """A start that was moved before goes on from where it is."""
    where = next((move.becomes for move in rule.moves if move.was == each.was), each.was)
    return put(rule, where, each.becomes)


def _onward(rule: Rule, each: Moved) -> Rule:
    was, becomes = each.was.astimezone(ZONE), each.becomes.astimezone(ZONE)
    return shift(rule, was.date(), was.time(), becomes.time())
