"""Replacement: another box becomes a station, which keeps its name, its plan and its history.

Journal lines that the box before has not told stay untold: their airings become `unverified`.
"""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from controller.alarms import clear_all
from controller.model import (
    Station,
    StationCertificate,
    StationPlan,
    StationRecording,
    StationState,
)


def had_a_box(session: Session, station_id: str) -> bool:
    """Whether a box was this station before: one with a certificate, or one with a password."""
    certified = exists().where(StationCertificate.station_id == station_id)
    heard = exists().where(StationState.station_id == station_id, StationState.seen_at.is_not(None))
    return bool(session.scalar(select(certified | heard)))


def hand_over(session: Session, station_id: str, now: datetime) -> None:
    """Forget what only the box before held: its recordings, its answers, its state, its ills.

    From `now` on the station's plan is another: airings that began before are left to the box
    before, so that none sounds twice (controller.plan_content).
    """
    session.execute(update(Station).where(Station.id == station_id).values(boxed_at=now))
    session.execute(delete(StationRecording).where(StationRecording.station_id == station_id))
    session.execute(
        update(StationPlan)
        .where(StationPlan.station_id == station_id)
        .values(accepted_at=None, refused=None, detail="", content_hash="")
    )
    session.execute(
        update(StationState)
        .where(StationState.station_id == station_id)
        .values(
            online=False,
            boot="",
            changed_at=None,  # whatever the new box says is newer, though its clock be slow
            agent="",
            plan_epoch=None,
            plan_version=None,
            on_air=None,
            stance=None,
            troubles=None,
        )
    )
    clear_all(session, station_id, now)
