"""The rig's gate: nothing sounds before it is ready, and nothing counts while it is not.

The rig is the true sequencer over a virtual board; what the board's outputs were is the truth.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.reports import Ended, Started, Trouble
from contract.states import Cause, Late, Resume
from station_agent.hardware.kit import Kit
from station_agent.hardware.ports import Reach
from station_agent.hardware.readings import SAFE, Output
from station_agent.hardware.steps import Step
from station_agent.rig_known import Stage
from station_agent.samples import add_heard, count_heard
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording
from tests.fakes.virtual_player import Sounding
from tests.fakes.virtual_rig import VirtualRig

HORN = Kit(amplifier=True)
TALK, SHORT, SIREN = recording("tin", 60), recording("ngắn", 8), recording("siren", 10)
AT = MORNING + 2 * MINUTE
MS = 1_000_000


@pytest.fixture
def rig() -> VirtualRig:
    return VirtualRig(HORN)


@pytest.fixture
def box(issuer: Issuer, rig: VirtualRig) -> Box:
    return Box(issuer, rig=rig)


def open_spans(rig: VirtualRig) -> list[tuple[int, int]]:
    """When sound could be heard."""
    found: list[tuple[int, int]] = []
    following = [*rig.history[1:], (rig.now_ns + 1, SAFE, False)]
    for (begin, outputs, _), (end, _, _) in zip(rig.history, following, strict=True):
        if outputs.amplifier and not outputs.muted:
            found.append((begin, end))
    return found


def audible(rig: VirtualRig, run: Sounding) -> list[tuple[int, int]]:
    """Which samples of a run could be heard."""
    found = []
    for begin, end in open_spans(rig):
        low, high = max(begin, run.begin_ns), min(end, run.end_ns)
        if low < high:
            first = run.from_sample + run.samples(low)
            found.append((first, run.from_sample + run.samples(high)))
    return found


def truly_heard(box: Box, rig: VirtualRig, airing: str) -> int:
    heard: tuple[tuple[int, int], ...] = ()
    for run in box.heard(airing):
        for low, high in audible(rig, run):
            heard = add_heard(heard, low, high)
    return count_heard(heard)


def planned(box: Box, name: str = "a", at: timedelta = timedelta(), **more: object) -> None:
    item = box.issuer.item(name, AT + at, TALK, **more)
    box.take(box.issuer.plan((item, TALK)))


def amplifier_falls(box: Box) -> None:
    assert box.rig is not None
    box.rig.change(outputs=SAFE)


def test_the_start_is_exact_and_neither_head_nor_tail_is_clipped(box: Box, rig: VirtualRig) -> None:
    planned(box)
    box.wait(5 * MINUTE)
    (run,) = box.heard("a")
    assert box.ended("a").started_at == AT
    (span,) = open_spans(rig)
    assert span[0] < run.begin_ns - 1_000 * MS
    assert run.end_ns + 300 * MS <= span[1]
    assert box.ended("a").played_samples == TALK.samples


def test_the_rig_is_dark_when_nothing_is_to_be_heard(box: Box, rig: VirtualRig) -> None:
    planned(box)
    box.wait_till(AT - 10 * SECOND)
    assert rig.step is Step.DARK
    box.wait(5 * MINUTE)
    assert rig.step is Step.DARK
    (begin, end), (run,) = open_spans(rig)[0], box.heard("a")
    assert end - begin < run.end_ns - run.begin_ns + 10_000 * MS


def test_how_long_raising_took_decides_when_it_begins_next(box: Box) -> None:
    assert box.state.rig is not None
    assert box.state.rig.rise_ms == 3_000
    planned(box)
    box.wait(5 * MINUTE)
    assert 1_000 <= box.state.rig.rise_ms < 3_000
    later = box.issuer.item("b", AT + 10 * MINUTE, TALK)
    box.take(box.issuer.plan((later, TALK)))
    box.wait(15 * MINUTE)
    assert box.ended("b").started_at == AT + 10 * MINUTE


def test_between_two_items_that_are_near_it_stays_up_and_else_comes_down(
    box: Box, rig: VirtualRig
) -> None:
    starts = [0, 15, 60]  # gaps of 7 and 37 seconds
    items = [(box.issuer.item(f"i-{s}", AT + s * SECOND, SHORT), SHORT) for s in starts]
    box.take(box.issuer.plan(*items))
    box.wait(5 * MINUTE)
    first, second = open_spans(rig)
    assert first[0] < box.heard("i-0")[0].begin_ns < box.heard("i-15")[0].end_ns < first[1]
    assert second[0] < box.heard("i-60")[0].begin_ns


def test_an_emergency_raises_it_for_everybody_and_at_once(box: Box) -> None:
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(MINUTE)
    ended = box.ended("siren")
    assert ended.cause is Cause.FINISHED
    assert ended.started_at is not None
    assert ended.started_at - MORNING < 3 * SECOND
    assert box.rig is not None
    assert box.rig.sequence.goal is None


def test_an_emergency_over_what_sounds_waits_for_no_rig(box: Box, rig: VirtualRig) -> None:
    planned(box)
    box.wait_till(AT + 20 * SECOND)
    before = box.mono_ns
    box.take(box.issuer.emergency("siren", SIREN))
    assert rig.sequence.goal is Reach.ALL
    box.wait(SECOND)
    (siren,) = box.heard("siren")
    assert siren.begin_ns - before < 100 * MS
    box.wait(3 * MINUTE)
    assert box.ended("a").played_samples == TALK.samples


def test_an_emergency_while_it_comes_down_turns_it_round(box: Box, rig: VirtualRig) -> None:
    planned(box)
    box.wait_till(AT + 30 * SECOND)
    while rig.step is Step.READY:
        box.wait(timedelta(milliseconds=10))
    assert box.state.rig is not None
    assert box.state.rig.stage is Stage.FALLING
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(MINUTE)
    (run,) = box.heard("siren")
    assert truly_heard(box, rig, "siren") == SIREN.samples
    assert box.ended("siren").played_samples == SIREN.samples
    assert run.begin_ns > 0


def test_a_rig_that_never_rises_makes_its_item_failed_and_says_so_once(
    box: Box, rig: VirtualRig
) -> None:
    rig.change(stuck=frozenset({Output.AMPLIFIER}))
    planned(box)
    box.wait(6 * MINUTE)
    assert box.ended("a").cause is Cause.RIG
    assert box.ended("a").played_samples == 0
    assert box.of(Started) == []
    troubles = [line for line in box.of(Trouble) if isinstance(line, Trouble)]
    assert [line.code for line in troubles] == ["rig"]
    assert rig.history[-1][1] == SAFE


def test_an_emergency_is_tried_again_until_the_rig_rises(box: Box, rig: VirtualRig) -> None:
    rig.change(stuck=frozenset({Output.AMPLIFIER}))
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(5 * MINUTE)
    assert box.heard("siren") == []
    rig.change(stuck=frozenset())
    box.wait(MINUTE)
    assert box.ended("siren").cause is Cause.FINISHED
    assert truly_heard(box, rig, "siren") == SIREN.samples


def test_what_left_the_player_after_the_amplifier_fell_is_not_reported_as_played(
    box: Box, rig: VirtualRig
) -> None:
    rig.change(stuck=frozenset())
    planned(box, resume=Resume.AT_CUT, late_limit_ms=1_000)
    box.wait_till(AT + 20 * SECOND)
    rig.change(outputs=SAFE, stuck=frozenset({Output.AMPLIFIER}))
    box.wait(5 * MINUTE)
    ended = box.ended("a")
    assert ended.cause is Cause.RIG
    assert 19 * 48_000 < ended.played_samples <= 20 * 48_000
    assert ended.played_samples <= truly_heard(box, rig, "a")
    assert ended.ended_at is not None
    assert ended.ended_at <= AT + 20 * SECOND


def test_an_amplifier_that_falls_in_the_last_second_is_not_overlooked(
    box: Box, rig: VirtualRig
) -> None:
    planned(box)
    box.wait_till(AT + timedelta(seconds=59.8))
    rig.change(outputs=SAFE, stuck=frozenset({Output.AMPLIFIER}))
    box.wait(5 * MINUTE)
    ended = box.ended("a")
    assert ended.cause is Cause.RIG
    assert ended.played_samples <= truly_heard(box, rig, "a") < TALK.samples


def test_an_item_goes_on_where_it_would_be_when_the_amplifier_is_back(
    box: Box, rig: VirtualRig
) -> None:
    planned(box)
    box.wait_till(AT + 20 * SECOND)
    amplifier_falls(box)
    box.wait(5 * MINUTE)
    first, second = box.heard("a")
    ended = box.ended("a")
    assert second.end_ns - first.begin_ns == pytest.approx(60e9, abs=1e9)
    assert ended.cause is Cause.FINISHED
    assert ended.played_samples <= truly_heard(box, rig, "a") < TALK.samples


def test_a_stop_while_it_rises_brings_it_down_unheard(box: Box, rig: VirtualRig) -> None:
    planned(box)
    box.wait_till(AT - 2 * SECOND)
    assert rig.step is not Step.DARK
    box.take(box.issuer.cancel("a"))
    box.wait(MINUTE)
    assert box.player.heard == []
    assert rig.step is Step.DARK
    assert box.ended("a").cause is Cause.CANCELLED


def test_without_a_recording_nothing_is_switched_on(box: Box, rig: VirtualRig) -> None:
    box.offline = True
    planned(box)
    box.wait(6 * MINUTE)
    assert box.ended("a").cause is Cause.NO_RECORDING
    assert open_spans(rig) == []


def test_a_station_without_a_rig_is_always_ready(issuer: Issuer) -> None:
    box = Box(issuer)
    planned(box)
    box.wait(5 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED


Deed = Callable[[Box], None]


def heat(box: Box) -> None:
    assert box.rig is not None
    box.rig.change(temperature_c=90.0 if box.rig.world.temperature_c < 50 else 35.0)


def silence_board(box: Box) -> None:
    assert box.rig is not None
    box.rig.change(board_dead=not box.rig.world.board_dead)


def jam(output: Output, box: Box) -> None:
    assert box.rig is not None
    box.rig.change(stuck=box.rig.world.stuck ^ {output})


def cry(box: Box) -> None:
    box.issuer.now = box.now
    box.take(box.issuer.emergency(f"e-{len(box.lines)}", SIREN))


def stop(box: Box) -> None:
    box.issuer.now = box.now
    box.take(box.issuer.stop())


def kill(box: Box) -> None:
    box.kill_player()


def cut(box: Box) -> None:
    box.cut_power(off=10 * SECOND)


deeds: st.SearchStrategy[Deed] = st.sampled_from(
    [
        amplifier_falls,
        heat,
        silence_board,
        partial(jam, Output.AMPLIFIER),
        partial(jam, Output.MUTE),
        cry,
        stop,
        kill,
        cut,
    ]
)
stories = given(
    starts=st.lists(st.integers(5, 200), min_size=1, max_size=4),
    late=st.sampled_from(Late),
    story=st.lists(st.tuples(st.integers(0, 40_000), deeds), max_size=7),
)


def live_through(starts: list[int], late: Late, story: list[tuple[int, Deed]]) -> Box:
    issuer = Issuer()
    rig = VirtualRig(HORN)
    box = Box(issuer, rig=rig)
    items = [
        (issuer.item(f"i-{n}", MORNING + s * SECOND, SHORT, late=late), SHORT)
        for n, s in enumerate(starts)
    ]
    box.take(issuer.plan(*items))
    for wait_ms, deed in story:
        box.wait(timedelta(milliseconds=wait_ms))
        deed(box)
    rig.change(stuck=frozenset(), board_dead=False, temperature_c=35.0)
    box.wait(15 * MINUTE)
    return box


@settings(max_examples=40, deadline=None)
@stories
def test_no_sample_is_counted_that_could_not_be_heard(
    starts: list[int], late: Late, story: list[tuple[int, Deed]]
) -> None:
    box = live_through(starts, late, story)
    assert box.rig is not None
    ends = [line for line in box.of(Ended) if isinstance(line, Ended)]
    assert len(ends) == len({line.airing for line in ends}) >= len(starts)
    for ended in ends:
        most = truly_heard(box, box.rig, ended.airing)
        assert ended.played_samples <= most + 2, (ended, open_spans(box.rig))


@settings(max_examples=40, deadline=None)
@stories
def test_it_always_comes_down_in_the_end(
    starts: list[int], late: Late, story: list[tuple[int, Deed]]
) -> None:
    box = live_through(starts, late, story)
    assert box.rig is not None
    assert box.rig.step is Step.DARK
    assert box.rig.world.outputs == SAFE
    assert box.state.rig is not None
    assert box.state.rig.stage is Stage.DOWN
    assert box.state.open_airings == []


@settings(max_examples=40, deadline=None)
@stories
def test_nothing_is_given_to_the_player_before_the_rig_is_ready(
    starts: list[int], late: Late, story: list[tuple[int, Deed]]
) -> None:
    box = live_through(starts, late, story)
    assert all(stage is Stage.UP for stage in box.played_at_stage)
