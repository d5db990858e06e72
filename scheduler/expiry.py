"""Expiry: a rule that is silent from a day on, because what it says holds no more then."""

from datetime import date, datetime, time, timedelta

from msgspec import structs

from scheduler.calendar import ZONE
from scheduler.rules import Rule


def midnight(day: date) -> datetime:
    """When that day begins in the village."""
    return datetime.combine(day, time(), ZONE)


def ended(rule: Rule, day: date | None) -> Rule:
    """The rule without what it gives from that local day on; None: as it is.

    What was moved beyond the day stays in the rule: it is not released, and so refused.
    """
    if day is None:
        return rule
    last = day - timedelta(days=1)
    return structs.replace(
        rule,
        valid_to=min(rule.valid_to or last, last),
        extras=tuple(extra for extra in rule.extras if extra < midnight(day)),
    )
