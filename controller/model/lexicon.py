"""The readings that people have taught for their places."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class LexiconEntry(Row):
    """How a token is read in an area and everything below it, from when to when.

    Only `until` and `ended_by` are ever written again: another reading ends this row and begins
    one of its own. With `next` or `previous` it holds only beside one of those words.
    """

    __tablename__ = "lexicon_entry"
    __table_args__ = (Index("ix_lexicon_entry_area_id_token", "area_id", "token"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    token: Mapped[str] = mapped_column(String(40))  # tts.normalise.entries says so
    reading: Mapped[str] = mapped_column(String(200))
    next: Mapped[list[str]]
    previous: Mapped[list[str]]
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
