"""The first start of a server: the code that opens it, and how far its first person has come."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row

ONLY = 1


class FirstStart(Row):
    """One row, made with the first code; without it the server was furnished in another way."""

    __tablename__ = "first_start"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY)
    code_hash: Mapped[str | None] = mapped_column(String(64))  # None: the code was used
    expires_at: Mapped[datetime]
    step: Mapped[str] = mapped_column(String(20))  # controller.first_start.steps.Step
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    province_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"))
    communes: Mapped[list[str]] = mapped_column(JSON, default=list)  # ids, the first is at home
    bulletin_id: Mapped[str | None] = mapped_column(ForeignKey("bulletin.id"))
    done_at: Mapped[datetime | None]
