"""Typed time: a time of day, and a day, as people write them."""

import re
from datetime import date, datetime, time

_TIME = re.compile(r"(\d{1,2})[:hH.](\d{2})?(?::(\d{2}))?")


def wall_time(text: str) -> time | None:
    """`17:00`, `17h`, `5h30`, `17:00:30`; None for anything else."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    except ValueError:  # 25h
        return None


def local_date(text: str) -> date | None:
    """`31/12/2026`, `2026-12-31`; None for anything else."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a local day, no instant
        except ValueError:
            continue
    return None
