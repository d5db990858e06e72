"""Made once: a form of something new names it, so that sent again, as after Back, it is changed."""

from uuid import UUID

from flask import g, session
from msgspec import structs
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller.model import Bulletin
from web.draft_form import Typed
from web.parts import parts

_MADE = "made"
"""What this browser made last, and its version then."""


def named(typed: Typed) -> Typed:
    """For a form of something new: the name that it will have."""
    return structs.replace(typed, new_id=new_id(parts().now()))


def is_name(text: str) -> bool:
    """Whether a form brings such a name, rather than something else."""
    try:
        return str(UUID(text)) == text and UUID(text).version == 7
    except ValueError:
        return False


def earlier(database: Session, given: Typed) -> Bulletin | None:
    """What this very form has made before, by this very person."""
    if not is_name(given.new_id):
        return None
    row = database.get(Bulletin, given.new_id)
    return row if row is not None and row.author_id == g.who.person_id else None


def seen_version(row: Bulletin) -> int:
    """The version that the form was left at; another one since is shown first (EditConflict)."""
    made, version = session.get(_MADE, ("", 0))
    return int(version) if made == row.id else 0


def note(row: Bulletin) -> None:
    """This browser has just made it, or changed it by the same form."""
    session[_MADE] = (row.id, row.version)
