"""What cannot wait: emergencies, all-clears, stop, cancel and volume."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from contract.reports import Displaced, Ended, MessageRefused, OrderTaken, Started
from contract.states import Cause, Class, Resume
from contract.windows import Window
from station_agent.player import wire
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording

SOUND, SIREN, OTHER = recording("tin", 60), recording("siren", 10), recording("còi khác", 20)
AT = MORNING + 2 * MINUTE


@pytest.fixture
def box(issuer: Issuer) -> Box:
    return Box(issuer)


def sounding(box: Box, resume: Resume = Resume.AT_CUT) -> None:
    """A bulletin of a minute that has sounded for 20 seconds."""
    item = box.issuer.item("a", AT, SOUND, resume=resume)
    box.take(box.issuer.plan((item, SOUND)))
    box.wait_till(AT + 20 * SECOND)


def test_an_emergency_cuts_in_within_the_fade(box: Box) -> None:
    sounding(box)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(SECOND)
    (cut,), (siren,) = box.heard("a"), box.heard("siren")
    assert cut.end_ns - siren.begin_ns <= 100_000_000
    assert box.wall(siren.begin_ns) - (AT + 20 * SECOND) < timedelta(milliseconds=100)


@pytest.mark.parametrize(
    ("resume", "cause", "played_s", "starts"),
    [
        (Resume.AT_CUT, Cause.FINISHED, 60, [0, 20.05]),
        (Resume.RESTART, Cause.FINISHED, 60, [0, 0]),
        (Resume.JOIN, Cause.FINISHED, 20.05 + 60 - 30.3, [0, 30.3]),
        (Resume.DROP, Cause.DISPLACED, 20.05, [0]),
    ],
)
def test_what_was_displaced_follows_its_policy(
    box: Box, resume: Resume, cause: Cause, played_s: float, starts: list[float]
) -> None:
    sounding(box, resume)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(3 * MINUTE)
    ended = box.ended("a")
    assert ended.cause is cause
    assert ended.played_samples == pytest.approx(played_s * 48_000, abs=3_000)
    assert [r.from_sample for r in box.heard("a")] == pytest.approx(
        [s * 48_000 for s in starts], abs=3_000
    )
    (displaced,) = box.of(Displaced, "a")
    assert displaced.by == "siren"
    assert displaced.played_samples == pytest.approx(20.05 * 48_000, abs=10)


def test_the_resumed_item_goes_on_at_the_very_sample(box: Box) -> None:
    sounding(box)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(3 * MINUTE)
    first, second = box.heard("a")
    assert second.from_sample == first.samples(first.end_ns)
    assert box.ended("a").played_samples == SOUND.samples


def test_an_item_joining_after_its_end_is_displaced_for_good(box: Box) -> None:
    sounding(box, Resume.JOIN)
    box.take(box.issuer.emergency("siren", SIREN, times=6))
    box.wait(3 * MINUTE)
    assert box.ended("a").cause is Cause.DISPLACED


def test_an_emergency_is_played_as_often_as_ordered(box: Box) -> None:
    box.take(box.issuer.emergency("siren", SIREN, times=3))
    box.wait(MINUTE)
    ended = box.ended("siren")
    assert ended.played_samples == ended.total_samples == 3 * SIREN.samples
    assert len(box.heard("siren")) == 3


def test_an_emergency_ends_with_its_validity(box: Box) -> None:
    order = box.issuer.emergency("siren", SIREN, times=20)
    box.take(replace(order, exp=MORNING + 25 * SECOND))
    box.wait(MINUTE)
    ended = box.ended("siren")
    assert ended.cause is Cause.FINISHED
    assert ended.played_samples == pytest.approx(25 * 48_000, abs=10_000)


def test_an_emergency_sounds_outside_the_permitted_hours(box: Box) -> None:
    box.take(box.issuer.plan(windows=(Window("17:00", "18:00"),)))
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(MINUTE)
    assert box.ended("siren").cause is Cause.FINISHED


def test_its_recording_is_fetched_before_all_others(box: Box) -> None:
    box.offline = True
    soon = box.issuer.item("a", MORNING + 5 * SECOND, SOUND)
    box.take(box.issuer.plan((soon, SOUND)))
    box.take(box.issuer.emergency("siren", SIREN))
    assert [w.recording for w in box.wanted] == [SIREN, SOUND]
    assert box.wanted[0].spread_s == 0


def test_the_retained_copy_of_an_emergency_starts_nothing_twice(box: Box) -> None:
    order = box.issuer.emergency("siren", SIREN)
    box.take(order)
    box.wait(MINUTE)
    box.take(order)
    box.cut_power(off=MINUTE)
    box.take(order)
    box.wait(MINUTE)
    assert len(box.heard("siren")) == 1
    assert len(box.of(Ended, "siren")) == 1
    assert all(ack.refused is None for ack in box.answers)
    assert box.of(MessageRefused) == []


def test_an_emergency_that_was_cut_by_a_crash_starts_again_while_it_is_valid(box: Box) -> None:
    box.take(box.issuer.emergency("siren", SIREN, times=2))
    box.wait(15 * SECOND)
    box.cut_power(off=10 * SECOND)
    box.wait(MINUTE)
    assert [run.from_sample for run in box.heard("siren")] == [0, 0, 0]
    ended = box.ended("siren")
    assert (ended.cause, ended.played_samples) == (Cause.FINISHED, 2 * SIREN.samples)


def test_an_emergency_outlasts_any_number_of_faults_while_it_is_valid(box: Box) -> None:
    for _ in range(6):
        box.player.trigger_failure(wire.Trouble.DEVICE)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(2 * MINUTE)
    assert box.ended("siren").cause is Cause.FINISHED


def test_a_clock_set_back_does_not_keep_an_emergency_waiting(box: Box) -> None:
    box.player.trigger_failure(wire.Trouble.DEVICE)
    box.take(box.issuer.emergency("siren", SIREN))
    box.step_clock(timedelta(hours=-1))
    box.wait(MINUTE)
    assert box.ended("siren").cause is Cause.FINISHED


def test_the_all_clear_stops_an_emergency_for_good(box: Box) -> None:
    order = box.issuer.emergency("siren", SIREN)
    box.take(order)
    box.wait(3 * SECOND)
    box.take(box.issuer.all_clear("siren"))
    box.take(order)
    box.wait(MINUTE)
    assert box.ended("siren").cause is Cause.CANCELLED
    assert len(box.heard("siren")) == 1


def test_the_all_clear_holds_even_if_it_comes_first(box: Box) -> None:
    box.take(box.issuer.all_clear("siren"))
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(MINUTE)
    assert box.player.heard == []
    assert box.ended("siren").cause is Cause.CANCELLED


def test_among_emergencies_the_higher_area_cuts_in_and_the_other_goes_on_after_it(
    box: Box,
) -> None:
    box.take(box.issuer.emergency("commune", SIREN, rank=3))
    box.wait(3 * SECOND)
    box.take(box.issuer.emergency("province", OTHER, rank=1))
    box.wait(MINUTE)
    assert [run.airing for run in box.player.heard] == ["commune", "province", "commune"]
    assert box.ended("commune").played_samples == SIREN.samples
    assert box.ended("province").cause is Cause.FINISHED


def test_a_priority_item_cuts_in_at_its_instant_and_not_before(box: Box) -> None:
    normal = box.issuer.item("a", AT, SOUND)
    priority = box.issuer.item("b", AT + 30 * SECOND, SIREN, cls=Class.PRIORITY)
    box.take(box.issuer.plan((normal, SOUND), (priority, SIREN)))
    box.wait_till(AT + 3 * MINUTE)
    (first, _), (cut_in,) = box.heard("a"), box.heard("b")
    assert abs(cut_in.begin_ns - first.end_ns) <= 1_000
    assert box.wall(cut_in.begin_ns) == AT + 30 * SECOND
    assert box.ended("a").played_samples == SOUND.samples


def test_stop_ends_what_sounds_and_what_waits_to_go_on(box: Box) -> None:
    sounding(box)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(2 * SECOND)
    box.take(box.issuer.stop())
    box.wait(3 * MINUTE)
    assert box.ended("a").cause is box.ended("siren").cause is Cause.STOPPED
    assert [run.airing for run in box.player.heard] == ["a", "siren"]


def test_what_is_planned_after_a_stop_still_sounds(box: Box) -> None:
    sounding(box)
    box.take(box.issuer.stop())
    item = box.issuer.item("b", AT + 2 * MINUTE, SOUND)
    box.take(box.issuer.plan((item, SOUND)))
    box.wait(5 * MINUTE)
    assert box.ended("b").cause is Cause.FINISHED


@pytest.mark.parametrize("when", [AT - MINUTE, AT - SECOND, AT + 10 * SECOND])
def test_a_cancelled_airing_does_not_sound_or_stops(box: Box, when: object) -> None:
    item = box.issuer.item("a", AT, SOUND)
    box.take(box.issuer.plan((item, SOUND)))
    box.wait_till(when)
    box.take(box.issuer.cancel("a"))
    box.wait_till(AT + 5 * MINUTE)
    assert box.ended("a").cause is Cause.CANCELLED
    assert bool(box.heard("a")) == (when > AT)


def test_a_cancel_that_comes_before_the_plan_holds(box: Box) -> None:
    box.take(box.issuer.cancel("a"))
    sounding(box)
    box.wait(MINUTE)
    assert box.ended("a").cause is Cause.CANCELLED
    assert box.player.heard == []


def test_the_same_order_twice_is_obeyed_once_and_answered_twice(box: Box) -> None:
    order = box.issuer.stop()
    box.take(order)
    sounding(box)
    box.take(order)
    box.wait(2 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED
    assert [ack.of for ack in box.answers if ack.refused is None].count(order.id) == 2
    assert len(box.of(OrderTaken)) == 1


def test_an_order_is_remembered_over_a_power_cut(box: Box) -> None:
    order = box.issuer.set_volume(30)
    box.take(order)
    box.take(box.issuer.set_volume(50))
    box.cut_power(off=SECOND)
    box.take(order)
    assert box.state.memory.volume == 50


def test_volume_is_set_for_what_sounds_and_what_comes(box: Box) -> None:
    sounding(box)
    box.take(box.issuer.set_volume(30))
    assert box.volumes == [80, 30]
    box.take(box.issuer.emergency("siren", SIREN, volume=100))
    box.wait(MINUTE)
    assert box.volumes == [80, 30, 100, 30]
    assert len(box.of(Started, "a")) == 2


def test_an_all_clear_at_the_very_end_of_a_play_ends_all_plays(issuer: Issuer) -> None:
    box = Box(issuer)
    siren = recording("còi", 10)
    box.take(issuer.emergency("lu", siren, times=5))
    box.wait(9_990 * SECOND / 1000)
    issuer.now = box.now
    box.take(issuer.all_clear("lu"))
    box.wait(MINUTE)
    assert box.ended("lu").cause is Cause.CANCELLED
    assert len(box.heard("lu")) == 1
