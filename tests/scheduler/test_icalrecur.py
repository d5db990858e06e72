"""The public cases of RFC 5545 (data/recurrences.tsv), for every rule that ours can express."""

from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from rrule_mapping import STEP_S, Inexpressible, Recurrence, instant, recurrence, rule_of

from scheduler.rules import starts

CASES = Path(__file__).parent / "data/recurrences.tsv"
BEYOND = timedelta(days=400)  # past the last instance of a COUNT: a yearly rule must go on
BEYOND_HOURS = timedelta(days=1)  # the same for rules that speak many times a day

INEXPRESSIBLE = {
    "in certain months only, unless on a single date": 11,
    "weeks counted from the start of the year": 6,
    "days counted from the start of the year": 5,
    "every n-th day, month or year": 5,
    "positions in a set that differs from period to period": 2,
    "a weekday that must also be a certain day of the month": 2,
    "every n-th week, with weeks that do not begin on Monday": 1,
    "weekdays counted from the start of the year": 1,
}
EXPRESSIBLE = 29


class Case(NamedTuple):
    """One block of the file."""

    rrule: str
    recurrence: Recurrence
    instances: list[datetime]

    @property
    def until(self) -> datetime:
        """The end of the comparison."""
        given = self.recurrence.until
        further = BEYOND_HOURS if self.recurrence.freq in STEP_S else BEYOND
        return given + timedelta.resolution if given else max(self.instances) + further


def lines() -> list[list[str]]:
    text = CASES.read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def case(rrule: str, dtstart: str, instances: str) -> Case:
    found = recurrence(rrule, dtstart)
    return Case(rrule, found, [instant(text) for text in instances.split()])


@cache
def sorted_out() -> tuple[list[Case], Counter[str]]:
    expressible, reasons = [], Counter[str]()
    for line in lines():
        try:
            found = case(*line)
            rule_of(found.recurrence)
        except Inexpressible as reason:
            reasons[str(reason)] += 1
        else:
            expressible.append(found)
    return expressible, reasons


def test_every_public_case_is_either_played_or_listed_with_its_reason() -> None:
    expressible, reasons = sorted_out()
    assert len(lines()) == EXPRESSIBLE + sum(INEXPRESSIBLE.values())
    assert dict(reasons) == INEXPRESSIBLE
    assert len(expressible) == EXPRESSIBLE


def test_every_expressible_public_case_gives_its_instances() -> None:
    for found in sorted_out()[0]:
        rule = rule_of(found.recurrence)
        given = starts(rule, found.recurrence.dtstart, found.until, frozenset())
        count = found.recurrence.parts.get("COUNT")
        assert given[: int(count) if count else None] == found.instances, found.rrule


def test_looking_from_the_middle_gives_the_rest() -> None:
    for found in sorted_out()[0]:
        middle = found.instances[len(found.instances) // 2]
        given = starts(rule_of(found.recurrence), middle, found.until, frozenset())
        rest = [at for at in found.instances if at >= middle]
        assert given[: len(rest)] == rest, found.rrule


@pytest.mark.parametrize("rrule", ["FREQ=DAILY;INTERVAL=2", "FREQ=YEARLY;BYWEEKNO=20"])
def test_what_we_cannot_say_is_not_said_wrongly(rrule: str) -> None:
    with pytest.raises(Inexpressible):
        rule_of(recurrence(rrule, "19970902T090000"))
