"""Releases of the station's agent: who rolls one out, and how far each station has come."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class Rollout(Row):
    """One version on its way to all stations, ring by ring (controller.releases.rings)."""

    __tablename__ = "rollout"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))  # controller.releases.rollouts.RolloutState
    ring: Mapped[int] = mapped_column(Integer, default=0)
    ring_since: Mapped[datetime | None]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(400), default="")  # it was halted


class StationAgent(Row):
    """The latest that a station told of a version of its agent."""

    __tablename__ = "station_agent"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    version: Mapped[str] = mapped_column(String(40), primary_key=True)
    phase: Mapped[str] = mapped_column(String(20))  # contract.states.AgentPhase
    detail: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime]  # by the station's clock
