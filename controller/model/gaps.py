"""Gaps: when nobody heard from a station, and when the server itself was away."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class StationGap(Row):
    """From its last word to its next one, by our clock; `until` None: it is still away."""

    __tablename__ = "station_gap"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    until: Mapped[datetime | None]


class ServerGap(Row):
    """From the controller's last beat to its next one: what stations did meanwhile nobody knows."""

    __tablename__ = "server_gap"

    since: Mapped[datetime] = mapped_column(primary_key=True)
    until: Mapped[datetime]
