"""The rig's order up and down, over parts in a virtual world."""

import pytest

from station_agent.events import RigDown, RigFailed, RigReady
from station_agent.hardware.kit import Kit
from station_agent.hardware.ports import Reach
from station_agent.hardware.readings import SAFE, Output, Outputs
from station_agent.hardware.steps import Step
from tests.fakes.virtual_rig import VirtualRig, World

HORN = Kit(amplifier=True)
BOTH = Kit(amplifier=True, carrier=True, keep_alive_s=10.0)
FM_ALONE = Kit(exciter=True, keep_alive_s=10.0, frequency_khz=101_500)
POWERED = Kit(amplifier=True, carrier=True, exciter=True)


def risen(kit: Kit) -> VirtualRig:
    rig = VirtualRig(kit)
    rig.run(1)
    rig.up()
    rig.run(5)
    assert rig.step is Step.READY
    return rig


def switched(rig: VirtualRig) -> list[tuple[bool, bool, bool]]:
    return [(o.amplifier, o.muted, o.carrier) for _, o, _ in rig.history]


def last_failure(rig: VirtualRig) -> RigFailed:
    return next(word for word in reversed(rig.said) if isinstance(word, RigFailed))


def test_all_goes_on_in_order_and_off_in_the_reverse():
    rig = risen(BOTH)
    assert rig.world.codes == ("open own",) * 3
    rig.down()
    rig.run(2)
    off, on = False, True
    assert switched(rig) == [
        (off, on, off),
        (off, on, on),
        (on, on, on),
        (on, off, on),
        (on, on, on),
        (off, on, on),
        (off, on, off),
    ]
    assert rig.world.codes[-1] == "close own"
    assert [type(word) for word in rig.said] == [RigDown, RigReady, RigDown]


def test_receivers_are_woken_on_a_standing_carrier_before_the_amplifier_comes_on():
    rig = VirtualRig(BOTH, World(encoder_dead=True))
    rig.run(1)
    rig.up()
    rig.run(5)
    assert rig.world.outputs == Outputs(amplifier=False, muted=True, carrier=True)


def test_a_new_rig_goes_down_first_whatever_was_left_up():
    rig = VirtualRig(BOTH, World(outputs=Outputs(amplifier=True, muted=False, carrier=True)))
    rig.up()
    rig.run(0.2)
    off, on = False, True
    down = [(on, off, on), (on, on, on), (off, on, on), (off, on, off)]
    assert switched(rig)[:4] == down
    assert rig.said[0] == RigDown()


def test_an_amplifier_settles_before_it_is_unmuted():
    rig = risen(Kit(amplifier=True, settle_ms=700))
    changes = {outputs: at for at, outputs, _ in rig.history}
    on = Outputs(amplifier=True, muted=True, carrier=False)
    open_ = Outputs(amplifier=True, muted=False, carrier=False)
    assert changes[open_] - changes[on] >= 700_000_000


def test_a_transmitter_alone_is_up_when_it_has_locked_and_receivers_were_called():
    rig = risen(FM_ALONE)
    assert rig.world.exciter_on
    assert rig.world.codes == ("open own",) * 3
    rig.down()
    rig.run(3)
    assert rig.step is Step.DARK
    assert not rig.world.exciter_on
    assert rig.world.codes[-1] == "close own"


def test_receivers_alone_are_woken_and_released():
    rig = risen(Kit(keep_alive_s=10.0))
    rig.down()
    rig.run(1)
    assert rig.step is Step.DARK
    assert rig.world.codes == (*["open own"] * 3, "close own")


def test_an_exciter_without_power_is_no_fault_while_the_board_keeps_it_off():
    rig = VirtualRig(POWERED, World(exciter_dead=True))
    rig.run(30)
    assert rig.said == [RigDown()]
    rig.up()
    rig.run(0.3)
    rig.change(exciter_dead=False)  # it has its power now
    rig.run(5)
    assert rig.step is Step.READY


def test_receivers_are_kept_open_and_an_emergency_calls_everyone():
    rig = risen(BOTH)
    rig.run(21)
    assert rig.world.codes == ("open own",) * 5
    before = len(rig.said)
    rig.up(Reach.ALL)
    assert rig.said[before:] == [RigReady(rise_ms=rig.sequence.rise_ms)]
    assert rig.world.codes[5:] == ("open all",) * 3
    rig.run(11)
    rig.down()
    rig.run(2)
    assert rig.world.codes[8:] == ("open all", "close all")


