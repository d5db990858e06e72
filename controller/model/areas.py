"""The dated tree of places: areas, where they hang, and their permitted hours."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class AreaKind(StrEnum):
    """Tiers are data: a khu vực may or may not stand between a province and its communes."""

    PROVINCE = "province"
    ZONE = "zone"  # khu vực: several communes that some staff look after
    COMMUNE = "commune"
    HAMLET = "hamlet"


class Area(Row):
    """A place while it exists under this name and code; codes are unique on a date only."""

    __tablename__ = "area"
    __table_args__ = (Index("ix_area_code", "code"), Index("ix_area_folded", "folded"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[AreaKind] = mapped_column(String(16))
    code: Mapped[str | None] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120))  # without marks, đ as d: for search
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # first day on which it is no more
    inbox: Mapped[bool] = mapped_column(default=False)  # it chooses what is normal from above


class AreaPlace(Row):
    """Under which parent an area hangs, from when to when."""

    __tablename__ = "area_place"

    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    parent_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
    valid_to: Mapped[date | None]


class AreaWindow(Row):
    """Permitted hours that an area sets for itself and below; local wall times "HH:MM".

    `end` may be "24:00". An area without rows has those of its parent.
    """

    __tablename__ = "area_window"

    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)
    start: Mapped[str] = mapped_column(String(5), primary_key=True)
    end: Mapped[str] = mapped_column(String(5))
