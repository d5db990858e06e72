"""A live programme goes on without us: what its equals leave of its slot is heard."""

from datetime import datetime, time, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from planned import APPROVED, at, entry, open_all_day

from contract.states import Class, Resume
from scheduler.airing import LIVE_RANK, Entry
from scheduler.conflicts import Outcome
from scheduler.pieces import SHORTEST, pieces
from scheduler.planner import Planned, plan
from scheduler.refusal import Reason

LATER = APPROVED + timedelta(hours=1)


def vov(start: time = time(17), minutes: float = 30, cls: Class = Class.NORMAL) -> Entry:
    return entry("vov", start, minutes, cls=cls, rank=LIVE_RANK, resume=Resume.JOIN, live=True)


def planned(*entries: Entry, closed: str = "") -> Planned:
    return plan(entries, open_all_day(*closed), frozenset(), at(0), at(0, day=2))


def heard(plans: Planned) -> list[tuple[str, datetime, datetime]]:
    return [(a.entry.id, a.starts_at, a.ends_at) for a in plans.airings]


def test_a_session_runs_from_the_signature_over_the_relay_to_the_news_without_a_gap() -> None:
    # whatever was approved first
    plans = planned(
        vov(), entry("nhạc", time(17), 0.4, since=LATER), entry("tin", time(17, 30), 2, since=LATER)
    )
    assert heard(plans) == [
        ("nhạc", at(17), at(17, 0, 24)),
        ("vov", at(17, 0, 24), at(17, 30)),
        ("tin", at(17, 30), at(17, 32)),
    ]
    assert plans.refused == []


def test_news_in_the_middle_of_a_relay_takes_its_time_out_of_it() -> None:
    plans = planned(vov(), entry("tin", time(17, 10), 2, since=LATER))
    assert heard(plans) == [
        ("vov", at(17), at(17, 10)),
        ("tin", at(17, 10), at(17, 12)),
        ("vov", at(17, 12), at(17, 30)),
    ]
    (conflict,) = plans.conflicts
    assert (conflict.outcome, conflict.winner.id, conflict.loser.id) == (Outcome.CUT, "tin", "vov")
    assert "phát tiếp theo đồng hồ" in conflict.message


def test_a_relay_whose_whole_slot_is_taken_is_refused_and_says_by_what() -> None:
    plans = planned(vov(minutes=5), entry("tin", time(16, 58), 10, since=LATER))
    (refused,) = plans.refused
    assert (refused.entry.id, refused.reason) == ("vov", Reason.OCCUPIED)
    assert "“tin”" in refused.message


def test_a_relay_of_higher_class_keeps_its_slot() -> None:
    plans = planned(vov(cls=Class.PRIORITY), entry("tin", time(17, 10), 2))
    assert ("vov", at(17), at(17, 30)) in heard(plans)


def test_of_two_relays_the_first_approved_is_heard_whole() -> None:
    other = entry(
        "tỉnh", time(17, 20), 30, rank=LIVE_RANK, since=LATER, live=True, resume=Resume.JOIN
    )
    assert heard(planned(other, vov())) == [
        ("vov", at(17), at(17, 30)),
        ("tỉnh", at(17, 30), at(17, 50)),
    ]


def test_a_relay_that_would_pass_the_permitted_hours_is_refused() -> None:
    plans = planned(vov(time(6, 15)), closed="abc")
    assert [r.reason for r in plans.refused] == [Reason.WINDOW]


def test_what_stations_hold_of_a_slot_that_is_on_is_divided_no_more() -> None:
    held = (at(17), at(17, 10)), (at(17, 12), at(17, 30))
    on = msgspec.structs.replace(vov(), begun={at(17): held})
    plans = planned(
        on,
        entry("sớm", time(17, 10), 2),
        entry("chờ", time(17, 29), 2),
        entry("lỡ", time(17, 5), 2),
    )
    assert heard(plans) == [
        ("vov", at(17), at(17, 10)),
        ("sớm", at(17, 10), at(17, 12)),
        ("vov", at(17, 12), at(17, 30)),
        ("chờ", at(17, 30), at(17, 32)),
    ]
    assert [refused.entry.id for refused in plans.refused] == ["lỡ"]


minutes = st.integers(0, 59).map(lambda minute: at(17, minute))
taken = st.lists(minutes, unique=True, max_size=8).map(
    lambda found: list(zip(sorted(found)[::2], sorted(found)[1::2], strict=False))
)


@given(st.tuples(minutes, minutes).map(lambda two: (min(two), max(two))), taken)
def test_pieces_fill_exactly_what_is_free(
    slot: tuple[datetime, datetime], taken: list[tuple[datetime, datetime]]
) -> None:
    left = pieces(slot, taken)
    second = timedelta(seconds=1)

    def within(moment: datetime, spans: object) -> bool:
        return any(start <= moment < end for start, end in spans)  # type: ignore[attr-defined]

    for n in range(int((slot[1] - slot[0]) / second)):
        moment = slot[0] + n * second
        assert within(moment, left) is not within(moment, taken)
    assert all(slot[0] <= start and end <= slot[1] for start, end in left)


def test_a_piece_too_short_to_listen_to_is_left_silent() -> None:
    end = at(17) + SHORTEST
    assert pieces((at(17), end), []) == ((at(17), end),)
    assert pieces((at(17), end), [(at(17), at(17, 0, 1))]) == ()
