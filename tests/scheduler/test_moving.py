"""One start of a rule is put at another time, and no other."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.moving import put
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
