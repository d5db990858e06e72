"""One start of a rule is put at another time, and no other."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar import ZONE
from scheduler.moving import put, shift
from scheduler.patterns import Daily
from scheduler.rules import Rule, starts

SINCE = datetime(2026, 12, 1, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=20)
AHEAD = st.integers(0, 12 * 24 * 12).map(lambda n: SINCE + n * timedelta(minutes=5))
RULES = st.builds(
    Rule,
    pattern=st.just(Daily()),
    times=st.sampled_from([(time(5),), (time(5), time(17, 30))]),
    skips=st.sampled_from([(), (date(2026, 12, 3),)]),
    extras=st.lists(AHEAD, max_size=2).map(tuple),
)


@given(RULES, st.lists(st.tuples(st.integers(0, 9), AHEAD), max_size=4))
def test_a_moved_start_is_heard_at_its_new_time_and_the_others_at_theirs(
    rule: Rule, moves: list[tuple[int, datetime]]
) -> None:
    for index, becomes in moves:
        before = starts(rule, SINCE, UNTIL, ())
        was = before[index]
        if becomes in before:
            continue  # two of one bulletin at once: refused before it comes here
        rule = put(rule, was, becomes)
        assert starts(rule, SINCE, UNTIL, ()) == sorted({*before, becomes} - {was})


@given(RULES, AHEAD)
def test_moved_back_it_is_as_it_was(rule: Rule, becomes: datetime) -> None:
    before = starts(rule, SINCE, UNTIL, ())
    if becomes not in before:
        there = put(rule, before[0], becomes)
        assert starts(put(there, becomes, before[0]), SINCE, UNTIL, ()) == before


@given(RULES, st.lists(st.tuples(st.integers(0, 9), AHEAD), max_size=2), st.integers(0, 12))
def test_from_a_day_on_one_hour_is_another_and_what_was_moved_alone_stays(
    rule: Rule, moves: list[tuple[int, datetime]], days: int
) -> None:
    alone = set()
    for index, becomes in moves:
        before = starts(rule, SINCE, UNTIL, ())
        if becomes not in before and before[index] not in alone:
            rule = put(rule, before[index], becomes)
            alone = {*alone - {before[index]}, becomes}
    since, was, becomes_at = date(2026, 12, 2) + timedelta(days=days), time(5), time(6, 11)
    before = starts(rule, SINCE, UNTIL, ())
    fixed = alone | set(rule.extras)

    def expected(start: datetime) -> datetime:
        local = start.astimezone(ZONE)
        goes = start not in fixed and local.date() >= since and local.time() == was
        return datetime.combine(local.date(), becomes_at, ZONE).astimezone(UTC) if goes else start

    shifted = shift(rule, since, was, becomes_at)
    assert starts(shifted, SINCE, UNTIL, ()) == sorted(map(expected, before))
    back = shift(shifted, since, becomes_at, was)
    assert starts(back, SINCE, UNTIL, ()) == before
