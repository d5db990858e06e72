"""Template words: the filters by which templates say dates, states and roles."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import g

from controller.live import Heard
from controller.permissions import Permission
from web import dates
from web.parts import parts
from web.words import AIRING, BULLETIN, CLASS, ROLE, VERDICT


def _ago(at: datetime) -> str:
    return dates.ago(at, parts().now())


def _contact(at: datetime | None) -> str:
    return dates.contact(at, parts().now())


def _heard(heard: Heard) -> str:
    """What a relay was made of; what there was none of is left out."""
    named = (
        ("tiếp sóng", heard.relayed_s),
        ("phát thay", heard.fallback_s),
        ("im lặng", heard.silent_s),
    )
    told = [f"{name} {dates.duration(seconds)}" for name, seconds in named if round(seconds)]
    return ", ".join(told) or "chưa nghe được gì"


def _capital(text: str) -> str:
    """With a capital first; the rest as it is."""
    return text[:1].upper() + text[1:]


# states come from the database as plain strings and classes as numbers: both are the keys' equals
FILTERS: Mapping[str, Callable[[Any], Any]] = {
    "moment": dates.moment,
    "short_day": dates.short_day,
    "day": dates.plain_day,
    "clock_span": dates.clock_span,
    "clock_time": dates.clock_time,
    "clock_minute": dates.clock_minute,
    "iso_day": dates.iso_day,
    "long_day": dates.long_day,
    "duration": dates.duration,
    "heard": _heard,
    "ago": _ago,
    "capital": _capital,
    "contact": _contact,
    "class_word": CLASS.__getitem__,
    "bulletin_word": BULLETIN.__getitem__,
    "airing_word": AIRING.__getitem__,
    "verdict_word": VERDICT.__getitem__,
}


def may(permission: str) -> bool:
    """Whether this person may do so anywhere; `permission` as controller.permissions has it."""
    return bool(g.who.areas_of(Permission(permission)))


def my_roles() -> list[str]:
    """What the signed-in person is, each once, and for whom they decide just now."""
    lent = [f"duyệt thay {one.absent_name}" for one in g.who.stands_in]
    return list(dict.fromkeys([*(ROLE[role] for role, _ in g.who.grants), *lent]))
