"""Emergency form: words or a recording, where, and how long it warns; nothing else is asked."""

from typing import Any

from flask import g
from msgspec import structs
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from contract.states import Class
from controller.alarm_templates import Offered
from controller.areas import local_day
from controller.model import Field
from controller.permissions import Permission
from web import draft_form, places
from web.draft_form import MOST_MB, Typed
from web.parts import parts

LIVES_H = (1, 2, 3, 6, 12, 24)
"""Offered: an hour for a fire, a day for a storm (controller.drafts.LONGEST_WARNING_H)."""


def typed(form: MultiDict[str, str]) -> Typed:
    """What was sent; a warning without a life is refused, so it stands as none."""
    given = draft_form.typed(form)
    life_h = form.get("valid_h", 0, type=int)
    return structs.replace(given, cls=Class.EMERGENCY, field=Field.SUDDEN, valid_h=life_h)


def begun(words: Offered | None) -> Typed:
    """A new one for the first place of the person, with the words of a template if one is given."""
    home = list(g.who.areas_of(Permission.RAISE_EMERGENCY)[:1])
    empty = Typed(cls=Class.EMERGENCY, field=Field.SUDDEN, targets=home)
    if words is None:
        return empty
    return structs.replace(empty, text=words.words.text, valid_h=words.words.valid_h)


def surroundings(session: Session, given: Typed) -> dict[str, Any]:
    """The names that emergencies/_form.html needs."""
    today = local_day(parts().now())
    return {
        "draft": given,
        "places": places.choices(session, g.who, Permission.RAISE_EMERGENCY, today),
        "lives": LIVES_H,
        "most_mb": MOST_MB,
    }
