"""Settling: what was never given to a box did not sound there, and that is known without it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import structs
from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from contract.reports import Ended
from contract.states import Cause, Class, Verdict
from controller import verdict_ledger
from controller.foreign import offers
from controller.foreign.offers import Scene
from controller.foreign.slots import LATE_LIMIT
from controller.model import Airing, ForeignBox, ForeignOffer, StationState, StationVerdict

AFTER = timedelta(minutes=3)
"""After the start: later than LATE_LIMIT nothing is given any more."""

SILENT = timedelta(minutes=3)
"""Three polls of the slowest box."""


def tidy(session: Session, now: datetime) -> None:
    """Judge what was never given; a box that is silent is away."""
    boxes = select(ForeignBox.station_id)
    session.execute(
        update(StationState)
        .where(
            StationState.station_id.in_(boxes),
            StationState.online,
            StationState.seen_at < now - SILENT,
        )
        .values(online=False, on_air=None)
    )
    close_ungiven(session, now)


def close_ungiven(session: Session, now: datetime) -> None:
    """A verdict for each airing that a box can not have played, with the reason."""
    rows = _ungiven(session, now)
    if not rows:
        return
    boxes = {box.station_id: box for box, _ in rows}
    since = min(airing.starts_at for _, airing in rows)
    scene = offers.read_span(session, list(boxes.values()), since, now, now=now)
    ended = [
        (box.station_id, _ended(airing, cause))
        for box, airing in rows
        if (cause := _cause(box, airing, scene)) is not None
    ]
    verdict_ledger.apply(session, ended, now)


def _ungiven(session: Session, now: datetime) -> Sequence[tuple[ForeignBox, Airing]]:
    given = exists().where(
        ForeignOffer.station_id == StationVerdict.station_id,
        ForeignOffer.airing_id == StationVerdict.airing_id,
    )
    query = (
        select(ForeignBox, Airing)
        .join(StationVerdict, StationVerdict.station_id == ForeignBox.station_id)
        .join(Airing, Airing.id == StationVerdict.airing_id)
        .where(
            StationVerdict.verdict == Verdict.PENDING,
            StationVerdict.planned_at < now - AFTER,
            ~given,
        )
    )
    return [(box, airing) for box, airing in session.execute(query)]


def _cause(box: ForeignBox, airing: Airing, scene: Scene) -> Cause | None:
    """Why it was not given, as things stood at its start; None: it still may be."""
    if airing.cls == Class.EMERGENCY:
        present = offers.choose(box, scene, scene.now)
        if any(slot.airing == airing.id for slot in present.slots):
            return None
    then = structs.replace(scene, now=airing.starts_at, ended={})
    found = offers.choose(box, then, airing.starts_at + LATE_LIMIT).withheld.get(airing.id)
    return found or Cause.LATE


def _ended(airing: Airing, cause: Cause) -> Ended:
    return Ended(
        airing=airing.id,
        bulletin=airing.bulletin_id,
        cls=Class(airing.cls),
        planned_at=airing.starts_at,
        cause=cause,
        evidence="",
        detail="Máy chủ chưa giao lượt phát này cho thiết bị.",
    )
