"""Whatever happens in whatever order: nothing unmuted that was not read back, safe in the end."""

from hypothesis import given, settings
from hypothesis import strategies as st

from station_agent.events import RigDown, RigFailed, RigReady
from station_agent.hardware.findings import reached, silence, wrong
from station_agent.hardware.kit import Kit
from station_agent.hardware.ports import Reach
from station_agent.hardware.readings import SAFE, Output, Outputs
from station_agent.hardware.steps import Step
from tests.fakes.virtual_rig import VirtualRig, World

KITS = [
    Kit(amplifier=True),
    Kit(carrier=True, keep_alive_s=10.0),
    Kit(amplifier=True, carrier=True, exciter=True, keep_alive_s=10.0, frequency_khz=101_500),
    Kit(exciter=True),
]

outputs = st.builds(Outputs, amplifier=st.booleans(), muted=st.booleans(), carrier=st.booleans())
faults = st.one_of(
    st.tuples(st.just("outputs"), outputs),
    st.tuples(st.just("stuck"), st.frozensets(st.sampled_from(Output))),
    st.tuples(
        st.sampled_from(
            ["board_dead", "exciter_dead", "encoder_dead", "locked", "mains", "interlock_closed"]
        ),
        st.booleans(),
    ),
    st.tuples(st.just("temperature_c"), st.sampled_from([-20.0, 35.0, 75.0, 90.0])),
    st.tuples(st.just("frequency_khz"), st.sampled_from([101_500, 98_000])),
    st.tuples(st.sampled_from(["forward_w", "reflected_w"]), st.sampled_from([0.0, 0.5, 50.0])),
)
moves = st.one_of(
    st.tuples(st.just("up"), st.sampled_from(Reach)),
    st.tuples(st.just("down"), st.none()),
    st.tuples(st.just("freeze"), st.none()),
    st.tuples(st.just("run"), st.sampled_from([0.01, 0.1, 0.6, 3.0, 12.0])),
    st.tuples(st.just("change"), faults),
)
stories = st.lists(moves, max_size=25)


def live(rig: VirtualRig, story) -> None:
    for move, what in story:
        match move:
            case "up":
                rig.up(what)
            case "down":
                rig.down()
            case "freeze":
                rig.freeze()
            case "run":
                rig.run(what)
            case _:
                rig.change(**{what[0]: what[1]})


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KITS), stories)
def test_nothing_is_unmuted_unless_the_look_before_has_shown_all_else_right(kit, story):
    rig = VirtualRig(kit)
    live(rig, story)
    for look in rig.unmuted_after:
        assert look is not None
        assert not silence(kit, Step.SETTLE, look)
        assert look.board is not None
        assert reached(kit, Step.SETTLE, look)
        assert wrong(kit, Step.SETTLE, look) is None


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KITS), stories)
def test_it_is_said_to_be_ready_only_when_it_was_seen_to_be(kit, story):
    rig = Witness(kit)
    live(rig, story)
    assert all(rig.seen_right)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KITS), stories)
def test_once_mended_and_asked_down_it_is_safe_and_says_so(kit, story):
    rig = VirtualRig(kit)
    live(rig, story)
    well = World(outputs=rig.world.outputs, exciter_on=rig.world.exciter_on)
    rig.change(**{name: getattr(well, name) for name in well.__struct_fields__})
    rig.down()
    rig.run(30)
    assert rig.step is Step.DARK
    assert rig.world.outputs == SAFE or not kit.board
    assert not rig.world.exciter_on
    assert isinstance(rig.said[-1], RigDown)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KITS), stories)
def test_every_asking_up_is_answered(kit, story):
    rig = VirtualRig(kit)
    live(rig, story)
    before = len(rig.said)
    rig.up()
    rig.run(60)
    assert any(isinstance(word, RigReady | RigFailed) for word in rig.said[before:])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([kit for kit in KITS if kit.board]), stories)
def test_with_a_board_that_has_gone_silent_nothing_is_heard_after_its_guard_time(kit, story):
    rig = VirtualRig(kit)
    live(rig, story)
    rig.change(board_dead=True)
    rig.run(rig.world.watchdog_s + 1)
    assert rig.world.outputs == SAFE


class Witness(VirtualRig):
    """Keeps whether the last look was right each time that the rig is said to be ready."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.seen_right: list[bool] = []

    def _do(self, deed):
        told = len(self.said)
        came = super()._do(deed)
        for word in self.said[told:]:
            if isinstance(word, RigReady) and self.last_look is not None:
                self.seen_right.append(self._right() or self.sequence.doubts > 0)
        return came

    def _right(self) -> bool:
        assert self.last_look is not None
        return reached(self.kit, Step.READY, self.last_look) and not silence(
            self.kit, Step.READY, self.last_look
        )
