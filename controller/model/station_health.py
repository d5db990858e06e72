"""A station's health: samples of what it measures, self-tests and diagnoses that were asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, func
from sqlalchemy.orm import Mapped, column_property, mapped_column

from controller.model.columns import Row


class StationSample(Row):
    """Figures of one moment; slots are used again, so that a station never has more than some."""

    __tablename__ = "station_sample"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    figures: Mapped[dict[str, Any]]  # name to number


class SelfTest(Row):
    """A self-test that was ordered, and what the station told of it."""

    __tablename__ = "self_test"

    order_id: Mapped[str] = mapped_column(ForeignKey("order.id"), primary_key=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), index=True)
    asked_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None]  # contract.reports.SelfTested


class Diagnosis(Row):
    """A diagnosis that was ordered; `body` is what the station brought, until it expires.

    The body is read only where it is asked for.
    """

    __tablename__ = "diagnosis"

    order_id: Mapped[str] = mapped_column(ForeignKey("order.id"), primary_key=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), index=True)
    asked_at: Mapped[datetime]
    arrived_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(400), default="")
    body: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int | None] = column_property(func.length(body))  # bytes of the body
