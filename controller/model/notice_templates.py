"""The prepared words of ordinary bulletins that places keep for themselves."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class NoticeTemplate(Row):
    """Words with blanks for a notice that returns, for an area and everything below it."""

    __tablename__ = "notice_template"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
    standard: Mapped[str] = mapped_column(String(20))  # whose stead it takes; "": its own
    name: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    field: Mapped[int] = mapped_column(Integer)
    edited_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]
