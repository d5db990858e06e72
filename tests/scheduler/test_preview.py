"""What a person is told before saving."""

from datetime import time, timedelta

from planned import APPROVED, at, entry, open_all_day

from contract.states import Class
from scheduler.airing import Entry
from scheduler.planner import Planned
from scheduler.preview import preview
from scheduler.refusal import Reason

EXISTING = [
    entry("nhạc", time(5, 30), 10),
    entry("họp", time(5, 32), 3, cls=Class.PRIORITY, on="c"),
]


def seen(proposed: Entry, closed: str = "") -> Planned:
    return preview(
        proposed,
        EXISTING,
        windows=open_all_day(*closed),
        holidays=frozenset(),
        now=at(0),
        until=at(0, day=2),
    )


def test_only_what_concerns_the_proposed_entry_is_shown() -> None:
    plans = seen(entry("mới", time(7), 5, since=at(0)))
    assert [a.entry.id for a in plans.airings] == ["mới"]
    assert plans.conflicts == plans.refused == []


def test_a_collision_is_known_before_it_is_saved() -> None:
    plans = seen(entry("mới", time(5, 33), 5, since=at(0)))
    assert plans.airings == []
    assert [(r.entry.id, r.reason) for r in plans.refused] == [("mới", Reason.OCCUPIED)]
    assert [(c.winner.id, c.loser.id) for c in plans.conflicts] == [("nhạc", "mới")]


def test_what_the_proposed_entry_would_cut_is_shown() -> None:
    plans = seen(entry("mới", time(5, 36), 2, cls=Class.PRIORITY, since=at(0)))
    assert [(c.winner.id, c.loser.id) for c in plans.conflicts] == [("mới", "nhạc")]


def test_a_window_that_would_be_broken_is_shown() -> None:
    plans = seen(entry("mới", time(22), 2, since=at(0)), closed="a")
    assert [sorted(a.targets) for a in plans.airings] == [["b", "c"]]
    assert [r.reason for r in plans.refused] == [Reason.WINDOW]


def test_an_edited_entry_does_not_collide_with_its_old_self() -> None:
    plans = seen(entry("nhạc", time(5, 35), 10, since=APPROVED + timedelta(days=1)))
    assert [a.starts_at for a in plans.airings] == [at(5, 35)]
    assert plans.refused == []
