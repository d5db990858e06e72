"""Bulletin line: a bulletin as one row of a list."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy.orm import Session

from contract.states import BulletinState, Class
from controller import people
from controller.content import rule_of
from controller.model import Bulletin
from scheduler.description import describe


class Line(Struct, frozen=True, kw_only=True):
    """What a list shows of a bulletin."""

    id: str
    title: str
    author: str
    cls: int
    state: BulletinState
    updated_at: datetime
    submitted_at: datetime | None
    when_in_words: str
    is_relay: bool


def lines(session: Session, bulletins: Collection[Bulletin]) -> list[Line]:
    """The rows, in the order given; the authors are read at once."""
    names = people.names(session, {bulletin.author_id for bulletin in bulletins})
    return [_line(bulletin, names[bulletin.author_id]) for bulletin in bulletins]


def _line(bulletin: Bulletin, author: str) -> Line:
    return Line(
        id=bulletin.id,
        title=bulletin.title,
        author=author,
        cls=bulletin.cls,
        state=BulletinState(bulletin.state),
        updated_at=bulletin.updated_at,
        submitted_at=bulletin.submitted_at,
        when_in_words=when_in_words(bulletin),
        is_relay=bool(bulletin.relay_source),
    )


def when_in_words(bulletin: Bulletin) -> str:
    """When it is to be heard; an emergency does not ask its rule."""
    if bulletin.cls == Class.EMERGENCY:
        return "ngay khi được duyệt"
    return describe(rule_of(bulletin))
