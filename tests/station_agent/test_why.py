"""For any instant the station can say what it is doing, and why."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from contract.messages import Sound
from contract.reports import Decided
from contract.stances import Doing, Hold, Stance, VolumeRule
from contract.states import Cause, Class, Resume
from contract.telling import tell
from contract.windows import Window
from station_agent.decisions import KEPT, PATIENCE_NS, latest
from station_agent.events import DiskFailed, Ticked
from station_agent.hardware.kit import Kit
from station_agent.hardware.readings import Output
from station_agent.journal import SqliteJournal
from station_agent.player import wire
from station_agent.state import Memory
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording
from tests.fakes.virtual_rig import VirtualRig

SOUND, SIREN, OTHER = recording("tin", 60), recording("siren", 10), recording("khác", 20)
AT = MORNING + 2 * MINUTE


@pytest.fixture
def box(issuer: Issuer) -> Box:
    return Box(issuer)


def stance(box: Box) -> Stance:
    assert box.state.decided is not None
    return box.state.decided.stance


def told(box: Box) -> list[Stance]:
    return [line.stance for line in box.of(Decided) if isinstance(line, Decided)]


def plan(box: Box, *names: str, every: timedelta = 30 * SECOND, **more: object) -> None:
    items = [
        (box.issuer.item(name, AT + n * every, SOUND, **more), SOUND)
        for n, name in enumerate(names)
    ]
    box.take(box.issuer.plan(*items))


def test_with_nothing_planned_it_is_idle(box: Box) -> None:
    assert stance(box) == Stance(doing=Doing.IDLE)
    assert told(box) == []


def test_it_waits_for_the_next_item_and_knows_by_which_plan(box: Box) -> None:
    plan(box, "a")
    assert stance(box) == Stance(
        doing=Doing.WAITING, airing="a", source="plan-1", at=AT, cls=Class.NORMAL
    )
    assert told(box) == []


def test_what_sounds_is_told_once_when_it_begins_and_once_when_it_is_over(box: Box) -> None:
    plan(box, "a")
    box.wait(5 * MINUTE)
    playing, after = told(box)
    assert playing == Stance(
        doing=Doing.PLAYING,
        airing="a",
        source="plan-1",
        at=AT,
        cls=Class.NORMAL,
        volume=80,
        rule=VolumeRule.SETTING,
    )
    assert after == Stance(doing=Doing.IDLE, left="a", cause=Cause.FINISHED)


def test_a_renewed_plan_is_no_new_decision(box: Box) -> None:
    plan(box, "a")
    box.wait_till(AT + 10 * SECOND)
    plan(box, "a")
    plan(box, "a")
    box.wait(SECOND)
    assert len(told(box)) == 1
    assert stance(box).source == "plan-1"


def test_an_emergency_says_whom_it_took_the_air_from_and_that_gets_it_back(box: Box) -> None:
    plan(box, "a", resume=Resume.AT_CUT)
    box.wait_till(AT + 20 * SECOND)
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(2 * SECOND)
    assert (stance(box).airing, stance(box).over) == ("siren", ("a",))
    assert (stance(box).source, stance(box).rule) == ("e-siren", VolumeRule.EMERGENCY)
    box.wait(10 * SECOND)
    assert (stance(box).airing, stance(box).over) == ("a", ())
    assert [s.airing for s in told(box)] == ["a", "siren", "a"]


def test_two_displacements_lie_one_in_the_other(box: Box) -> None:
    plan(box, "a", resume=Resume.AT_CUT)
    box.wait_till(AT + 20 * SECOND)
    box.take(box.issuer.emergency("commune", OTHER, rank=3))
    box.wait(5 * SECOND)
    box.take(box.issuer.emergency("province", SIREN, rank=1))
    box.wait(2 * SECOND)
    assert stance(box).airing == "province"
    assert set(stance(box).over) == {"a", "commune"}
    box.wait(15 * SECOND)
    assert (stance(box).airing, stance(box).over) == ("commune", ("a",))


def test_what_waits_for_its_turn_is_named(box: Box) -> None:
    plan(box, "a", "b")
    box.wait_till(AT + 40 * SECOND)
    assert (stance(box).airing, stance(box).behind) == ("a", ("b",))


def test_after_a_stop_it_knows_who_asked_for_silence(box: Box) -> None:
    plan(box, "a")
    box.wait_till(AT + 10 * SECOND)
    box.issuer.now = box.now
    order = box.issuer.stop()
    box.take(order)
    box.wait(SECOND)
    assert stance(box) == Stance(doing=Doing.IDLE, left="a", cause=Cause.STOPPED, by=order.id)


@pytest.mark.parametrize(
    ("barrier", "cause"),
    [("released", Cause.NOT_RELEASED), ("window", Cause.WINDOW), ("barred", Cause.CANCELLED)],
)
def test_what_may_not_sound_leaves_its_reason(box: Box, barrier: str, cause: Cause) -> None:
    item = box.issuer.item("a", AT, SOUND)
    made = box.issuer.plan((item, SOUND))
    if barrier == "released":
        made = replace(made, releases=())
    if barrier == "window":
        made = replace(made, windows=(Window("17:00", "18:00"),))
    if barrier == "barred":
        box.take(box.issuer.cancel("a"))
    box.take(made)
    assert stance(box).airing != "a"
    box.wait_till(AT + SECOND)
    assert (stance(box).left, stance(box).cause) == ("a", cause)


def test_a_missing_recording_holds_back_until_it_comes(box: Box) -> None:
    box.offline = True
    plan(box, "a")
    box.wait_till(AT + 5 * SECOND)
    assert (stance(box).doing, stance(box).hold) == (Doing.HELD, Hold.RECORDING)
    box.fetch()
    box.wait(5 * SECOND)
    assert [s.doing for s in told(box)] == [Doing.HELD, Doing.PLAYING]


def test_a_disk_that_fails_holds_back_what_is_planned(box: Box) -> None:
    plan(box, "a")
    box.tell(DiskFailed("đĩa hỏng"))
    box.wait_till(AT + 5 * SECOND)
    assert (stance(box).doing, stance(box).hold) == (Doing.HELD, Hold.DISK)


def test_a_clock_that_is_not_believed_holds_back_all_that_is_planned(box: Box) -> None:
    plan(box, "a")
    box.error_ms, box.clock_runs = None, False
    box.cut_power(off=SECOND)
    assert (stance(box).doing, stance(box).hold) == (Doing.HELD, Hold.CLOCK)


def test_a_pause_after_a_fault_of_the_player_is_told(box: Box) -> None:
    box.player.trigger_failure(wire.Trouble.DEVICE)
    box.player.trigger_failure(wire.Trouble.DEVICE)  # a second and a half, half a second before
    plan(box, "a")
    box.wait_till(AT + timedelta(milliseconds=100))
    assert (stance(box).doing, stance(box).hold) == (Doing.HELD, Hold.PLAYER)


def test_a_rig_that_rises_and_one_that_does_not(issuer: Issuer) -> None:
    rig = VirtualRig(Kit(amplifier=True))
    box = Box(issuer, rig=rig)
    plan(box, "a")
    box.wait_till(AT - timedelta(seconds=4.2))
    assert (stance(box).doing, stance(box).airing) == (Doing.RISING, "a")
    rig.change(stuck=frozenset({Output.AMPLIFIER, Output.MUTE}))
    box.wait_till(AT + 30 * SECOND)
    assert (stance(box).doing, stance(box).hold) == (Doing.HELD, Hold.RIG)


def test_the_volume_and_its_rule_are_told_anew_when_a_person_changes_them(box: Box) -> None:
    item = box.issuer.item("a", AT, SOUND)
    box.take(box.issuer.plan((item, SOUND), sound=Sound(volume=60, maximum=70)))
    box.wait_till(AT + 10 * SECOND)
    box.issuer.now = box.now
    box.take(box.issuer.set_volume(90))
    assert [(s.volume, s.rule) for s in told(box)] == [
        (60, VolumeRule.PLAN),
        (70, VolumeRule.MAXIMUM),
    ]


def test_items_that_follow_each_other_have_no_silence_told_between_them(box: Box) -> None:
    plan(box, "a", "b", every=MINUTE)
    box.wait(5 * MINUTE)
    assert [s.airing for s in told(box)] == ["a", "b", None]


def test_the_last_decisions_survive_a_power_cut_and_are_bounded(box: Box) -> None:
    for n in range(KEPT):
        box.issuer.now = box.now
        box.take(box.issuer.emergency(f"e-{n}", SIREN))
        box.wait(12 * SECOND)
    found = latest(box.state)
    assert len(found) == KEPT
    assert found == sorted(found, key=lambda one: one.at)
    before = found[-5:-1]
    box.cut_power(off=MINUTE)
    assert [one for one in latest(box.state) if one in before] == before


def test_a_change_that_concerns_no_sound_waits_for_other_writing(box: Box) -> None:
    items = [(box.issuer.item(n, AT, SOUND, late_limit_ms=0), SOUND) for n in ("a", "b")]
    box.take(box.issuer.plan(*items))
    box.wait_till(AT + 10 * SECOND)
    box.issuer.now = box.now
    box.take(box.issuer.set_volume(70))
    written = box.state.memory.decisions
    assert max(written.values(), key=lambda one: one.at).stance.volume == 70


def test_what_waits_to_be_written_is_written_after_ten_minutes(issuer: Issuer) -> None:
    rig = VirtualRig(Kit(amplifier=True))
    box = Box(issuer, rig=rig)
    item = issuer.item("a", AT, SOUND)
    box.take(issuer.plan((item, SOUND)))
    box.wait_till(AT - timedelta(seconds=4.2))
    assert stance(box).doing is Doing.RISING
    assert [one.stance.doing for one in box.state.fresh] == [Doing.RISING]
    kept = box.state.memory
    box.tell(Ticked())
    assert box.state.memory is kept
    box.mono_ns += PATIENCE_NS
    box.tell(Ticked())
    assert box.state.fresh == ()
    assert Doing.RISING in {one.stance.doing for one in box.state.memory.decisions.values()}


def test_decisions_are_rows_of_the_journals_file(box: Box, tmp_path: Path) -> None:
    plan(box, "a")
    box.wait(5 * MINUTE)
    journal = SqliteJournal(tmp_path / "j.db", MORNING)
    journal.commit(Memory(), box.state.memory, [], [], MORNING)
    journal.close()
    again = SqliteJournal(tmp_path / "j.db", MORNING)
    assert again.recall().decisions == box.state.memory.decisions
    again.close()


def test_every_stance_of_a_day_can_be_told_to_people(box: Box) -> None:
    plan(box, "a", "b")
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(5 * MINUTE)
    for decision in latest(box.state):
        assert tell(decision.stance, lambda airing: airing).endswith(".")
