"""How near a start is that nobody has approved, and where a lost one goes."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contract.windows import ALL_DAY, Window, allows
from controller.waiting import LEAD, next_slot, standing
from scheduler.calendar import ZONE
from scheduler.patterns import Daily, Once
from scheduler.rules import Rule
from scheduler.windows import DEFAULT
from tests.controller.village import NOW, TODAY

AT_FIVE = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # 17:00 in the village, on the day of NOW
ONCE = Rule(pattern=Once(TODAY), times=(time(17),))
DAILY = Rule(pattern=Daily(), times=(time(17),))
MINUTE = timedelta(minutes=1)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def at(rule: Rule, now: datetime) -> tuple[datetime | None, datetime | None, int | None]:
    found = standing(rule, NOW, now, (), (60, 15))
    return found.first, found.lost, found.due_min


def test_reminders_come_when_their_time_has_come() -> None:
    assert at(ONCE, AT_FIVE - 61 * MINUTE) == (AT_FIVE, None, None)
    assert at(ONCE, AT_FIVE - 60 * MINUTE) == (AT_FIVE, None, 60)
    assert at(ONCE, AT_FIVE - 16 * MINUTE) == (AT_FIVE, None, 60)
    assert at(ONCE, AT_FIVE - 15 * MINUTE) == (AT_FIVE, None, 15)


def test_what_passed_is_lost_and_what_comes_again_is_not_over() -> None:
    assert at(ONCE, AT_FIVE + MINUTE) == (None, AT_FIVE, None)
    assert at(DAILY, AT_FIVE + MINUTE) == (AT_FIVE + timedelta(days=1), AT_FIVE, None)


def test_what_passed_before_it_was_sent_is_not_its_loss() -> None:
    sent = AT_FIVE + MINUTE
    assert standing(DAILY, sent, sent + MINUTE, (), (60,)).lost is None


@given(now=MOMENTS, before=st.integers(0, 5_000))
def test_the_smallest_reminder_that_is_due_is_told(now: datetime, before: int) -> None:
    local = (now + timedelta(minutes=before)).astimezone(ZONE).replace(microsecond=0)
    rule = Rule(pattern=Once(local.date()), times=(local.time(),))
    found = standing(rule, now, now, (), (5, 15, 60))
    if found.first is not None:
        left = found.first - now
        assert found.due_min == next((m for m in (5, 15, 60) if left <= m * MINUTE), None)


HOURS = st.sampled_from(
    [DEFAULT, ALL_DAY, (Window("17:00", "17:30"),), (Window("05:30", "06:30"),), ()]
)


@given(now=MOMENTS, hours=st.lists(HOURS, min_size=1, max_size=2), minutes=st.integers(1, 90))
def test_the_next_slot_fits_everywhere_and_is_the_first(
    now: datetime, hours: list[tuple[Window, ...]], minutes: int
) -> None:
    length = minutes * MINUTE
    found = next_slot(hours, length, now)

    def fits(start: datetime) -> bool:
        return all(allows(each, start, start + length, ZONE) for each in hours)

    rounds = [now.replace(second=0, microsecond=0) + n * MINUTE for n in range(2 * 24 * 60)]
    good = [t for t in rounds if t >= now + LEAD and not t.minute % 5 and fits(t)]
    assert found == next(iter(good), None)
