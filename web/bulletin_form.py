"""Bulletin form: what the form shows beside the typed fields, for a new bulletin and an old one."""

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar

from flask import g
from msgspec import structs
from sqlalchemy.orm import Session

from contract.states import Class
from controller import areas, craft
from controller.areas import local_day
from controller.notice_templates import Notice
from controller.permissions import Permission
from scheduler.windows import in_words
from web import craft_form, places, relay_form, voices
from web.craft_form import Crafted
from web.dates import WEEKDAYS, clock_words, long_day
from web.draft_form import MOST_MB, Typed
from web.parts import parts
from web.when import AHEAD, AHEAD_PRACTISING, REPEATS, offered
from web.words import CLASS, CLASS_HINT, FIELD

D = TypeVar("D", date, time)

_MENU_ORDER = (Class.NORMAL, Class.PRIORITY)  # an emergency has a page of its own


def blank(session: Session) -> Typed:
    """A new bulletin with the choices that most people would make."""
    now = parts().now()
    home = g.who.areas_of(Permission.COMPOSE)[:1]
    hours = areas.permitted_windows(session, home, local_day(now))
    name = places.names(session, home)
    ahead = AHEAD_PRACTISING if parts().settings.sandbox else AHEAD
    return Typed(
        targets=list(home),
        when=offered(hours[home[0]] if home else (), now, ahead),
        crafted=Crafted(identification=craft.identification_of(name[0]) if name else ""),
    )


def begun(session: Session, notice: Notice) -> Typed:
    """A new bulletin with the words of a template."""
    return structs.replace(blank(session), text=notice.text, field=int(notice.field))


def surroundings(session: Session, typed: Typed) -> dict[str, Any]:
    """The names that bulletins/_form.html needs."""
    today = local_day(parts().now())
    where = typed.targets[:1] or g.who.areas_of(Permission.COMPOSE)[:1]
    hours = areas.permitted_windows(session, where, today)
    return {
        "draft": typed,
        "when": typed.when,
        "places": places.choices(session, g.who, Permission.COMPOSE, today),
        "repeats": REPEATS,
        "weekdays": WEEKDAYS,
        "windows_in_words": in_words(hours[where[0]]) if where else "",
        "start": start_in_words(typed.when.day, typed.when.time),
        "classes": [(cls, CLASS[cls], CLASS_HINT[cls]) for cls in _MENU_ORDER],
        "fields": FIELD,
        "voices": voices.of_server(),
        "paces": craft_form.PACES,
        "loudnesses": craft_form.LOUDNESSES,
        "recorded_places": craft_form.RECORDED_PLACES,
        "craft_fields": craft_form.FIELDS,
        "most_mb": MOST_MB,
        "relay_sources": relay_form.offered(session),
        "stand_in": relay_form.STAND_IN,
    }


def start_in_words(day: str, at: str) -> dict[str, str]:
    """The typed time and day said back, with the lunar date; "" for what cannot be read."""
    return {"time": _read(at, time, clock_words), "day": _read(day, date, long_day)}


def _read(text: str, kind: type[D], say: Callable[[D], str]) -> str:
    try:
        return say(kind.fromisoformat(text))
    except ValueError:
        return ""
