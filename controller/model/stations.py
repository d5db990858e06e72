"""Stations: what they are, and what they last said about themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String, event, false
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row
from controller.model.folding import searchable


class Station(Row):
    """One addressable loudspeaker cluster. `id` is its short readable code."""

    __tablename__ = "station"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    secret_hash: Mapped[str] = mapped_column(String(200))  # mosquitto's $7$ form; MQTT and media
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    boxed_at: Mapped[datetime | None]  # when its box took the place of another
    folded: Mapped[str] = mapped_column(String(170), default="")  # folding.searchable
    virtual: Mapped[bool] = mapped_column(default=False, server_default=false())  # no loudspeaker


@event.listens_for(Station, "before_insert")
@event.listens_for(Station, "before_update")
def _fold(_mapper: object, _connection: object, station: Station) -> None:
    station.folded = searchable(station.name, station.id)


class StationState(Row):
    """The newest state and beat of a station; one row each, overwritten."""

    __tablename__ = "station_state"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    online: Mapped[bool] = mapped_column(default=False)
    boot: Mapped[str] = mapped_column(String(40), default="")
    changed_at: Mapped[datetime | None]  # of the newest state, by the station's clock
    seen_at: Mapped[datetime | None]  # of the newest message of any kind, by ours
    agent: Mapped[str] = mapped_column(String(40), default="")
    plan_epoch: Mapped[int | None] = mapped_column(Integer)
    plan_version: Mapped[int | None] = mapped_column(Integer)
    on_air: Mapped[dict[str, Any] | None]  # contract.reports.OnAir
    stance: Mapped[dict[str, Any] | None]  # contract.stances.Decision
    receivers: Mapped[str] = mapped_column(String(20), default="", server_default="")
    volume: Mapped[int | None] = mapped_column(Integer)
    free_bytes: Mapped[int | None] = mapped_column(BigInteger)
    rss_bytes: Mapped[int | None] = mapped_column(BigInteger)
    recordings: Mapped[int | None] = mapped_column(Integer)
    underruns: Mapped[int | None] = mapped_column(Integer)
    clock_offset_ms: Mapped[int | None] = mapped_column(Integer)
    telemetry: Mapped[dict[str, Any] | None]  # contract.reports.Beat
    troubles: Mapped[list[str] | None]  # codes of contract.reports.State
    sampled_at: Mapped[datetime | None]  # of its newest sample


class StationPlan(Row):
    """The newest plan made for a station, and what the station said to it."""

    __tablename__ = "station_plan"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36))
    epoch: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    content_hash: Mapped[str] = mapped_column(String(64))  # of what it tells, without its times
    envelope: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    refused: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(String(400), default="")


class StationRecording(Row):
    """A recording that a station says it holds, verified; gone again when it lost it."""

    __tablename__ = "station_recording"

    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)  # a foreign one is a fact too
    held_at: Mapped[datetime]
