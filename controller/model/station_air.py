"""A station's air: how it is to sound, and what it said it did with it and why."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class StationSound(Row):
    """The sound that people have set for a station; without a row the contract's own values."""

    __tablename__ = "station_sound"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    sound: Mapped[dict[str, Any]]  # contract.messages.Sound
    previous: Mapped[dict[str, Any] | None]  # what it was before the last change
    changed_at: Mapped[datetime]


class StationDecision(Row):
    """One `decided` line of a station: its stance from `at` on, by its own clock."""

    __tablename__ = "station_decision"
    __table_args__ = (Index("ix_station_decision_station_id_at", "station_id", "at"),)

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(primary_key=True)  # another journal has the same numbers
    stance: Mapped[dict[str, Any]]  # contract.stances.Stance
