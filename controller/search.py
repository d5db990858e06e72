"""Search: what was written and said, and which stations and places are called so.

Words are looked for from their beginnings and without marks; what has the marks of the question
comes first: "bão" finds "bão" before "báo", "bao" finds all of them.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from controller import said_words
from controller.areas import local_day
from controller.bulletins import lies_in
from controller.model import Area, Bulletin, Station
from controller.model.folding import letter_by_letter, words
from controller.permissions import Permission, Who, scope

MOST_LOOKED_AT = 300
"""Of the newest bulletins with the folded words; enough to tell the marks apart."""

AROUND = 70  # characters of a text to each side of what was found
MOST_NAMES = 10


class Said(Struct, frozen=True):
    """A bulletin that says the words; `shown` are (text, whether it was looked for)."""

    bulletin: Bulletin
    shown: list[tuple[str, bool]]


class Found(Struct, frozen=True):
    """What was found for one question, the newest bulletins first."""

    said: list[Said]
    stations: list[Station]
    places: list[Area]
    more: bool


def find(session: Session, asking: Who, query: str, *, now: datetime, limit: int) -> Found:
    """In the places of this person; nothing for a question without a letter or digit."""
    wanted, today = words(query), local_day(now)
    if not wanted:
        return Found([], [], [], more=False)
    written = scope(session, asking, Permission.SEE_BULLETINS, today)
    tended = scope(session, asking, Permission.SEE_STATIONS, today)
    exact = _exactly(query)
    rows = _holding(session, written, wanted)
    said = sorted(rows, key=lambda row: not _says(row.title, row.text, exact))
    shown = [row.id for row in said[:limit]]
    known = {one.id: one for one in session.scalars(select(Bulletin).where(Bulletin.id.in_(shown)))}
    return Found(
        said=[
            Said(one, excerpt(one.text or one.title, wanted))
            for one in map(known.__getitem__, shown)
        ],
        stations=_stations(session, tended, wanted),
        places=_places(session, tended, wanted),
        more=len(said) > limit,
    )


def _holding(
    session: Session, written: Collection[str], wanted: list[str]
) -> Sequence[Row[str, str, str]]:
    """Ids, titles and texts of the newest bulletins with the words."""
    few = said_words.of_few(session, wanted)
    if few is not None and not few:
        return []
    newest = (
        select(Bulletin.id, Bulletin.title, Bulletin.text)
        .where(lies_in(written))
        .order_by(Bulletin.updated_at.desc())
        .limit(MOST_LOOKED_AT)
    )
    if few is not None:
        return session.execute(newest.where(Bulletin.id.in_(few))).all()
    return session.execute(newest.where(*_has(session, Bulletin.folded, wanted))).all()


def _stations(session: Session, tended: Collection[str], wanted: list[str]) -> list[Station]:
    query = (
        select(Station)
        .where(*_has(session, Station.folded, wanted))  # first: a place is looked up for few
        .where(Station.active, Station.area_id.concat("").in_(tended))
        .order_by(Station.folded)
    )
    return list(session.scalars(query.limit(MOST_NAMES)))


def _places(session: Session, visible: Collection[str], wanted: list[str]) -> list[Area]:
    named = [Area.folded.contains(word, autoescape=True) for word in wanted]
    query = select(Area).where(Area.id.in_(visible), *named).order_by(Area.folded)
    return list(session.scalars(query.limit(MOST_NAMES)))


def _has(
    session: Session, column: "InstrumentedAttribute[str]", wanted: list[str]
) -> list[ColumnElement[bool]]:
    """Words by their beginnings; the longest first, for most texts have not got it.

    Half the time of LIKE, which folds letters that are folded already.
    """
    place = {"sqlite": func.instr, "postgresql": func.strpos}[session.get_bind().dialect.name]
    return [place(column, f" {word}") > 0 for word in sorted(wanted, key=len, reverse=True)]


def _exactly(query: str) -> list[str]:
    """The words with their marks."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", query).casefold())


def _says(title: str, body: str | None, exact: Collection[str]) -> bool:
    text = unicodedata.normalize("NFC", f"{title}\n{body or ''}").casefold()
    return all(_begins_a_word(text, word) for word in exact)


def _begins_a_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_"):
        at = text.find(word, at + 1)
    return at >= 0


def excerpt(text: str, wanted: Collection[str]) -> list[tuple[str, bool]]:
    """Where the words stand in a text, with some of what is around them."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    looked_for = "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True))
    hits = list(re.finditer(rf"(?<![a-z0-9])(?:{looked_for})[a-z0-9]*", letter_by_letter(text)))
    start = max(0, hits[0].start() - AROUND) if hits else 0
    end = min(len(text), (hits[0].end() if hits else 0) + 2 * AROUND)
    start = text.find(" ", start, start + 15) + 1 or start if start else 0
    shown, at = [("… " if start else "", False)], start
    for hit in hits:
        if start <= hit.start() and hit.end() <= end:
            shown += [(text[at : hit.start()], False), (text[hit.start() : hit.end()], True)]
            at = hit.end()
    shown.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return [part for part in shown if part[0]]
