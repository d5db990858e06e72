"""In which order places want to hear priority bulletins that collide."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class PriorityPlace(Row):
    """The place that an area gave an approved bulletin among those it collides with; 0 is first."""

    __tablename__ = "priority_place"

    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)
    approval_id: Mapped[str] = mapped_column(ForeignKey("approval.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
