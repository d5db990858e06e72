"""Diagnoses: asked for by a technician, brought by the station, read by its technicians, let go."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from contract import codec
from contract.diagnosis import LIMIT
from contract.diagnosis import Diagnosis as Document
from contract.errors import Unreadable
from controller import audit, orders, stations
from controller.errors import NotFound, WrongState
from controller.model import Diagnosis, Order
from controller.permissions import Permission, Who
from controller.ports import Signer

KEPT = timedelta(days=7)
"""Long enough to compare before and after a visit; then it is only somebody's data."""

MOST = 5
"""Kept of one station, and asked of it in an hour: 256 kB each, on a card or a phone's data."""

AGAIN_AFTER = timedelta(minutes=5)
"""A station tries for three minutes; until then asking again helps nobody."""


def ask(session: Session, asking: Who, station_id: str, *, signer: Signer, now: datetime) -> Order:
    """Have a station bring one, and let go of its oldest.

    Raises NotFound, WrongState while one is on its way or when it brought many in the last hour.
    """
    order = orders.diagnose(session, asking, station_id, signer=signer, now=now)
    rows = latest(session, station_id)
    if any(is_awaited(row, now) for row in rows):
        raise WrongState("Cụm loa đang gửi chẩn đoán vừa yêu cầu. Hãy chờ vài phút.")
    if sum(now - row.asked_at < timedelta(hours=1) for row in rows) >= MOST:
        raise WrongState(f"Cụm loa đã được yêu cầu {MOST} lần trong một giờ. Hãy chờ thêm.")
    for row in rows[MOST - 1 :]:
        session.delete(row)
    session.add(Diagnosis(order_id=order.id, station_id=station_id, asked_at=now))
    return order


def is_awaited(row: Diagnosis, now: datetime) -> bool:
    """Whether it may still come by itself."""
    return row.arrived_at is None and not row.problem and now - row.asked_at < AGAIN_AFTER


def take(session: Session, station_id: str, order_id: str, body: bytes, now: datetime) -> None:
    """What a station brings; the same again changes nothing.

    Raises NotFound when nobody asks it of this station now, Unreadable for what is no diagnosis.
    """
    row, order = session.get(Diagnosis, order_id), session.get(Order, order_id)
    if row is None or order is None or row.station_id != station_id or now >= order.expires_at:
        raise NotFound("diagnosis", order_id)
    if row.arrived_at is not None:
        return
    found = codec.decode(Document, body)
    if len(body) > LIMIT or (found.station, found.order) != (station_id, order_id):
        raise Unreadable("not the diagnosis that was asked for")
    row.arrived_at, row.body, row.problem = now, body, ""


def fail(session: Session, station_id: str, order_id: str, problem: str) -> None:
    """The station could not bring it."""
    row = session.get(Diagnosis, order_id)
    if row is not None and row.station_id == station_id and row.arrived_at is None:
        row.problem = problem[:400]


def latest(session: Session, station_id: str) -> list[Diagnosis]:
    """Those that are kept, the newest first."""
    query = select(Diagnosis).where(Diagnosis.station_id == station_id)
    return list(session.scalars(query.order_by(Diagnosis.asked_at.desc())))


def read(session: Session, asking: Who, station_id: str, order_id: str, *, now: datetime) -> bytes:
    """The document, for whoever manages the station; it is written down who read it.

    Raises NotFound, also for a document of another station.
    """
    stations.get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    row = session.get(Diagnosis, order_id)
    if row is None or row.station_id != station_id or row.body is None:
        raise NotFound("diagnosis", order_id)
    after = {"station": station_id}
    audit.record(session, asking, "diagnosis.read", "diagnosis", order_id, after=after, now=now)
    return row.body


def forget_old(session: Session, now: datetime) -> None:
    """Let go of what is older than it is kept."""
    session.execute(delete(Diagnosis).where(Diagnosis.asked_at < now - KEPT))
