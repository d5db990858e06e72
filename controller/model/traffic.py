"""What goes down to stations and comes back: orders, the outbox, journals."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from contract.states import OrderState
from controller.model.columns import Row


class OrderKind(StrEnum):
    """Which signed payload an order holds."""

    ORDER = "order"
    EMERGENCY = "emergency"
    ALL_CLEAR = "all_clear"


class Order(Row):
    """A signed instruction that cannot wait, kept for as long as it is valid and after."""

    __tablename__ = "order"
    __table_args__ = (Index("ix_order_kind_expires_at", "kind", "expires_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[OrderKind] = mapped_column(String(12))
    airing_id: Mapped[str | None] = mapped_column(ForeignKey("airing.id"))
    audience: Mapped[list[str]]  # station ids or area ids
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    envelope: Mapped[bytes] = mapped_column(LargeBinary)


class OrderDelivery(Row):
    """Where an order stands with one station; resent until it is not `queued` any more."""

    __tablename__ = "order_delivery"

    order_id: Mapped[str] = mapped_column(ForeignKey("order.id"), primary_key=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True, index=True)
    state: Mapped[OrderState] = mapped_column(String(12), index=True)
    at: Mapped[datetime]
    detail: Mapped[str] = mapped_column(String(400), default="")


class Outgoing(Row):
    """A message to publish; a later one with the same `key` takes its place."""

    __tablename__ = "outgoing"
    __table_args__ = (Index("ix_outgoing_due_at", "due_at"),)

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    topic: Mapped[str] = mapped_column(String(160))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    retained: Mapped[bool]
    expires_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]  # None: nothing to do until something changes
    attempts: Mapped[int] = mapped_column(Integer, default=0)


class StationJournal(Row):
    """How far a station's journal is stored without a gap; a new disk is a new journal."""

    __tablename__ = "station_journal"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    journal: Mapped[str] = mapped_column(String(40), primary_key=True)
    through: Mapped[int] = mapped_column(BigInteger, default=0)
    seen_at: Mapped[datetime]


class JournalLine(Row):
    """One line of a station's journal, exactly as it came."""

    __tablename__ = "journal_line"
    __table_args__ = (
        Index("ix_journal_line_airing_id", "airing_id"),
        Index("ix_journal_line_at", "at"),
    )

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    journal: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    type: Mapped[str] = mapped_column(String(20))
    airing_id: Mapped[str | None] = mapped_column(String(40))  # no key: a foreign id is a fact too
    event: Mapped[dict[str, Any]]


class Quarantined(Row):
    """A message from a station that could not be read, kept for people."""

    __tablename__ = "quarantined"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    topic: Mapped[str] = mapped_column(String(160))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    problem: Mapped[str] = mapped_column(String(400))
