"""What places chose of the normal bulletins from above."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class InboxChoice(Row):
    """An area's answer to one approved bulletin: a copy of its own, or a reason for none."""

    __tablename__ = "inbox_choice"

    approval_id: Mapped[str] = mapped_column(ForeignKey("approval.id"), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True, index=True)
    copy_id: Mapped[str | None] = mapped_column(ForeignKey("bulletin.id"))
    reason: Mapped[str] = mapped_column(Text, default="")  # why it is not broadcast
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
