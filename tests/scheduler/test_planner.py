"""What the village hears, planned ahead."""

from datetime import datetime, time, timedelta

import msgspec
import pytest
from planned import APPROVED, at, entry, open_all_day

from contract.states import Class, Resume
from scheduler.airing import Entry
from scheduler.conflicts import Outcome
from scheduler.planner import Planned, plan
from scheduler.refusal import Reason
from scheduler.rules import Rule

MIDNIGHT = at(0)
LATER = APPROVED + timedelta(hours=1)


def planned(*entries: Entry, closed: str = "", since: datetime = MIDNIGHT) -> Planned:
    return plan(entries, open_all_day(*closed), frozenset(), since, at(0, day=2))


def heard(plans: Planned) -> list[tuple[str, datetime, str]]:
    return [(a.entry.id, a.starts_at, "".join(sorted(a.targets))) for a in plans.airings]


def test_one_entry_is_one_airing_for_all_its_stations() -> None:
    plans = planned(entry("loa", time(5, 30), 10))
    assert heard(plans) == [("loa", at(5, 30), "abc")]
    assert plans.airings[0].ends_at == at(5, 40)
    assert plans.conflicts == plans.refused == []


def test_outside_the_window_only_an_emergency_sounds() -> None:
    plans = planned(
        entry("đêm", time(3, 15), 10),
        entry("bão", time(3, 15), 10, cls=Class.EMERGENCY),
        closed="ab",
    )
    assert heard(plans) == [("bão", at(3, 15), "abc"), ("đêm", at(3, 15), "c")]
    (refused,) = plans.refused
    assert (refused.reason, sorted(refused.targets)) == (Reason.WINDOW, ["a", "b"])
    assert "05:30–06:30" in refused.message
    assert "03:15 ngày 01/12/2026" in refused.message


def test_an_item_that_would_run_past_the_window_is_refused_whole() -> None:
    plans = planned(entry("dài", time(6, 25), 10), closed="abc")
    assert [r.reason for r in plans.refused] == [Reason.WINDOW]


def test_a_station_without_windows_stays_silent() -> None:
    plans = plan([entry("loa", time(5, 30), 5, on="a")], {}, frozenset(), at(0), at(0, day=2))
    assert [r.message.count("không có khung giờ nào") for r in plans.refused] == [1]


def test_a_normal_item_waits_two_minutes_for_its_equal_and_no_longer() -> None:
    first = entry("trước", time(5, 30), 10)
    waits = planned(first, entry("sau", time(5, 38), 5, since=LATER))
    assert heard(waits) == [("trước", at(5, 30), "abc"), ("sau", at(5, 40), "abc")]
    assert [c.outcome for c in waits.conflicts] == [Outcome.WAITS]
    assert waits.conflicts[0].overlap_s == 120

    left_out = planned(first, entry("sau", time(5, 37), 5, since=LATER))
    assert heard(left_out) == [("trước", at(5, 30), "abc")]
    assert [r.reason for r in left_out.refused] == [Reason.OCCUPIED]
    assert left_out.refused[0].message == left_out.conflicts[0].message
    assert "“trước”" in left_out.refused[0].message


def test_only_the_shared_stations_wait() -> None:
    plans = planned(
        entry("trước", time(5, 30), 10, on="ab"), entry("sau", time(5, 39), 5, since=LATER)
    )
    assert heard(plans) == [
        ("trước", at(5, 30), "ab"),
        ("sau", at(5, 39), "c"),
        ("sau", at(5, 40), "ab"),
    ]
    assert [sorted(c.stations) for c in plans.conflicts] == [["a", "b"]]


def test_colliding_priority_items_all_sound_in_the_order_of_the_commune() -> None:
    def plans(first_rank: int, second_rank: int) -> Planned:
        return planned(
            entry("x", time(5, 30), 20, cls=Class.PRIORITY, rank=first_rank),
            entry("y", time(5, 35), 20, cls=Class.PRIORITY, rank=second_rank, since=LATER),
        )

    undecided = plans(0, 0)
    assert heard(undecided) == [("x", at(5, 30), "abc"), ("y", at(5, 50), "abc")]
    assert undecided.conflicts[0].needs_order
    assert "cán bộ xã chọn" in undecided.conflicts[0].message
    decided = plans(2, 1)
    assert heard(decided) == [("y", at(5, 35), "abc"), ("x", at(5, 55), "abc")]
    assert not decided.conflicts[0].needs_order


def test_a_priority_item_that_cannot_end_in_its_window_is_left_out_and_says_why() -> None:
    plans = planned(
        entry("x", time(5, 30), 50, cls=Class.PRIORITY),
        entry("y", time(5, 40), 20, cls=Class.PRIORITY, since=LATER),
        closed="abc",
    )
    assert [(r.entry.id, r.reason) for r in plans.refused] == [("y", Reason.OCCUPIED)]