LATCHING = Kit(amplifier=True, carrier=True, keep_alive_s=2_592_000.0, latching=True)


def test_receivers_that_only_a_code_closes_are_closed_at_every_start():
    left = Outputs(amplifier=True, muted=False, carrier=True)  # as an agent that died leaves them
    rig = VirtualRig(LATCHING, World(outputs=left))
    rig.run(1)
    assert rig.step is Step.DARK
    assert rig.world.codes == ("close all",)
    assert [o.carrier for _, o, _ in rig.history][-2:] == [True, False]  # said on a carrier


def test_receivers_that_could_not_be_closed_are_told_and_hold_nothing_up():
    rig = risen(LATCHING)
    rig.change(encoder_dead=True)
    rig.down()
    rig.run(10)
    assert rig.step is Step.DARK
    assert rig.world.outputs == SAFE
    told = [word for word in rig.said if isinstance(word, RigFailed)]
    assert [word.step for word in told] == [Step.RELEASE]
    assert told[0].detail.startswith("Cho các bộ thu nghỉ: ")
    rig.change(encoder_dead=False)
    rig.up()
    rig.run(5)
    assert rig.step is Step.READY


def test_receivers_that_close_by_themselves_are_no_cause_for_alarm():
    rig = risen(BOTH)
    rig.change(encoder_dead=True)
    rig.down()
    rig.run(10)
    assert rig.step is Step.DARK
    assert not [word for word in rig.said if isinstance(word, RigFailed)]


def test_receivers_that_cannot_be_called_any_more_are_told_before_they_close():
    rig = risen(BOTH)
    rig.change(encoder_dead=True)
    rig.run(29)
    assert last_failure(rig).detail == "Đang phát: không gửi được mã gọi các bộ thu"
    assert rig.world.outputs == SAFE


@pytest.mark.parametrize(
    ("facts", "detail"),
    [
        ({"temperature_c": 81.0}, "quá nóng, 81 °C"),
        ({"mains": False}, "mất điện lưới"),
        ({"interlock_closed": False}, "khóa liên động của máy phát đang mở"),
        ({"reflected_w": 12.5}, "công suất dội về từ ăng-ten quá lớn (VSWR 3.0)"),
        ({"forward_w": 0.0}, "không thấy đủ công suất phát"),
        (
            {"outputs": SAFE},
            "đọc lại từ bo mạch thấy ampli tắt, loa tắt tiếng, máy phát tắt",
        ),
    ],
)
def test_what_goes_wrong_while_up_brings_it_down_and_is_told(facts, detail):
    rig = risen(BOTH)
    well_ns = rig.well_ns
    assert rig.now_ns - well_ns < 1_000_000_000
    rig.change(**facts)
    rig.run(3)
    failed = last_failure(rig)
    assert (failed.step, failed.detail) == (Step.READY, f"Đang phát: {detail}")
    assert failed.well_ns == well_ns
    assert (rig.step, rig.world.outputs) == (Step.DARK, SAFE)
    assert rig.said[-1] == RigDown()


def test_one_strange_reading_is_no_reason_to_fall():
    rig = risen(BOTH)
    rig.change(temperature_c=99.0)
    while not rig.sequence.doubts:
        rig.run(0.01)
    rig.change(temperature_c=35.0)
    rig.run(5)
    assert rig.step is Step.READY


@pytest.mark.parametrize(
    ("kit", "facts", "step", "detail"),
    [
        (BOTH, {"temperature_c": 75.0}, Step.CHECK, "Kiểm tra trước khi bật: quá nóng, 75 °C"),
        (BOTH, {"forward_w": 0.0}, Step.LOCK, "Chờ sóng FM ổn định: không thấy đủ công suất phát"),
        (FM_ALONE, {"locked": False}, Step.LOCK, "Chờ sóng FM ổn định: máy phát chưa khóa tần số"),
        (
            FM_ALONE,
            {"frequency_khz": 101_600},
            Step.CHECK,
            "Kiểm tra trước khi bật: máy phát ở tần số 101600 kHz, giấy phép ghi 101500 kHz",
        ),
        (BOTH, {"encoder_dead": True}, Step.WAKE, "Gọi các bộ thu: bộ mã hóa câm"),
        (
            HORN,
            {"stuck": frozenset({Output.AMPLIFIER})},
            Step.AMPLIFIER,
            "Bật ampli: đọc lại từ bo mạch thấy ampli tắt, loa tắt tiếng, máy phát tắt",
        ),
        (
            HORN,
            {"stuck": frozenset({Output.MUTE})},
            Step.UNMUTE,
            "Mở tiếng loa: đọc lại từ bo mạch thấy ampli bật, loa tắt tiếng, máy phát tắt",
        ),
    ],
)
def test_a_step_that_is_not_reached_is_named_and_all_goes_down(kit, facts, step, detail):
    rig = VirtualRig(kit)
    rig.run(1)
    rig.change(**facts)
    rig.up()
    rig.run(20)
    failed = last_failure(rig)
    assert (failed.step, failed.detail, failed.well_ns) == (step, detail, None)
    assert not rig.audible
    assert rig.step is Step.DARK


