"""The self-test: heard when nothing else wants the air, gone when anything does."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from contract.messages import Order, SelfTest
from contract.reports import SelfTested
from contract.states import ToneOutcome
from contract.windows import Window
from station_agent.actions import SoundTest
from station_agent.events import BoardSaid
from station_agent.hardware.kit import Kit
from station_agent.hardware.readings import SAFE, BoardReading
from station_agent.player import wire
from station_agent.rig_known import Stage
from station_agent.tones import Tones, tone
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording
from tests.fakes.virtual_rig import VirtualRig

SOUND, SIREN = recording("tin", 60), recording("siren", 10)


@pytest.fixture
def box(issuer: Issuer) -> Box:
    found = Box(issuer)
    found.take(issuer.plan())
    return found


def result(box: Box) -> SelfTested:
    (found,) = box.of(SelfTested)
    assert isinstance(found, SelfTested)
    return found


def outcome(box: Box, seconds: int = 5) -> ToneOutcome:
    box.take(box.issuer.self_test(seconds))
    box.wait(MINUTE)
    return result(box).outcome


def tones(box: Box) -> list[float]:
    """How many seconds of each were heard."""
    heard = [one for one in box.player.heard if one.run.startswith("test-")]
    return [(one.end_ns - one.begin_ns) / 1e9 for one in heard if one.end_ns > one.begin_ns]


def test_it_sounds_to_its_last_sample_and_says_so(box: Box) -> None:
    assert outcome(box, seconds=3) is ToneOutcome.SOUNDED
    assert result(box).played_samples == result(box).total_samples == 3 * 48_000
    assert tones(box) == [3.0]
    assert box.state.test is None


def test_the_same_order_twice_sounds_once(box: Box) -> None:
    order = box.issuer.self_test()
    box.take(order)
    box.take(order)
    box.wait(MINUTE)
    box.take(order)
    box.wait(MINUTE)
    assert len(tones(box)) == len(box.of(SelfTested)) == 1


def test_nothing_is_heard_outside_the_permitted_hours(issuer: Issuer) -> None:
    box = Box(issuer)
    assert outcome(box) is ToneOutcome.HOURS  # without a plan it knows no hours
    box = Box(issuer)
    box.take(issuer.plan(windows=(Window("17:00", "18:00"),)))
    assert outcome(box) is ToneOutcome.HOURS
    assert not tones(box)


def test_a_tone_that_would_end_outside_the_hours_does_not_begin() -> None:
    issuer = Issuer(MORNING - 3 * SECOND)
    box = Box(issuer, now=issuer.now)
    box.take(issuer.plan(windows=(Window("07:00", "08:00"),)))
    assert outcome(box, seconds=5) is ToneOutcome.HOURS


def test_it_never_sounds_into_anything(box: Box) -> None:
    box.take(box.issuer.plan((box.issuer.item("a", box.now + 10 * SECOND, SOUND), SOUND)))
    box.wait(20 * SECOND)
    assert outcome(box) is ToneOutcome.BUSY
    assert not tones(box)


def test_it_does_not_begin_when_something_begins_soon(box: Box) -> None:
    box.take(box.issuer.plan((box.issuer.item("a", box.now + 9 * SECOND, SOUND), SOUND)))
    assert outcome(box, seconds=5) is ToneOutcome.BUSY
    assert box.heard("a")[0].begin_ns


def test_an_emergency_takes_the_air_from_it_at_once(box: Box) -> None:
    box.take(box.issuer.self_test(10))
    box.wait(3 * SECOND)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(MINUTE)
    assert result(box).outcome is ToneOutcome.GAVE_WAY
    assert 0 < result(box).played_samples < result(box).total_samples
    (siren,) = box.heard("siren")
    (sounded,) = [one for one in box.player.heard if one.run.startswith("test-")]
    assert sounded.end_ns <= siren.begin_ns + 50_000_000  # the fade


def test_a_stop_ends_it(box: Box) -> None:
    box.take(box.issuer.self_test(10))
    box.wait(2 * SECOND)
    box.take(box.issuer.stop())
    box.wait(MINUTE)
    assert result(box).outcome is ToneOutcome.STOPPED
    assert tones(box)[0] < 3


def test_two_at_once_are_one(box: Box) -> None:
    box.take(box.issuer.self_test(10))
    box.wait(SECOND)
    box.take(box.issuer.self_test(10))
    box.wait(MINUTE)
    assert [r.outcome for r in box.of(SelfTested)] == [ToneOutcome.BUSY, ToneOutcome.SOUNDED]


@pytest.mark.parametrize("kill", [True, False])
def test_a_player_that_dies_or_hangs_ends_it(box: Box, kill: bool) -> None:
    box.take(box.issuer.self_test(10))
    box.wait(2 * SECOND)
    if kill:
        box.kill_player()
    else:
        box.player.trigger_hang()
    box.wait(MINUTE)
    assert result(box).outcome is ToneOutcome.PLAYER


def test_an_unsure_clock_knows_no_permitted_hours(box: Box) -> None:
    box.clock_runs, box.error_ms = False, None
    box.cut_power(MINUTE)
    assert outcome(box) is ToneOutcome.CLOCK


def test_it_waits_for_the_rig_and_brings_it_down_again(issuer: Issuer) -> None:
    rig = VirtualRig(Kit(amplifier=True))
    box = Box(issuer, rig=rig)
    box.take(issuer.plan())
    box.wait(30 * SECOND)
    assert outcome(box) is ToneOutcome.SOUNDED
    assert box.played_at_stage == [Stage.UP]
    box.wait(MINUTE)
    assert rig.world.outputs == SAFE


def test_a_dead_rig_is_told_as_such(issuer: Issuer) -> None:
    rig = VirtualRig(Kit(amplifier=True))
    box = Box(issuer, rig=rig)
    box.take(issuer.plan())
    box.wait(30 * SECOND)
    rig.change(board_dead=True)
    assert outcome(box) is ToneOutcome.RIG
    assert not tones(box)


def test_the_amplifiers_current_is_told_as_the_board_saw_it(box: Box) -> None:
    on = structs.replace(SAFE, amplifier=True)

    def draws(milliamperes: int) -> None:
        box.tell(BoardSaid(BoardReading(mono_ns=box.mono_ns, outputs=on, amp_ma=milliamperes)))

    box.take(box.issuer.self_test())  # sounds at once: there is no rig to wait for
    draws(700)
    draws(640)
    box.wait(MINUTE)
    assert (result(box).rest_ma, result(box).loud_ma) == (None, 700)


@settings(max_examples=25, deadline=None)
@given(
    starts=st.lists(st.integers(0, 90), max_size=4, unique=True),
    asked=st.lists(st.integers(0, 90), min_size=1, max_size=4),
    siren=st.integers(0, 90) | st.none(),
)
def test_whatever_comes_no_tone_is_heard_with_anything_else(
    starts: list[int], asked: list[int], siren: int | None
) -> None:
    issuer = Issuer()
    box = Box(issuer)
    short = recording("ngắn", 8)
    box.take(
        issuer.plan(*[(issuer.item(f"a-{s}", MORNING + s * SECOND, short), short) for s in starts])
    )
    for second in range(91):
        box.wait_till(MORNING + second * SECOND)
        for _ in range(asked.count(second)):
            box.take(issuer.self_test())
        if second == siren:
            box.take(issuer.emergency("siren", SIREN))
    box.wait(2 * MINUTE)
    heard = [one for one in box.player.heard if one.end_ns > one.begin_ns]
    tests = [one for one in heard if one.run.startswith("test-")]
    others = [one for one in heard if one not in tests]
    fade_ns = 50_000_000
    for test in tests:
        assert all(
            test.end_ns <= other.begin_ns + fade_ns or other.end_ns <= test.begin_ns
            for other in others
        )
    assert len(box.of(SelfTested)) == len(asked)


def test_the_tone_is_quiet_whole_and_begins_and_ends_without_a_click(tmp_path: Path) -> None:
    samples = tone(2)
    assert len(samples) == 96_000
    assert 2_000 < max(samples) <= 3_277  # -20 dBFS
    assert abs(samples[0]) + abs(samples[-1]) == 0
    command = Tones(tmp_path).play(SoundTest(run="test-x", seconds=2, percent=50))
    assert sha256(Path(command.path).read_bytes()).hexdigest() == command.sha256
    assert command.gain_db == pytest.approx(-6.02, abs=0.01)
    assert wire.decode_command(wire.encode(command)) == command


def test_no_order_asks_for_more_than_ten_seconds_or_half_the_volume(box: Box) -> None:
    for loud in (SelfTest(seconds=11), SelfTest(percent=51)):
        quiet = box.issuer.self_test()
        box.take(Order(**{**structs.asdict(quiet), "do": loud}))
        box.wait(timedelta(minutes=1))
    assert not tones(box)
    assert not box.of(SelfTested)
