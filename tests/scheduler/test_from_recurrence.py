"""What another calendar repeats becomes a rule with the very starts that dateutil finds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar import ZONE
from scheduler.from_recurrence import Recurring, Unsayable, rule_of
from scheduler.patterns import Once
from scheduler.rules import Move, Rule, starts

FIRST = datetime(2026, 11, 23, 5, 30, tzinfo=ZONE)  # a Monday
LOOK = timedelta(days=800)
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

days = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(",".join)
nths = st.sampled_from(("1", "2", "-1", "+3", "5"))
month_days = st.lists(st.integers(1, 31) | st.integers(-5, -1), min_size=1, max_size=3, unique=True)
bodies = st.one_of(
    st.just("FREQ=DAILY"),
    days.map("FREQ=DAILY;BYDAY={}".format),
    st.just("FREQ=WEEKLY"),
    days.map("FREQ=WEEKLY;BYDAY={}".format),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};WKST={};BYDAY={}".format,
        st.integers(1, 5),
        st.sampled_from(("MO", "SU", "TH")),
        days,
    ),
    month_days.map(lambda some: f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, some))}"),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, nths, st.sampled_from(NAMES)),
    days.map("FREQ=MONTHLY;BYDAY={}".format),
    st.just("FREQ=MONTHLY"),
    st.just("FREQ=YEARLY"),
    st.builds(
        "FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(1, 28)
    ),
)
ends = st.one_of(
    st.just(""),
    st.integers(1, 40).map(";COUNT={}".format),
    st.integers(0, 400).map(
        lambda n: f";UNTIL={FIRST.astimezone(UTC) + timedelta(hours=7 * n):%Y%m%dT%H%M%SZ}"
    ),
)


@given(bodies, ends, st.integers(0, 60), st.sets(st.integers(0, 30), max_size=4))
def test_the_rule_has_the_starts_of_the_event(
    body: str, end: str, later: int, without: set[int]
) -> None:
    first = rrule.rrulestr(body, dtstart=FIRST + timedelta(days=later))[0]
    excluded = tuple(first + timedelta(days=n) for n in without)
    wanted = rrule.rruleset()
    wanted.rrule(rrule.rrulestr(body + end, dtstart=first))
    for each in excluded:
        wanted.exdate(each)
    try:
        rule = rule_of(Recurring(first=first, repeat=body + end, excluded=excluded))
    except Unsayable:
        is_over = not wanted.between(FIRST, first + LOOK, inc=True) or "UNTIL" in end
        weeks = "WKST=TH" in body or ("WKST=SU" in body and "SU" in body.partition("BYDAY")[2])
        assert is_over or weeks, "nothing else is refused"
        return
    until = first + LOOK
    found = starts(rule, first, until, ())
    assert found == [
        each.astimezone(UTC) for each in wanted.between(first, until, inc=True) if each < until
    ]


@pytest.mark.parametrize(
    "repeat",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=99999999",
        "FREQ=DAILY;INTERVAL=2",
        "FREQ=DAILY;BYHOUR=5,6,7",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=1MO,2TU",
        "FREQ=MONTHLY;BYDAY=1MO,XX",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYMONTHDAY=23",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270101",
        "FREQ=WEEKLY;UNTIL=20201231T000000Z",
        "FREQ=WEEKLY;UNTIL=99999999T999999Z",
        "FREQ=WEEKLY;UNTIL=00010101T000000Z",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;BYDAY=TU",
        "INTERVAL=2",
        "x",
    ],
)
def test_what_no_rule_says_is_refused(repeat: str) -> None:
    with pytest.raises(Unsayable):
        rule_of(Recurring(first=FIRST, repeat=repeat))


def test_a_single_event_with_others_beside_it() -> None:
    later = FIRST + timedelta(days=3, hours=2)
    rule = rule_of(Recurring(first=FIRST.astimezone(UTC), further=(later, FIRST)))
    assert rule == Rule(pattern=Once(FIRST.date()), times=(FIRST.time(),), extras=(later,))


def test_days_and_moves_are_kept() -> None:
    was, becomes = FIRST + timedelta(days=2), FIRST + timedelta(days=2, hours=1)
    rule = rule_of(
        Recurring(
            first=FIRST,
            repeat="FREQ=DAILY",
            excluded=(date(2026, 11, 24), FIRST + timedelta(hours=1)),
            moved=(Move(was, becomes),),
        )
    )
    found = starts(rule, FIRST, FIRST + timedelta(days=4), ())
    assert found == [FIRST, becomes, FIRST + timedelta(days=3)]


def test_an_endless_count_ends() -> None:
    rule = rule_of(Recurring(first=FIRST, repeat="FREQ=YEARLY;COUNT=9999"))
    assert rule.valid_to == date(2036, 11, 23)
