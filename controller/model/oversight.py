"""What the server watches about itself: audit, alarms, heartbeats, facts, holidays."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class AuditLine(Row):
    """Who did what to what; each line holds the hash of the one before."""

    __tablename__ = "audit_line"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    person_id: Mapped[str | None] = mapped_column(String(36))  # None: the server itself
    action: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(60), index=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Alarm(Row):
    """Something that people must look at; the same trouble is one row until it is cleared."""

    __tablename__ = "alarm"
    __table_args__ = (Index("ix_alarm_open", "cleared_at", "last_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    code: Mapped[str] = mapped_column(String(40))
    station_id: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(Text)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    count: Mapped[int] = mapped_column(default=1)
    cleared_at: Mapped[datetime | None]


class WorkerBeat(Row):
    """That a loop of the server is alive."""

    __tablename__ = "worker_beat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


class Fact(Row):
    """A single value that the server must remember, such as its epoch."""

    __tablename__ = "fact"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Holiday(Row):
    """A public holiday; seeded from a calendar, then edited by people."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
