"""The ticker of one process."""

import threading
from datetime import UTC, datetime
from queue import SimpleQueue

import pytest
from apscheduler.events import EVENT_JOB_MISSED, JobExecutionEvent

from scheduler.errors import MissedTick
from scheduler.loop import tell, ticking
from scheduler.ports import Job

SOON_S = 0.02  # short, so that the tests are quick; nothing is asserted about it
PATIENCE_S = 20.0  # a loaded machine; only reached when a test fails


class Listener:
    """Keeps what the loop tells."""

    def __init__(self) -> None:
        self.beats: SimpleQueue[tuple[str, datetime]] = SimpleQueue()
        self.troubles: SimpleQueue[tuple[str, BaseException]] = SimpleQueue()

    def on_beat(self, name: str, at: datetime) -> None:
        self.beats.put((name, at))

    def on_trouble(self, name: str, error: BaseException) -> None:
        self.troubles.put((name, error))


@pytest.fixture
def listener() -> Listener:
    return Listener()


def test_each_job_ticks_again_and_again_and_each_tick_is_a_beat(listener: Listener) -> None:
    jobs = [Job("plans", SOON_S, lambda: None), Job("outbox", 3600, lambda: None)]
    with ticking(jobs, listener.on_beat, listener.on_trouble):
        beats = [listener.beats.get(timeout=PATIENCE_S) for _ in range(5)]
    assert {name for name, _ in beats} == {"plans", "outbox"}
    assert all(at.tzinfo is not None for _, at in beats)
    assert listener.troubles.empty()


def test_a_job_that_raises_is_told_and_ticks_again(listener: Listener) -> None:
    broken = RuntimeError("disk full")
    runs = iter([broken])

    def chore() -> None:
        if error := next(runs, None):
            raise error

    with ticking([Job("backup", SOON_S, chore)], listener.on_beat, listener.on_trouble):
        assert listener.troubles.get(timeout=PATIENCE_S) == ("backup", broken)
        assert listener.beats.get(timeout=PATIENCE_S)[0] == "backup"


def test_a_slow_job_never_overlaps_itself_and_holds_up_no_other(listener: Listener) -> None:
    release = threading.Event()
    running: list[str] = []

    def slow() -> None:
        running.append("slow")
        release.wait(PATIENCE_S)

    jobs = [Job("slow", SOON_S, slow), Job("quick", SOON_S, lambda: None)]
    with ticking(jobs, listener.on_beat, listener.on_trouble):
        name, error = listener.troubles.get(timeout=PATIENCE_S)
        beats = [listener.beats.get(timeout=PATIENCE_S)[0] for _ in range(3)]
        assert (name, type(error)) == ("slow", MissedTick)
        assert beats == ["quick"] * 3
        assert running == ["slow"]
        release.set()


def test_leaving_waits_for_the_run_in_progress_and_nothing_ticks_after(
    listener: Listener,
) -> None:
    begun, release = threading.Event(), threading.Event()
    threads, ended = threading.active_count(), []

    def chore() -> None:
        begun.set()
        release.wait(PATIENCE_S)
        ended.append("whole")

    with ticking([Job("plans", 3600, chore)], listener.on_beat, listener.on_trouble):
        assert begun.wait(PATIENCE_S)
        later = threading.Timer(SOON_S, release.set)
        later.start()
    later.join()
    assert ended == ["whole"]
    assert threading.active_count() == threads


def test_a_listener_that_fails_does_not_stop_the_loop(listener: Listener) -> None:
    def on_beat(name: str, at: datetime) -> None:
        listener.on_beat(name, at)
        raise OSError("database is locked")

    with ticking([Job("plans", SOON_S, lambda: None)], on_beat, listener.on_trouble):
        for _ in range(3):
            assert listener.beats.get(timeout=PATIENCE_S)[0] == "plans"


def test_a_tick_that_came_too_late_is_told(listener: Listener) -> None:
    due = datetime(2026, 12, 1, tzinfo=UTC)
    missed = JobExecutionEvent(EVENT_JOB_MISSED, "plans", "default", due)
    tell(missed, listener.on_beat, listener.on_trouble)
    name, error = listener.troubles.get(timeout=PATIENCE_S)
    assert isinstance(error, MissedTick)
    assert (name, error.due_at) == ("plans", due)
    assert listener.beats.empty()


def test_a_loop_without_jobs_starts_and_stops(listener: Listener) -> None:
    with ticking([], listener.on_beat, listener.on_trouble):
        pass
    assert listener.troubles.empty()
