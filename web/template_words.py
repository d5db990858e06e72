"""Template words: the filters by which templates say dates, states and roles."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import g

from web import dates
from web.parts import parts
from web.words import AIRING, BULLETIN, CLASS, ROLE, VERDICT


def _ago(at: datetime) -> str:
    return dates.ago(at, parts().now())


def _contact(at: datetime | None) -> str:
    return dates.contact(at, parts().now())


# states come from the database as plain strings and classes as numbers: both are the keys' equals
FILTERS: Mapping[str, Callable[[Any], Any]] = {
    "moment": dates.moment,
    "short_day": dates.short_day,
    "clock_time": dates.clock_time,
    "duration": dates.duration,
    "ago": _ago,
    "contact": _contact,
    "class_word": CLASS.__getitem__,
    "bulletin_word": BULLETIN.__getitem__,
    "airing_word": AIRING.__getitem__,
    "verdict_word": VERDICT.__getitem__,
}


def my_roles() -> list[str]:
    """What the signed-in person is, each once."""
    return list(dict.fromkeys(ROLE[role] for role, _ in g.who.grants))
