"""Airings, where people moved them, and the verdict on each of their stations."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from contract.states import AiringState, Verdict
from controller.model.columns import Row


class Airing(Row):
    """A bulletin at a time for a set of targets; never one row a station."""

    __tablename__ = "airing"
    __table_args__ = (
        UniqueConstraint("bulletin_id", "approval_id", "starts_at"),
        Index("ix_airing_state_starts_at", "state", "starts_at"),
        Index("ix_airing_starts_at", "starts_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    bulletin_id: Mapped[str] = mapped_column(ForeignKey("bulletin.id"))
    approval_id: Mapped[str] = mapped_column(ForeignKey("approval.id"))
    recording_sha256: Mapped[str] = mapped_column(ForeignKey("recording.sha256"))
    cls: Mapped[int] = mapped_column(Integer)
    rank: Mapped[int] = mapped_column(Integer, default=0)  # contract.precedence
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    targets: Mapped[list[str]]  # area ids
    state: Mapped[AiringState] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")  # why refused or cancelled


class AiringMove(Row):
    """One start of an approved bulletin that a person put at another time; the last one holds.

    `onward`: all that follow at the same hour of the day go with it.
    """

    __tablename__ = "airing_move"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    airing_id: Mapped[str] = mapped_column(ForeignKey("airing.id"), index=True)
    approval_id: Mapped[str] = mapped_column(ForeignKey("approval.id"), index=True)
    was: Mapped[datetime]  # the start that the rule gives
    becomes: Mapped[datetime]
    onward: Mapped[bool] = mapped_column(default=False, server_default=false())
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class StationVerdict(Row):
    """What became of one airing on one station; the rows are made when the airing starts."""

    __tablename__ = "station_verdict"
    __table_args__ = (
        Index("ix_station_verdict_open", "verdict", "airing_id"),
        Index("ix_station_verdict_planned", "planned_at", "airing_id", "station_id"),
    )

    airing_id: Mapped[str] = mapped_column(ForeignKey("airing.id"), primary_key=True)
    station_id: Mapped[str] = mapped_column(ForeignKey("station.id"), primary_key=True, index=True)
    verdict: Mapped[Verdict] = mapped_column(String(12))
    cause: Mapped[str | None] = mapped_column(String(20))  # contract.states.Cause
    planned_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    played_samples: Mapped[int] = mapped_column(BigInteger, default=0)
    total_samples: Mapped[int] = mapped_column(BigInteger, default=0)
    relayed_samples: Mapped[int | None] = mapped_column(BigInteger)  # of a relay: the stream's
    fallback_samples: Mapped[int | None] = mapped_column(BigInteger)  # the recording's instead
    silent_samples: Mapped[int | None] = mapped_column(BigInteger)  # neither's
    underruns: Mapped[int] = mapped_column(Integer, default=0)
    evidence: Mapped[str | None] = mapped_column(String(2))
    proofs: Mapped[list[Any] | None]  # contract.proofs.Proof
    detail: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
