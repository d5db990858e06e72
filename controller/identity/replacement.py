"""Replacement: another box becomes a station, which keeps its name, its plan and its history.

Journal lines that the box before has not told stay untold: their airings become `unverified`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnDefault, delete, exists, select, update
from sqlalchemy.orm import Session

from contract.states import ORDER_MOVES, OrderState, move
from controller.alarms import clear_all
from controller.model import (
    Order,
    OrderDelivery,
    OrderKind,
    Station,
    StationAgent,
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
    before, so that none sounds twice (controller.plan_content). The state goes before the plan, as
    where states are taken in: two that wait for each other would both be lost.
    """
    session.execute(update(Station).where(Station.id == station_id).values(boxed_at=now))
    unknown = update(StationState).where(StationState.station_id == station_id)
    session.execute(unknown.values(_nothing_known()))
    session.execute(
        update(StationPlan)
        .where(StationPlan.station_id == station_id)
        .values(accepted_at=None, refused=None, detail="", content_hash="")
    )
    session.execute(delete(StationRecording).where(StationRecording.station_id == station_id))
    # the trial of an agent that the box before took, or gave up, tells nothing of the next box
    session.execute(delete(StationAgent).where(StationAgent.station_id == station_id))
    _end_orders(session, station_id, now)
    clear_all(session, station_id, now)


def _nothing_known() -> dict[str, Any]:
    """Of a station whose box nobody has heard; whatever the new one says is newer, though its
    clock be slow. When the station itself was heard last stays.
    """
    columns = StationState.__table__.columns
    return {
        column.name: column.default.arg if isinstance(column.default, ColumnDefault) else None
        for column in columns
        if column.name not in ("station_id", "seen_at")
    }


def _end_orders(session: Session, station_id: str, now: datetime) -> None:
    """Orders that wait were given to the box before; emergencies are for every box."""
    orders = select(Order.id).where(Order.kind == OrderKind.ORDER)
    expired = move(ORDER_MOVES, OrderState.QUEUED, OrderState.EXPIRED)
    session.execute(
        update(OrderDelivery)
        .where(
            OrderDelivery.station_id == station_id,
            OrderDelivery.state == OrderState.QUEUED,
            OrderDelivery.order_id.in_(orders),
        )
        .values(state=expired, at=now, detail="Lệnh cho hộp trước.")
    )
