"""Hooks: other systems that are told what happens here, and what they were told."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class Hook(Row):
    """A system that wants to be told: of which kinds of events, in one area and all below it."""

    __tablename__ = "hook"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str] = mapped_column(String(120))
    url: Mapped[str] = mapped_column(String(500))
    kinds: Mapped[list[str]]  # controller.hooks.kinds.Kind
    secret: Mapped[str] = mapped_column(String(80))  # whsec_…; an HMAC needs it in the clear
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]  # None: the last delivery was taken
    claimed_until: Mapped[datetime | None]  # by the thread that delivers to it


class HookEvent(Row):
    """Something that happened and that no hook was given yet; written with the fact itself."""

    __tablename__ = "hook_event"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    station_id: Mapped[str | None] = mapped_column(String(40))  # None: of none, or of many
    facts: Mapped[dict[str, Any]]


class HookDelivery(Row):
    """One message to one hook: waiting (`due_at`), taken (`done_at`), or given up (neither)."""

    __tablename__ = "hook_delivery"
    __table_args__ = (Index("ix_hook_delivery_of_hook", "hook_id", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # webhook-id, after `msg_`
    hook_id: Mapped[str] = mapped_column(ForeignKey("hook.id"))
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)  # the very JSON that is signed
    made_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    give_up_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(Integer, default=0)
    tried_at: Mapped[datetime | None]
    took_ms: Mapped[int | None] = mapped_column(Integer)
    code: Mapped[int | None] = mapped_column(Integer)  # of the last answer; None: there was none
    told: Mapped[str] = mapped_column(Text, default="")  # what it said, or why there was none
    done_at: Mapped[datetime | None]
