"""What a station does with the plan that it holds."""

from datetime import timedelta

import pytest

from contract.reports import Ended, PlanTaken, Started
from contract.states import Cause, Class, Late
from contract.windows import Window
from station_agent.events import Ticked
from tests.fakes.box_world import Box
from tests.fakes.issuer import AREAS, MINUTE, MORNING, SECOND, Issuer, recording

SOUND = recording("tin", 60)
AT = MORNING + 10 * MINUTE


@pytest.fixture
def box(issuer: Issuer) -> Box:
    return Box(issuer)


def plan_one(box: Box, name: str = "a", **more: object) -> None:
    item = box.issuer.item(name, more.pop("starts_at", AT), SOUND, **more)
    box.take(box.issuer.plan((item, SOUND)))


def test_an_item_sounds_at_its_instant_and_ends_once(box: Box) -> None:
    plan_one(box)
    box.wait_till(AT + 2 * MINUTE)
    (run,) = box.heard("a")
    assert box.wall(run.begin_ns) == AT
    ended = box.ended("a")
    assert (ended.cause, ended.played_samples) == (Cause.FINISHED, SOUND.samples)
    assert ended.started_at == AT
    assert ended.ended_at == AT + MINUTE
    assert ended.rms_dbfs == pytest.approx(-18.0)


def test_started_is_written_before_it_is_played(box: Box) -> None:
    plan_one(box)
    box.wait_till(AT - SECOND)
    (started,) = box.of(Started, "a")
    assert started.from_sample == 0
    assert box.heard("a")[0].begin_ns > box.mono_ns


def test_the_station_listens_to_the_areas_of_its_plan(box: Box) -> None:
    plan_one(box)
    box.take(box.issuer.plan(areas=("suoi-may",)))
    assert box.areas == [(), AREAS, ("suoi-may",)]


def test_an_item_taken_out_of_the_plan_is_just_gone(box: Box) -> None:
    plan_one(box)
    box.take(box.issuer.plan())
    box.wait_till(AT + 5 * MINUTE)
    assert box.player.heard == []
    assert box.of(Ended) == []


def test_a_sounding_item_taken_out_of_the_plan_is_faded_out(box: Box) -> None:
    plan_one(box)
    box.wait_till(AT + 10 * SECOND)
    box.take(box.issuer.plan())
    box.wait(MINUTE)
    ended = box.ended("a")
    assert ended.cause is Cause.CANCELLED
    assert ended.played_samples == pytest.approx(10.05 * 48_000, abs=10)