def test_a_relay_that_sticks_on_is_told_and_tried_until_it_opens():
    rig = risen(HORN)
    rig.change(stuck=frozenset({Output.AMPLIFIER}))
    rig.down()
    rig.run(10)
    assert last_failure(rig).detail.startswith("Tắt ampli: đọc lại từ bo mạch thấy ampli bật")
    assert rig.world.outputs.muted
    assert len([word for word in rig.said if isinstance(word, RigFailed)]) == 1
    rig.change(stuck=frozenset())
    rig.run(4)
    assert (rig.step, rig.said[-1]) == (Step.DARK, RigDown())


def test_each_asking_is_answered_even_while_the_board_is_gone():
    rig = VirtualRig(HORN, World(board_dead=True))
    rig.run(20)
    for _ in range(3):
        rig.up()
        before = len(rig.said)
        rig.run(10)
        assert [type(word) for word in rig.said[before:]] == [RigFailed]


def test_a_board_that_comes_back_is_brought_to_rest_and_rises_when_asked():
    rig = risen(HORN)
    rig.change(board_dead=True)
    rig.run(20)
    assert rig.world.outputs == SAFE, "its own watchdog"
    assert last_failure(rig).detail == "Đang phát: bo mạch câm"
    rig.change(board_dead=False)
    rig.run(6)
    assert rig.said[-1] == RigDown()
    rig.up()
    rig.run(5)
    assert rig.step is Step.READY


def test_a_board_that_is_silent_for_a_moment_does_not_fall():
    rig = risen(HORN)
    rig.change(board_dead=True)
    rig.run(4)
    rig.change(board_dead=False)
    rig.run(5)
    assert rig.step is Step.READY
    assert len(rig.history) == 3


def test_a_frozen_loop_brings_it_down():
    rig = risen(BOTH)
    rig.freeze()
    rig.run(2)
    assert rig.world.outputs == SAFE
    assert last_failure(rig).detail == "Đang phát: vòng điều khiển của cụm loa không chạy"


def test_asked_up_on_its_way_down_it_reaches_the_ground_first():
    rig = risen(HORN)
    rig.change(board_dead=True)
    rig.down()
    rig.change(board_dead=False)
    rig.up()
    rig.run(5)
    assert [type(word) for word in rig.said] == [RigDown, RigReady, RigDown, RigReady]


@pytest.mark.parametrize(("battery_v", "step"), [(12.4, Step.READY), (10.9, Step.DARK)])
def test_a_battery_carries_it_through_a_cut_of_the_mains_while_it_lasts(battery_v, step):
    rig = risen(Kit(amplifier=True, battery_min_v=11.5))
    rig.change(mains=False, battery_v=battery_v)
    rig.run(2)
    assert rig.step is step


def test_outputs_that_come_on_by_themselves_in_the_dark_are_put_off_and_told():
    rig = VirtualRig(HORN)
    rig.run(5)
    rig.change(outputs=Outputs(amplifier=True, muted=False, carrier=False))
    rig.run(3)
    assert rig.world.outputs == SAFE
    assert last_failure(rig).step == Step.DARK


def test_an_amplifier_that_falls_off_before_the_mute_opens_is_not_unmuted_again():
    rig = VirtualRig(HORN, World(stuck=frozenset({Output.MUTE})))
    rig.run(1)
    rig.up()
    while not rig.unmuted_after:
        rig.run(0.01)
    rig.change(outputs=Outputs(amplifier=False, muted=True, carrier=False))
    tries = len(rig.unmuted_after)
    rig.run(2)
    assert last_failure(rig).step == Step.UNMUTE
    assert len(rig.unmuted_after) <= tries + 1, "the one that no look could forbid"
