"""Self-tests: ordered by a technician, told by the station, kept for whoever looks later."""

from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import reports
from controller import orders
from controller.model import Order, SelfTest
from controller.permissions import Who
from controller.ports import Signer

ROSE_MA = 20
"""A sensor's noise is less; a tone of 20 dB below full scale on one horn draws more."""


def ask(session: Session, asking: Who, station_id: str, *, signer: Signer, now: datetime) -> Order:
    """Have a station sound its tone. Raises NotFound."""
    order = orders.self_test(session, asking, station_id, signer=signer, now=now)
    session.add(SelfTest(order_id=order.id, station_id=station_id, asked_at=now))
    return order


def take(session: Session, station: str, told: reports.SelfTested, at: datetime) -> None:
    """What a station tells of a test; of one that was not asked of it, nothing is kept."""
    row = session.get(SelfTest, told.order)
    if row is not None and row.station_id == station and row.told_at is None:
        row.told_at, row.result = at, msgspec.to_builtins(told)


def latest(session: Session, station_id: str) -> SelfTest | None:
    """The newest that was ordered."""
    query = select(SelfTest).where(SelfTest.station_id == station_id)
    return session.scalars(query.order_by(SelfTest.asked_at.desc()).limit(1)).one_or_none()


def rose(told: reports.SelfTested) -> bool | None:
    """Whether the amplifier drew more with the tone than without; None: no board tells."""
    if told.rest_ma is None or told.loud_ma is None:
        return None
    return told.loud_ma >= told.rest_ma + max(ROSE_MA, told.rest_ma // 10)


def result(row: SelfTest) -> reports.SelfTested | None:
    """What the station told; None: nothing yet."""
    return None if row.result is None else msgspec.convert(row.result, reports.SelfTested)