@pytest.mark.parametrize(
    ("resume", "words"),
    [
        (Resume.AT_CUT, "phát tiếp từ chỗ bị ngắt"),
        (Resume.RESTART, "phát lại từ đầu"),
        (Resume.JOIN, "phát tiếp theo đồng hồ"),
        (Resume.DROP, "phần còn lại không phát"),
    ],
)
def test_a_higher_class_cuts_in_and_the_listener_is_told_what_follows(
    resume: Resume, words: str
) -> None:
    plans = planned(
        entry("nhạc", time(5, 30), 20, resume=resume),
        entry("họp", time(5, 40), 5, cls=Class.PRIORITY, since=LATER, on="a"),
    )
    assert heard(plans) == [("nhạc", at(5, 30), "abc"), ("họp", at(5, 40), "a")]
    (conflict,) = plans.conflicts
    assert (conflict.winner.id, conflict.loser.id) == ("họp", "nhạc")
    assert (conflict.outcome, conflict.at, conflict.overlap_s) == (Outcome.CUT, at(5, 40), 300)
    assert sorted(conflict.stations) == ["a"]
    assert words in conflict.message


@pytest.mark.parametrize(
    ("resume", "minutes", "words"),
    [
        (Resume.AT_CUT, 5, "phát từ đầu sau khi"),
        (Resume.JOIN, 20, "chỉ nghe được đoạn sau"),
        (Resume.JOIN, 5, "; không phát."),
        (Resume.DROP, 20, "; không phát."),
    ],
)
def test_an_item_due_while_a_higher_one_sounds_keeps_its_place_and_is_explained(
    resume: Resume, minutes: float, words: str
) -> None:
    plans = planned(
        entry("họp", time(5, 30), 10, cls=Class.PRIORITY),
        entry("nhạc", time(5, 31), minutes, resume=resume),
    )
    assert heard(plans)[1] == ("nhạc", at(5, 31), "abc")
    assert words in plans.conflicts[0].message


def test_among_emergencies_the_higher_area_cuts_in_and_nobody_is_left_out() -> None:
    plans = planned(
        entry("xã", time(3), 10, cls=Class.EMERGENCY, rank=3),
        entry("tỉnh", time(3, 5), 10, cls=Class.EMERGENCY, rank=1),
    )
    assert heard(plans) == [("xã", at(3), "abc"), ("tỉnh", at(3, 5), "abc")]
    assert [(c.winner.id, c.loser.id) for c in plans.conflicts] == [("tỉnh", "xã")]


def test_nothing_sounds_outside_the_time_that_people_approved() -> None:
    ends = entry("hết", time(5, 30), 10, released_until=at(5, 39))
    early = msgspec.structs.replace(entry("sớm", time(6), 5), released_from=at(6, 1))
    plans = planned(ends, early)
    assert plans.airings == []
    assert [r.reason for r in plans.refused] == [Reason.NOT_RELEASED] * 2


def test_an_entry_without_stations_is_not_dropped_silently() -> None:
    assert [r.reason for r in planned(entry("ai", time(6), 5, on="")).refused] == [
        Reason.NO_STATIONS
    ]


def test_what_began_before_the_horizon_still_holds_back_what_waits_behind_it() -> None:
    entries = [entry("trước", time(5, 30), 10), entry("sau", time(5, 38), 5, since=LATER)]
    whole, middle = planned(*entries), planned(*entries, since=at(5, 39))
    assert heard(middle) == heard(whole)
    assert middle.conflicts == []
    assert heard(planned(*entries, since=at(5, 41))) == [("sau", at(5, 40), "abc")]
    assert heard(planned(*entries, since=at(5, 45))) == []


def test_an_item_over_midnight_is_whole_and_seen_from_both_days() -> None:
    late = entry("giao thừa", time(23, 55), 10)
    before = planned(late)
    assert [(a.starts_at, a.ends_at) for a in before.airings if a.starts_at >= at(1)] == [
        (at(23, 55), at(0, 5, day=2))
    ]
    after = plan([late], open_all_day(), frozenset(), at(0, day=2), at(1, day=2))
    assert heard(after) == [("giao thừa", at(23, 55), "abc")]


def test_over_midnight_the_morning_hours_of_the_commune_still_hold() -> None:
    plans = planned(entry("giao thừa", time(23, 55), 10), closed="ab")
    assert [(r.reason, sorted(r.targets)) for r in plans.refused] == [(Reason.WINDOW, ["a", "b"])]


def test_two_times_of_one_entry_do_not_sound_together() -> None:
    twice = msgspec.structs.replace(
        entry("lặp", time(5, 30), 10),
        rule=Rule(
            pattern=entry("lặp", time(5, 30), 1).rule.pattern, times=(time(5, 30), time(5, 35))
        ),
    )
    plans = planned(twice)
    assert heard(plans) == [("lặp", at(5, 30), "abc")]
    assert [r.reason for r in plans.refused] == [Reason.OCCUPIED]


def test_entries_of_one_name_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="share an id"):
        planned(entry("x", time(6), 1), entry("x", time(7), 1))


def test_naive_horizons_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        planned(entry("x", time(6), 1), since=at(0).replace(tzinfo=None))
