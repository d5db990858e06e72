"""What decrees did to areas: names, kinds and places before, never rewritten."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.areas import AreaKind
from controller.model.columns import Row


class Deed(StrEnum):
    """One kind of change to an area."""

    ADDED = "added"
    RENAMED = "renamed"
    MERGED = "merged"  # it became a part of another
    SPLIT = "split"  # others were made of it
    MOVED = "moved"  # it hangs below another


class AreaChange(Row):
    """One area on the day of a change; what it was called and was until then."""

    __tablename__ = "area_change"
    __table_args__ = (Index("ix_area_change_area_id_day", "area_id", "day"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    day: Mapped[date]  # the first on which it holds
    deed: Mapped[Deed] = mapped_column(String(12))
    name_before: Mapped[str | None] = mapped_column(String(120))  # None: it was not there
    kind_before: Mapped[AreaKind | None] = mapped_column(String(16))
    decree: Mapped[str] = mapped_column(String(80))
    decree_day: Mapped[date]
    at: Mapped[datetime]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
