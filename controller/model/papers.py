"""Papers: the documents that are kept with a bulletin, above all its signed original."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class Paper(Row):
    """One file beside a bulletin; Media keeps it under its sha256."""

    __tablename__ = "paper"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    bulletin_id: Mapped[str] = mapped_column(ForeignKey("bulletin.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(4))  # controller.papers.wire.Kind
    size: Mapped[int] = mapped_column(Integer)  # bytes
    added_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
