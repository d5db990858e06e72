"""Shared: what is counted once for all whom this process answers, and a moment old at most.

Pages that show how thousands of stations stand ask for the same figures again and again.
"""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import TypeVar, cast

from flask import Flask, current_app
from msgspec import Struct
from sqlalchemy.orm import Session

from web.parts import parts

LIVE = timedelta(seconds=1)
"""How old what stations do may be: less than a page takes to come to a telephone."""

REPORTS = timedelta(seconds=15)
"""How old a report may be; its page says when it was counted."""

MOST = 100  # figures that are kept; those of last year and of one village among them
_KEY = "shared"
T = TypeVar("T")


class Counted(Struct, frozen=True):
    """Something with the moment at which it was counted."""

    at: datetime
    found: object


def shared(make: Callable[[Session, datetime], T]) -> T:
    """What `make` finds about all stations there are; the same object for all: change nothing."""
    return counted(make, make, LIVE)[0]


def forget(app: Flask) -> None:
    """Count everything anew: for benchmarks."""
    app.extensions.pop(_KEY, None)


def counted(
    key: Hashable, make: Callable[[Session, datetime], T], life: timedelta
) -> tuple[T, datetime]:
    """What was found under this key, and when; what `make` raises is raised, and not kept."""
    known: dict[Hashable, Counted] = current_app.extensions.setdefault(_KEY, {})
    now = parts().now()
    one = known.get(key)
    if one is None or not timedelta() <= now - one.at < life:
        with parts().store.reading() as session:
            one = Counted(now, make(session, now))
        known.pop(key, None)
        known[key] = one
        for old in list(known)[:-MOST]:
            known.pop(old, None)
    return cast("T", one.found), one.at
