"""The lexicon of places: how the voice reads a word in an area and everything below it.

A commune has its own entries and those of every area above it; controller.teaching changes them.
"""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from controller import areas, entered
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import LexiconEntry
from controller.model.folding import folded
from controller.permissions import Permission, Who, scope
from tts.normalise.lexicon import Entry


def entries_for(session: Session, area_id: str, *, now: datetime) -> tuple[Entry, ...]:
    """What holds in an area: its own entries and those from above, which outranks which in order.

    The nearest area comes first, and there the newest entry. One that asks for no company leaves
    nothing of its token to the areas above; one that does leaves them all other company.
    """
    line = areas.lineages(session, [area_id], local_day(now))[area_id]
    rows = list(session.scalars(current().where(LexiconEntry.area_id.in_(line))))
    rows.sort(key=lambda row: (line.index(row.area_id), -row.since.timestamp()))
    settled: dict[str, str] = {}
    for row in rows:
        if not (row.next or row.previous):
            settled.setdefault(row.token, row.area_id)
    return tuple(
        entry_of(row)
        for row in rows
        if line.index(row.area_id) <= line.index(settled.get(row.token, line[-1]))
    )


def changed_since(
    session: Session, area_id: str, text: str, since: datetime, *, now: datetime
) -> list[str]:
    """The tokens in a text of that area that were taught or forgotten after that moment."""
    line = areas.lineages(session, [area_id], local_day(now))[area_id]
    changed = or_(LexiconEntry.since > since, LexiconEntry.until > since)
    query = select(LexiconEntry.token).where(LexiconEntry.area_id.in_(line), changed)
    return sorted(token for token in set(session.scalars(query)) if token in text)


def get(session: Session, asking: Who, entry_id: str, *, now: datetime) -> LexiconEntry:
    """An entry, of now or of the past, that holds in a place of this person. Raises NotFound."""
    row = session.get(LexiconEntry, entry_id)
    if row is None or row.area_id not in _reach(session, asking, now):
        raise NotFound("lexicon entry", entry_id)
    return row


def search(session: Session, asking: Who, words: str, *, now: datetime) -> list[LexiconEntry]:
    """The entries of now in this person's places whose token or reading holds the words."""
    reach = _reach(session, asking, now)
    rows = session.scalars(current().where(LexiconEntry.area_id.in_(reach)))
    wanted = folded(entered.line(words))
    found = [row for row in rows if wanted in folded(f"{row.token}\n{row.reading}")]
    return sorted(found, key=lambda row: (folded(row.token), row.token, row.since))


def history(session: Session, row: LexiconEntry) -> list[LexiconEntry]:
    """All that was ever taught about this token in this area, the newest first."""
    same = (LexiconEntry.area_id == row.area_id, LexiconEntry.token == row.token)
    newest = (LexiconEntry.since.desc(), LexiconEntry.id.desc())
    return list(session.scalars(select(LexiconEntry).where(*same).order_by(*newest)))


def entry_of(row: LexiconEntry) -> Entry:
    """A row as the normaliser takes it."""
    return Entry(row.token, row.reading, tuple(row.next), tuple(row.previous))


def current() -> Select[LexiconEntry]:
    """The entries that hold now."""
    return select(LexiconEntry).where(LexiconEntry.until.is_(None))


def _reach(session: Session, asking: Who, now: datetime) -> set[str]:
    """The areas that concern this person: where they teach, and those above."""
    today = local_day(now)
    granted = asking.areas_of(Permission.TEACH_READINGS)
    above = areas.lineages(session, granted, today).values()
    below = scope(session, asking, Permission.TEACH_READINGS, today)
    return below.union(*above)
