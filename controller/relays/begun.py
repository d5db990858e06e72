"""Begun: what stations hold of the relays that are on, which nothing divides any more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import AiringState
from controller.model import Airing
from scheduler.pieces import Span

ALIVE = (AiringState.PLANNED, AiringState.STARTED)
"""What was cancelled or is closed leaves its time to others; its slot has begun all the same."""

Begun = Mapping[datetime, tuple[Span, ...]]
"""By the start of the slot."""


def of(session: Session, slots: Mapping[str, Iterable[Span]], now: datetime) -> dict[str, Begun]:
    """Of the granted slots of some approvals, by approval, those that are on and were planned."""
    on = {
        (approval, slot)
        for approval, granted in slots.items()
        for slot in granted
        if slot[0] <= now < slot[1]
    }
    if not on:
        return {}
    query = select(Airing).where(
        Airing.approval_id.in_({approval for approval, _ in on}),
        Airing.starts_at >= min(slot[0] for _, slot in on),
        Airing.starts_at < max(slot[1] for _, slot in on),
    )
    rows = list(session.scalars(query.order_by(Airing.starts_at)))
    found: dict[str, dict[datetime, tuple[Span, ...]]] = defaultdict(dict)
    for approval, slot in on:
        inside = [r for r in rows if r.approval_id == approval and slot[0] <= r.starts_at < slot[1]]
        if inside:
            alive = (row for row in inside if row.state in ALIVE)
            found[approval][slot[0]] = tuple((row.starts_at, row.ends_at) for row in alive)
    return dict(found)
