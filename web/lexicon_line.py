"""Lexicon line: an entry as one row of a list, with who taught it, where and when."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy.orm import Session

from controller import people
from controller.model import LexiconEntry
from web import places


class Line(Struct, frozen=True, kw_only=True):
    """What a list shows of an entry; `ended_by` is "" while it holds."""

    id: str
    token: str
    reading: str
    company: str
    area: str
    author: str
    since: datetime
    until: datetime | None
    ended_by: str


def lines(session: Session, rows: Sequence[LexiconEntry]) -> list[Line]:
    """The entries in the order given; names are read at once."""
    authors = {row.author_id for row in rows} | {row.ended_by for row in rows if row.ended_by}
    names = people.names(session, authors)
    where = places.names(session, [row.area_id for row in rows])
    return [_line(row, names, area) for row, area in zip(rows, where, strict=True)]


def _line(row: LexiconEntry, names: dict[str, str], area: str) -> Line:
    return Line(
        id=row.id,
        token=row.token,
        reading=row.reading,
        company=company(row.next, row.previous),
        area=area,
        author=names[row.author_id],
        since=row.since,
        until=row.until,
        ended_by=names.get(row.ended_by or "", ""),
    )


def company(following: Sequence[str], preceding: Sequence[str]) -> str:
    """Beside which words an entry holds, in words; "" for everywhere."""
    said = [
        f"{where} {', '.join(f'“{word}”' for word in words)}"
        for where, words in (("trước", following), ("sau", preceding))
        if words
    ]
    return f"chỉ khi đứng {' hoặc '.join(said)}" if said else ""
