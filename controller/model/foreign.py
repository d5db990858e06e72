"""Boxes of other makers: how each is spoken with, and what it was given to play."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row

SELF_TOLD = "S"
"""Evidence below L0: a box of another maker says so, unsigned, out of no journal of ours."""


class BoxKind(StrEnum):
    """How a box of another maker is spoken with."""

    HTTP = "http"  # it asks for its programme again and again
    MQTT = "mqtt"  # it is told by messages that its maker has chosen


class ForeignBox(Row):
    """The box of another maker that a station is; a station without such a row is one of ours."""

    __tablename__ = "foreign_box"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    kind: Mapped[BoxKind] = mapped_column(String(8))
    secret_hash: Mapped[str] = mapped_column(String(200))  # controller.station_secret
    device: Mapped[str] = mapped_column(String(40), default="")  # its own name in its topics
    profile: Mapped[dict[str, Any] | None]  # MQTT: a copy of controller.foreign.profile.Profile
    poll_s: Mapped[int] = mapped_column(Integer, default=0)  # HTTP: it asks this often
    counted_from: Mapped[datetime | None]  # its requests of one minute
    counted: Mapped[int] = mapped_column(Integer, default=0)


class ForeignOffer(Row):
    """An airing that was given to a box; `withdrawn_at`: it was to stop before its end."""

    __tablename__ = "foreign_offer"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    airing_id: Mapped[str] = mapped_column(ForeignKey("airing.id"), primary_key=True)
    given_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    ticket_hash: Mapped[str] = mapped_column(String(64), default="", index=True)  # sha256
