"""The floor: above what a box begins that takes the place of another (contract.claims)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.claims import Floor
from controller import facts
from controller.model import StationPlan


def floor_of(session: Session, station_id: str, now: datetime) -> Floor:
    """The newest plan made for a station whose box is replaced `now`, in one transaction with it.

    What stations say of themselves does not count: a stolen box could set its heir a floor that
    no plan ever reaches.
    """
    newest = session.execute(
        select(StationPlan.epoch, StationPlan.version).where(StationPlan.station_id == station_id)
    ).one_or_none()
    epoch, seq = newest or (facts.epoch(session), 0)
    return Floor(epoch=epoch, seq=seq, not_before=now)
