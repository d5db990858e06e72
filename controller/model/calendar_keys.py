"""Calendar keys: addresses by which somebody's calendar reads the schedule of a place."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class CalendarKey(Row):
    """One subscription of one person to one place; whoever has the address may read, no more."""

    __tablename__ = "calendar_key"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # sha256 of the secret
    name: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    minute: Mapped[int] = mapped_column(Integer, default=0)  # since 1970, of the last request
    asked: Mapped[int] = mapped_column(Integer, default=0)  # requests in that minute
