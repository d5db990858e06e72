"""Teaching: people say how a word is read in an area and everything below it.

Rows never change their reading: another one ends a row and begins its own, so what was heard on
any day can be explained. What is taught is heard in the next recording.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, entered
from controller.areas import local_day
from controller.errors import Invalid, WrongState
from controller.lexicon import current, entry_of, get
from controller.model import Area, LexiconEntry
from controller.permissions import Permission, Who, require
from scheduler.problem import Problem
from tts.normalise.entries import TOKEN_MAX_CHARACTERS, check_entry
from tts.normalise.lexicon import Entry

MOST_COMPANY = 12
"""Words beside which a reading may hold; none of the standard lexicon has more."""

_PLAIN = "đọc"  # a reading that any token may have which may be taught at all


def teach(
    session: Session,
    asking: Who,
    area_id: str,
    entry: Entry,
    *,
    now: datetime,
    instead_of: str = "",
) -> LexiconEntry:
    """Have a token read so in an area, in place of what was said of it in the same company.

    `instead_of` is the id of an entry of that area which this one replaces, whatever its token.
    Raises NotFound for an area out of reach, Invalid with every problem, WrongState when
    `instead_of` has ended meanwhile.
    """
    require(session, asking, Permission.TEACH_READINGS, {area_id}, local_day(now))
    entry = tidied(entry)
    if found := list(problems(entry)):
        raise Invalid(found)
    # one teacher of an area at a time: no token has two readings at once
    session.get_one(Area, area_id, with_for_update=True)
    replaced = _replaced(session, area_id, entry, instead_of)
    if [entry_of(row) for row in replaced] == [entry]:
        return replaced[0]
    for row in replaced:
        _end(row, asking, now)
    begun = _begin(session, asking, area_id, entry, now)
    before = _content(replaced[0]) if replaced else None
    after = _content(begun)
    audit.record(
        session, asking, "lexicon.teach", "lexicon", begun.id, now=now, before=before, after=after
    )
    for row in replaced[1:]:  # the named entry was given the token and company of another
        _record_end(session, asking, row, now)
    return begun


def forget(session: Session, asking: Who, entry_id: str, *, now: datetime) -> LexiconEntry:
    """End an entry: an area above, or the standard lexicon, holds again.

    Raises NotFound out of reach, WrongState when it has ended.
    """
    row = get(session, asking, entry_id, now=now)
    require(session, asking, Permission.TEACH_READINGS, {row.area_id}, local_day(now))
    session.get_one(Area, row.area_id, with_for_update=True)
    session.refresh(row)
    if row.until is not None:
        raise _gone()
    _end(row, asking, now)
    _record_end(session, asking, row, now)
    return row


def tidied(entry: Entry) -> Entry:
    """In one spelling."""
    return Entry(
        entered.line(entry.token),
        entered.line(entry.reading),
        _company(entry.next),
        _company(entry.previous),
    )


def can_be_taught(token: str) -> bool:
    """Whether a token may have a reading at all: a number or a lone sign may not."""
    return not list(problems(Entry(token, _PLAIN)))


def problems(entry: Entry) -> Iterator[Problem]:
    """Every reason not to take a tidied entry; `field` names an input."""
    if not entry.token:
        yield Problem("token", "Nhập chữ cần chỉ cách đọc.")
    elif not entry.reading:
        yield Problem("reading", f"Nhập cách đọc của “{entry.token}”, viết đủ từng tiếng.")
    elif said := check_entry(entry.token, entry.reading):
        yield Problem("token" if check_entry(entry.token, _PLAIN) else "reading", said)
    for field, words in (("next", entry.next), ("previous", entry.previous)):
        if len(words) > MOST_COMPANY or any(len(word) > TOKEN_MAX_CHARACTERS for word in words):
            limits = f"tối đa {MOST_COMPANY} cụm, mỗi cụm {TOKEN_MAX_CHARACTERS} ký tự"
            yield Problem(field, f"Các chữ đứng cạnh: {limits}, cách nhau bằng dấu phẩy.")


def _company(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, and as the normaliser compares them: in small letters."""
    found = dict.fromkeys(entered.line(word).lower() for word in words)
    return tuple(filter(None, found))


def _replaced(session: Session, area_id: str, entry: Entry, named: str) -> list[LexiconEntry]:
    """The rows that the entry ends; the one that was named comes first."""
    query = current().where(
        LexiconEntry.area_id == area_id,
        or_(LexiconEntry.id == named, LexiconEntry.token == entry.token),
    )
    rows = session.scalars(query.execution_options(populate_existing=True))
    found = [row for row in rows if row.id == named or _same_place(row, entry)]
    if named and named not in {row.id for row in found}:
        raise _gone()
    return sorted(found, key=lambda row: row.id != named)


def _same_place(row: LexiconEntry, entry: Entry) -> bool:
    """For the same token in the same company, in whatever order that is written."""
    beside = (set(row.next), set(row.previous))
    return row.token == entry.token and beside == (set(entry.next), set(entry.previous))


def _begin(
    session: Session, asking: Who, area_id: str, entry: Entry, now: datetime
) -> LexiconEntry:
    row = LexiconEntry(
        id=new_id(now),
        area_id=area_id,
        token=entry.token,
        reading=entry.reading,
        next=list(entry.next),
        previous=list(entry.previous),
        author_id=asking.person_id,
        since=now,
    )
    session.add(row)
    session.flush()
    return row


def _end(row: LexiconEntry, asking: Who, now: datetime) -> None:
    row.until, row.ended_by = now, asking.person_id


def _record_end(session: Session, asking: Who, row: LexiconEntry, now: datetime) -> None:
    before = _content(row)
    audit.record(session, asking, "lexicon.forget", "lexicon", row.id, now=now, before=before)


def _gone() -> WrongState:
    return WrongState("Cách đọc này vừa được người khác đổi hoặc bỏ. Xem lại rồi sửa tiếp.")


def _content(row: LexiconEntry) -> dict[str, Any]:
    return {
        "area": row.area_id,
        "token": row.token,
        "reading": row.reading,
        "next": row.next,
        "previous": row.previous,
    }
