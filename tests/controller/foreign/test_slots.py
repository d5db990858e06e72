"""What another maker's box may hold: hours, precedence and people's orders are the server's."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contract.states import Cause, Class
from contract.windows import ALL_DAY, Window, allows
from controller.foreign.slots import SLACK, Candidate, Choice, Moment, Slot, choose
from scheduler.calendar import ZONE
from tests.controller.village import NOW

MINUTE = timedelta(minutes=1)


def candidate(
    airing: str,
    start: datetime = NOW,
    minutes: float = 5,
    cls: Class = Class.NORMAL,
    withheld: Cause | None = None,
) -> Candidate:
    length = timedelta(minutes=minutes)
    ends_at = start + (timedelta(hours=1) if cls is Class.EMERGENCY else length)
    slot = Slot(
        airing=airing,
        bulletin="b",
        title="t",
        recording="0" * 64,
        size=1,
        samples=round(length.total_seconds() * 48_000),
        cls=cls,
        rank=0,
        starts_at=start,
        ends_at=ends_at,
    )
    return Candidate(slot, withheld)


def chosen(*candidates: Candidate, now: datetime = NOW, **known: object) -> Choice:
    facts: dict[str, object] = {"windows": ALL_DAY, **known}
    return choose(candidates, Moment(now=now, **facts))  # type: ignore[arg-type]  # a test knows


def names(choice: Choice) -> list[str]:
    return [slot.airing for slot in choice.slots]


def test_an_emergency_takes_the_air_from_all_else_for_as_long_as_it_sounds() -> None:
    loud = candidate("loud", minutes=2, cls=Class.EMERGENCY)
    soon, later = candidate("soon"), candidate("later", NOW + 2 * MINUTE + SLACK)
    found = chosen(soon, loud, later)
    assert names(found) == ["loud", "later"]
    assert found.withheld == {"soon": Cause.DISPLACED}
    after = chosen(loud, later, now=NOW + 5 * MINUTE, given={"loud": NOW, "later": NOW})
    assert names(after) == ["loud", "later"], "who comes late still warns"


def test_what_has_higher_precedence_cuts_what_sounds_before_it() -> None:
    found = chosen(candidate("a"), candidate("b", NOW + MINUTE, 1, Class.PRIORITY))
    assert [(slot.airing, slot.ends_at - NOW) for slot in found.slots] == [
        ("a", MINUTE),
        ("b", 2 * MINUTE),
    ]


def test_nothing_is_given_outside_the_permitted_hours_but_an_emergency() -> None:
    hours = (Window("09:02", "09:04"),)
    loud = candidate("loud", cls=Class.EMERGENCY)
    assert names(chosen(loud, windows=hours)) == ["loud"]
    found = chosen(candidate("early"), candidate("cut", NOW + 2 * MINUTE), windows=hours)
    assert found.withheld == {"early": Cause.WINDOW}
    assert [slot.ends_at for slot in found.slots] == [NOW + 4 * MINUTE]


def test_what_was_not_given_in_time_is_not_aired_late_and_what_was_goes_on() -> None:
    late = NOW + 3 * MINUTE
    assert chosen(candidate("a"), now=late).withheld == {"a": Cause.LATE}
    assert names(chosen(candidate("a"), now=late, given={"a": NOW})) == ["a"]
    assert names(chosen(candidate("a"), now=NOW + 5 * MINUTE, given={"a": NOW})) == []


def test_a_stop_ends_what_has_begun_and_nothing_that_begins_later() -> None:
    found = chosen(
        candidate("on"),
        candidate("next", NOW + 6 * MINUTE),
        candidate("loud", cls=Class.EMERGENCY),
        now=NOW + MINUTE,
        stopped_at=NOW + MINUTE,
    )
    assert names(found) == ["next"]
    assert found.withheld == {"on": Cause.STOPPED, "loud": Cause.STOPPED}


def test_what_was_taken_back_or_is_over_is_not_given() -> None:
    found = chosen(candidate("void", withheld=Cause.CANCELLED), candidate("over"), ended=["over"])
    assert names(found) == []
    assert found.withheld["void"] is Cause.CANCELLED


@given(
    st.lists(
        st.tuples(st.integers(0, 1_439), st.integers(1, 90), st.sampled_from(list(Class)[1:])),
        max_size=8,
    ),
    st.integers(0, 1_430),
)
def test_no_two_slots_sound_together_and_none_outside_the_hours(
    due: list[tuple[int, int, Class]], hour: int
) -> None:
    day = NOW.astimezone(ZONE).replace(hour=0)
    start = f"{hour // 60:02}:{hour % 60:02}"
    windows = (Window(start, "24:00"),)
    found = chosen(
        *(candidate(f"{n}", day + s * MINUTE, m, c) for n, (s, m, c) in enumerate(due)),
        now=day,
        windows=windows,
    ).slots
    for slot in found:
        assert allows(windows, slot.starts_at, slot.ends_at, ZONE)
    for one, following in pairwise(found):
        assert one.ends_at <= following.starts_at
