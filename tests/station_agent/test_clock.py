"""Whatever the clock does, nothing airs at a wrong time, twice, or without a verdict."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contract import codec
from contract.reports import Beat, Ended, Receipt, Trouble
from contract.states import Cause, Late
from station_agent import presence
from station_agent.events import ClockCompared, MessageArrived, Ticked
from station_agent.kernel_clock import error_ms
from station_agent.ports import Health
from station_agent.state import Doubt
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, STATION, Issuer, recording

SOUND, SIREN = recording("tin", 60), recording("siren", 10)
AT = MORNING + 10 * MINUTE
HOUR = 60 * MINUTE
DAY = 24 * HOUR
YEAR_1970 = datetime(1970, 1, 1, 0, 0, 30, tzinfo=UTC)


def planned(issuer: Issuer, box: Box, count: int = 3) -> None:
    """Bulletins every ten minutes, each of which may begin half a minute late."""
    items = [
        issuer.item(f"i-{n}", AT + n * 10 * MINUTE, SOUND, late=Late.JOIN, late_limit_ms=30_000)
        for n in range(count)
    ]
    box.take(issuer.plan(*((item, SOUND) for item in items)))


@pytest.fixture
def box(issuer: Issuer) -> Box:
    found = Box(issuer)
    planned(issuer, found)
    return found


def look(box: Box) -> None:
    box.tell(Ticked())


def causes(box: Box) -> list[Cause]:
    return [line.cause for line in box.of(Ended) if isinstance(line, Ended)]


def test_a_box_without_a_battery_waits_for_a_time_server(box: Box) -> None:
    box.clock_runs, box.error_ms = False, None
    box.cut_power(off=timedelta())
    box.step_clock(YEAR_1970 - box.now)
    box.cut_power(off=HOUR / 6)  # it went at 08:00, and is back at 08:10 by the sun
    box.wait(5 * MINUTE)
    assert box.player.heard == []
    assert box.state.clock_unsure
    box.error_ms = 20
    box.step_clock(AT + 5 * MINUTE - box.now)
    box.wait(HOUR)
    assert causes(box) == [Cause.CLOCK, Cause.FINISHED, Cause.FINISHED]


def test_a_clock_that_was_behind_is_not_right_because_time_passes(issuer: Issuer) -> None:
    """Three hours late, and the plan was made two hours ago: in an hour it would look right."""
    issuer.now = MORNING
    box = Box(issuer, now=MORNING - HOUR)
    box.error_ms = None
    planned(issuer, box)
    box.wait(3 * HOUR)
    assert box.player.heard == []
    assert box.state.doubt is Doubt.BEHIND


def test_a_clock_past_the_end_of_the_plan_ends_nothing(box: Box) -> None:
    box.error_ms = None
    box.step_clock(timedelta(days=4_000))
    box.cut_power(off=SECOND)
    box.wait(HOUR)
    assert causes(box) == []
    assert box.state.doubt is Doubt.AHEAD
    box.error_ms = 20
    box.step_clock(AT - MINUTE - box.now)
    box.wait(HOUR)
    assert causes(box) == [Cause.FINISHED] * 3


def test_a_clock_set_by_hand_moves_nothing_and_is_told_once(box: Box) -> None:
    box.error_ms = None
    begun_ns = box.mono_ns
    box.step_clock(HOUR)
    box.wait(10 * MINUTE)
    box.step_clock(-3 * HOUR)
    box.wait(HOUR)
    assert causes(box) == [Cause.FINISHED] * 3
    assert [line.code for line in box.of(Trouble)] == ["clock_set"]
    first = box.player.heard[0]
    assert first.begin_ns - begun_ns == pytest.approx(600e9, abs=1e7)


def test_a_clock_crept_forward_in_small_steps_is_found_out(box: Box) -> None:
    box.error_ms = None
    for _ in range(10):
        box.step_clock(SECOND / 10)
        box.wait(SECOND)
    assert [line.code for line in box.of(Trouble)] == ["clock_set"]


def test_what_a_time_server_jumps_over_is_told_by_the_clock_that_was_wrong(box: Box) -> None:
    box.wait(9 * MINUTE)
    box.step_clock(HOUR / 6)
    box.wait(HOUR)
    assert causes(box) == [Cause.CLOCK, Cause.FINISHED, Cause.FINISHED]


def test_a_restart_of_the_agent_goes_on_by_the_time_it_kept(box: Box) -> None:
    box.error_ms = None
    box.step_clock(HOUR)
    look(box)
    box.restart(line=box.kept)
    box.wait(HOUR)
    assert causes(box) == [Cause.FINISHED] * 3


def test_a_time_server_outranks_the_time_that_was_kept(issuer: Issuer) -> None:
    """A battery that was a year ahead must not silence the station once the time is known."""
    box = Box(issuer)
    planned(issuer, box)
    box.state = replace(box.state, kept_at=MORNING + timedelta(days=365))
    box.error_ms = None
    look(box)
    assert box.state.doubt is Doubt.BEHIND
    box.error_ms = 20
    look(box)
    assert box.state.doubt is None


def test_a_station_keeps_its_hours_without_network_for_days(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station_agent.next_due.LOOK_S", 600.0)
    box = Box(issuer)
    item = issuer.item("i-0", MORNING + 7 * DAY, SOUND)
    box.take(issuer.plan((item, SOUND)))
    box.error_ms = None  # the kernel gives a time server up after some hours
    box.wait(7 * DAY + 10 * MINUTE)
    assert causes(box) == [Cause.FINISHED]
    assert not box.of(Trouble)


def test_an_unsure_station_sounds_a_new_emergency_and_no_old_one(box: Box) -> None:
    box.clock_runs, box.error_ms = False, None
    box.cut_power(off=SECOND)
    box.issuer.now = MORNING - HOUR
    box.take(box.issuer.emergency("old", SIREN))
    box.issuer.now = MORNING + HOUR
    box.take(box.issuer.emergency("new", SIREN))
    box.wait(MINUTE)
    assert {run.airing for run in box.player.heard} == {"new"}


def test_what_was_obeyed_is_not_forgotten_by_a_clock_gone_mad(box: Box) -> None:
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(MINUTE)
    box.error_ms = None
    box.step_clock(timedelta(days=4_000))
    box.cut_power(off=SECOND)
    assert "e-siren" in box.state.memory.seen
    assert "siren" in box.state.memory.airings


def test_what_left_the_plan_while_the_clock_was_not_believed_gets_its_verdict(
    issuer: Issuer, box: Box
) -> None:
    box.clock_runs, box.error_ms = False, None
    box.cut_power(off=HOUR)
    issuer.now = MORNING + 15 * MINUTE
    box.take(issuer.plan((issuer.item("i-1", AT + 10 * MINUTE, SOUND), SOUND)))
    assert [(line.airing, line.cause) for line in box.of(Ended)] == [("i-0", Cause.CLOCK)]


def test_the_time_is_put_down_every_hour_and_only_while_it_is_believed(box: Box) -> None:
    first = box.kept.now
    box.wait(3 * HOUR)
    assert box.kept.now - first >= 2 * HOUR
    box.clock_runs, box.error_ms = False, None
    box.cut_power(off=SECOND)
    last = box.kept
    box.wait(2 * HOUR)
    assert box.kept is last


Steps = list[tuple[int, int, bool]]
steps = st.lists(
    st.tuples(
        st.integers(0, 900),  # seconds before it
        st.sampled_from([-90_000_000, -7_200, -600, -31, -1, 1, 31, 600, 7_200, 90_000_000]),
        st.booleans(),  # whether a time server did it
    ),
    max_size=5,
)


def live_with(story: Steps, drift_ppm: int, cut: int) -> tuple[Box, list[datetime]]:
    """A morning with a clock that steps and drifts; at its end a time server puts it right.

    With step number `cut` the power goes, and the clock, which has no battery, stands still.
    Returns the box, and the true instants at which runs began.
    """
    issuer = Issuer()
    box = Box(issuer)
    box.clock_runs = False
    planned(issuer, box)
    begun_ns = box.mono_ns
    rate = 1 + drift_ppm / 1e6

    def true_now(mono_ns: int) -> datetime:
        return MORNING + timedelta(seconds=(mono_ns - begun_ns) / 1e9 / rate)

    def correct() -> None:
        box.error_ms = 20
        box.step_clock(true_now(box.mono_ns) - box.now)
        look(box)

    for number, (wait_s, step_s, served) in enumerate(story):
        box.wait(wait_s * SECOND)
        box.error_ms = None
        box.step_clock(step_s * SECOND)
        look(box)
        if number == cut:
            box.cut_power(off=5 * SECOND)
        if served:
            box.wait(20 * SECOND)
            correct()
    box.wait(10 * SECOND)
    correct()
    box.wait(HOUR)
    return box, [true_now(run.begin_ns) for run in box.player.heard if run.end_ns > run.begin_ns]


mad_clocks = given(
    story=steps, drift_ppm=st.sampled_from([-500, 0, 500]), cut=st.sampled_from([-1, -1, 0, 1])
)
few = settings(max_examples=40, deadline=None)


@few
@mad_clocks
@example(story=[(0, -7_200, False), (900, 7_200, False)], drift_ppm=0, cut=-1)
@example(story=[(595, 600, False), (3, -600, True)], drift_ppm=500, cut=-1)
def test_nothing_airs_at_a_wrong_time_twice_or_never_without_a_verdict(
    story: Steps, drift_ppm: int, cut: int
) -> None:
    box, begun = live_with(story, drift_ppm, cut)
    windows = [(AT + n * 10 * MINUTE, AT + n * 10 * MINUTE + 60 * SECOND) for n in range(3)]
    slack = 3 * SECOND  # 500 ppm of an hour, and the second between two looks of a station
    for instant in begun:
        assert any(start - slack <= instant <= end + slack for start, end in windows), instant
    counted = Counter(line.airing for line in box.of(Ended))
    assert counted == {f"i-{n}": 1 for n in range(3)}
    for n in range(3):
        runs = box.heard(f"i-{n}")
        for first, second in pairwise(runs):
            assert second.from_sample >= first.from_sample + first.samples(first.end_ns) - 48_000


def test_an_item_that_is_running_out_when_the_clock_steps_is_told_by_its_own_count(
    box: Box,
) -> None:
    box.wait_till(AT + 10 * SECOND)
    box.error_ms = None
    box.step_clock(-HOUR)
    box.wait(2 * MINUTE)
    assert box.ended("i-0").played_samples == SOUND.samples


def test_a_clock_apart_from_the_servers_is_told_once_and_moves_no_air(box: Box) -> None:
    for offset in (2_500, 2_600, 90_000, 100, 3_000):
        box.tell(ClockCompared(offset, 200))
    codes = [line.code for line in box.of(Trouble)]
    assert codes == ["clock_offset", "clock_offset"]
    assert not box.state.clock_unsure


def test_the_beat_tells_how_well_the_clock_is_known(box: Box) -> None:
    health = Health(uptime_s=1, free_bytes=2, rss_bytes=3)
    told = partial(presence.beat, health=health)
    before = told(box.state, at=box.moment)
    assert (before.clock_offset_ms, before.clock_uncertainty_ms) == (None, 5)
    assert before.synchronised is True
    box.tell(ClockCompared(-120, 45))
    box.error_ms = None
    after = codec.decode(Beat, codec.encode(told(box.state, at=box.moment)))
    assert (after.clock_offset_ms, after.clock_uncertainty_ms) == (-120, 45)
    assert after.synchronised is False


def test_a_false_receipt_tells_a_wrong_time_and_changes_nothing_else(box: Box) -> None:
    told = Receipt(station=STATION, journal="j-1", through=1, at=MORNING + DAY)
    before = box.state.memory
    topic = f"tt/1/station/{STATION}/receipt"
    box.tell(MessageArrived(topic=topic, payload=codec.encode(told)))
    assert box.state.memory.through == 1
    assert box.state.memory.plan is before.plan
    assert not box.state.clock_unsure


def test_the_kernel_is_asked_without_a_library() -> None:
    found = error_ms()
    assert found is None or 0 <= found <= 16_000
