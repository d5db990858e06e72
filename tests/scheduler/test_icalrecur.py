"""The public RFC 5545 cases of libical (in ../shared), for every rule that ours can express."""

from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from rrule_mapping import STEP_S, Inexpressible, Recurrence, instant, recurrence, rule_of

from scheduler.rules import starts

CASES = (
    Path(__file__).resolve().parents[2].parent
    / "shared/data/external/recurrence/icalrecur_test.txt"
)
BEYOND = timedelta(days=400)  # past the last instance of a COUNT: a yearly rule must go on
BEYOND_HOURS = timedelta(days=1)  # the same for rules that speak many times a day

INEXPRESSIBLE = {
    "weeks counted from the start of the year": 28,
    "in certain months only, unless on a single date": 26,
    "days counted from the start of the year": 12,
    "every n-th day, month or year": 9,
    "a step that does not divide the day": 5,
    "positions in a set that differs from period to period": 5,
    "a weekday that must also be a certain day of the month": 2,
    "every n-th week, with weeks that do not begin on Monday": 2,
    "weekdays counted from the start of the year": 1,
    "libical does not either": 1,
}
EXPRESSIBLE = 55


class Case(NamedTuple):
    """One block of the file."""

    rrule: str
    recurrence: Recurrence
    instances: list[datetime]
    seek_to: datetime | None

    @property
    def until(self) -> datetime:
        """The end of the comparison."""
        given = self.recurrence.until
        further = BEYOND_HOURS if self.recurrence.freq in STEP_S else BEYOND
        return given + timedelta.resolution if given else max(self.instances) + further


def blocks() -> list[dict[str, str]]:
    assert CASES.is_file(), f"the public recurrence cases are missing: {CASES}"
    lines = [line for line in CASES.read_text().splitlines() if not line.startswith("#")]
    return [
        dict(line.split(":", 1) for line in block)
        for filled, block in groupby(lines, key=bool)
        if filled
    ]


def case(block: dict[str, str]) -> Case:
    if "***" in block["INSTANCES"]:
        raise Inexpressible("libical does not either")
    return Case(
        block["RRULE"],
        recurrence(block["RRULE"], block["DTSTART"]),
        [instant(text) for text in block["INSTANCES"].split(",")],
        instant(block["START-AT"]) if "START-AT" in block else None,
    )


@cache
def sorted_out() -> tuple[list[Case], Counter[str]]:
    expressible, reasons = [], Counter[str]()
    for block in blocks():
        try:
            found = case(block)
            rule_of(found.recurrence)
        except Inexpressible as reason:
            reasons[str(reason)] += 1
        else:
            expressible.append(found)
    return expressible, reasons


def test_every_public_case_is_either_played_or_listed_with_its_reason() -> None:
    expressible, reasons = sorted_out()
    assert len(blocks()) == 146
    assert dict(reasons) == INEXPRESSIBLE
    assert len(expressible) == EXPRESSIBLE


def test_every_expressible_public_case_gives_its_instances() -> None:
    for found in sorted_out()[0]:
        rule = rule_of(found.recurrence)
        given = starts(rule, found.recurrence.dtstart, found.until, frozenset())
        count = found.recurrence.parts.get("COUNT")
        assert given[: int(count) if count else None] == found.instances, found.rrule


def test_looking_from_the_middle_gives_the_rest() -> None:
    sought = [found for found in sorted_out()[0] if found.seek_to]
    assert len(sought) == 5
    for found in sought:
        assert found.seek_to is not None
        given = starts(rule_of(found.recurrence), found.seek_to, found.until, frozenset())
        assert given == [at for at in found.instances if at >= found.seek_to], found.rrule


@pytest.mark.parametrize("rrule", ["FREQ=DAILY;INTERVAL=2", "FREQ=YEARLY;BYWEEKNO=20"])
def test_what_we_cannot_say_is_not_said_wrongly(rrule: str) -> None:
    with pytest.raises(Inexpressible):
        rule_of(recurrence(rrule, "19970902T090000"))