def test_an_item_that_is_over_by_the_plan_leaves_it_without_harm(box: Box) -> None:
    plan_one(box, starts_at=MORNING - 90 * SECOND, late=Late.FROM_START)
    box.wait(10 * SECOND)
    box.take(box.issuer.plan())
    box.wait(2 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED


def test_an_item_moves_with_its_plan_even_while_it_is_made_ready(box: Box) -> None:
    plan_one(box)
    box.wait_till(AT - SECOND)
    plan_one(box, starts_at=AT + MINUTE)
    box.wait_till(AT + 5 * MINUTE)
    (run,) = box.heard("a")
    assert box.wall(run.begin_ns) == AT + MINUTE
    assert box.ended("a").cause is Cause.FINISHED


def test_the_same_plan_again_is_acknowledged_and_changes_nothing(box: Box) -> None:
    plan = box.issuer.plan()
    box.take(plan)
    box.take(plan)
    assert [ack.refused for ack in box.answers] == [None, None]
    assert len(box.of(PlanTaken)) == 1


def test_back_to_back_items_both_sound_whole_and_in_time(box: Box) -> None:
    issuer = box.issuer
    first, second = (issuer.item(n, AT + i * MINUTE, SOUND) for i, n in enumerate("ab"))
    box.take(issuer.plan((first, SOUND), (second, SOUND)))
    box.wait_till(AT + 3 * MINUTE)
    assert box.wall(box.heard("b")[0].begin_ns) == AT + MINUTE
    assert box.ended("b").played_samples == SOUND.samples


def test_an_item_joined_late_is_in_step_with_the_other_stations(box: Box) -> None:
    plan_one(box, starts_at=MORNING - 20 * SECOND)
    box.wait(2 * MINUTE)
    (run,) = box.heard("a")
    assert box.wall(run.begin_ns) == MORNING + timedelta(milliseconds=300)
    assert run.from_sample == 20.3 * 48_000


def test_an_item_that_must_be_whole_begins_late_from_its_start(box: Box) -> None:
    plan_one(box, starts_at=MORNING - 90 * SECOND, late=Late.FROM_START)
    box.wait(2 * MINUTE)
    assert box.heard("a")[0].from_sample == 0
    assert box.ended("a").played_samples == SOUND.samples


@pytest.mark.parametrize("late", list(Late))
def test_an_item_past_its_late_limit_is_missed_and_never_aired(issuer: Issuer, late: Late) -> None:
    box = Box(issuer, shelf=(SOUND,))
    box.wait(MINUTE)
    plan_one(box, starts_at=MORNING + 50 * SECOND, late=late, late_limit_ms=5_000)
    box.wait(2 * MINUTE)
    assert box.player.heard == []
    assert box.ended("a").cause is Cause.LATE


def test_an_item_whose_time_passed_while_the_box_was_off_is_missed_for_want_of_power(
    box: Box,
) -> None:
    plan_one(box)
    box.cut_power(off=timedelta(minutes=30))
    box.wait(MINUTE)
    assert box.player.heard == []
    assert box.ended("a").cause is Cause.POWER


def test_an_item_outside_the_permitted_hours_is_not_aired(box: Box) -> None:
    item = box.issuer.item("a", AT, SOUND)
    half = Window("08:00", "08:10")  # it would have to end a minute later
    box.take(box.issuer.plan((item, SOUND), windows=(half,)))
    box.wait_till(AT + 5 * MINUTE)
    assert box.player.heard == []
    assert box.ended("a").cause is Cause.WINDOW


def test_a_late_whole_item_must_fit_into_what_is_left_of_its_window(box: Box) -> None:
    item = box.issuer.item("a", MORNING - 30 * SECOND, SOUND, late=Late.FROM_START)
    box.take(box.issuer.plan((item, SOUND), windows=(Window("07:00", "08:01"),)))
    box.wait(2 * MINUTE)
    assert box.ended("a").played_samples == SOUND.samples


def test_a_recording_that_comes_too_late_makes_the_item_missed(box: Box) -> None:
    box.offline = True
    plan_one(box)
    box.wait_till(AT + 5 * MINUTE)
    assert box.ended("a").cause is Cause.NO_RECORDING


def test_a_recording_that_comes_within_the_limit_is_joined(box: Box) -> None:
    box.offline = True
    plan_one(box)
    box.wait_till(AT + 15 * SECOND)
    box.fetch()
    box.tell(Ticked())
    box.wait(2 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED
    assert box.heard("a")[0].from_sample == pytest.approx(15.3 * 48_000, abs=10)


def test_recordings_are_fetched_by_their_first_start(box: Box) -> None:
    box.offline = True
    issuer = box.issuer
    late, soon = recording("muộn"), recording("sớm")
    a = issuer.item("a", AT + timedelta(days=1), late)
    b = issuer.item("b", MORNING + 8 * SECOND, soon)
    box.take(issuer.plan((a, late), (b, soon)))
    assert [w.recording for w in box.wanted] == [soon, late]
    assert box.wanted[0].spread_s < 1 < box.wanted[1].spread_s <= 60


def test_what_is_due_together_is_settled_by_class(box: Box) -> None:
    issuer = box.issuer
    normal = issuer.item("a", AT, SOUND)
    priority = issuer.item("b", AT, SOUND, cls=Class.PRIORITY)
    box.take(issuer.plan((normal, SOUND), (priority, SOUND)))
    box.wait_till(AT + 5 * MINUTE)
    assert box.ended("b").cause is Cause.FINISHED
    assert box.ended("a").cause in {Cause.DISPLACED, Cause.LATE}
    assert box.heard("a") == []
