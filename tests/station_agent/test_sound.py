"""How loud, when exactly, and with which fades: the rules of the plan's sound."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contract.messages import HourVolume, Sound
from contract.stances import VolumeRule
from contract.states import Cause, Class, Profile
from contract.windows import Window
from station_agent.state import AgentState, Airing, HeldPlan, Memory
from station_agent.volume import Volume, volume_of
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, STATION, Issuer, recording

SOUND, SIREN = recording("tin", 60), recording("siren", 10)
AT = MORNING + 2 * MINUTE  # 08:02 in Việt Nam
MS = timedelta(milliseconds=1)


@pytest.fixture
def box(issuer: Issuer) -> Box:
    return Box(issuer)


def plan(box: Box, sound: Sound, **more: object) -> None:
    item = box.issuer.item("a", AT, SOUND, **more)
    box.take(box.issuer.plan((item, SOUND), sound=sound))


def hours(start: str, end: str, percent: int) -> HourVolume:
    return HourVolume(hours=Window(start, end), percent=percent)


@pytest.mark.parametrize(
    ("sound", "item", "order", "percent"),
    [
        (Sound(), None, None, 80),  # the box's own setting
        (Sound(volume=60), None, None, 60),
        (Sound(volume=60, hours=(hours("08:00", "09:00", 40),)), None, None, 40),
        (Sound(volume=60, hours=(hours("09:00", "10:00", 40),)), None, None, 60),
        (Sound(volume=60, hours=(hours("08:00", "09:00", 40),)), None, 50, 50),
        (Sound(volume=60), 30, 50, 30),
        (Sound(volume=60, maximum=45), None, None, 45),
        (Sound(maximum=45), 90, None, 45),
        (Sound(maximum=45), None, 90, 45),
    ],
)
def test_the_nearest_rule_sets_the_volume_and_the_maximum_bounds_it(
    box: Box, sound: Sound, item: int | None, order: int | None, percent: int
) -> None:
    if order is not None:
        box.take(box.issuer.set_volume(order))
    plan(box, sound, volume=item)
    box.wait_till(AT + SECOND)
    assert box.volumes[-1] == percent


@pytest.mark.parametrize(
    ("sound", "asked", "percent"),
    [
        (Sound(volume=20, maximum=50), None, 100),
        (Sound(volume=20, maximum=50, emergency=90), None, 90),
        (Sound(maximum=50, emergency=90), 70, 70),
        (Sound(maximum=50, emergency=90), 100, 90),
    ],
)
def test_an_emergency_has_a_maximum_of_its_own(
    box: Box, sound: Sound, asked: int | None, percent: int
) -> None:
    box.take(box.issuer.plan(sound=sound))
    box.take(box.issuer.set_volume(10))
    box.take(box.issuer.emergency("siren", SIREN, volume=asked))
    box.wait(SECOND)
    assert box.volumes[-1] == percent


def test_a_persons_order_holds_until_it_is_changed_or_taken_back(box: Box) -> None:
    box.take(box.issuer.set_volume(30))
    box.cut_power(off=SECOND)
    plan(box, Sound(volume=60))
    box.wait_till(AT + SECOND)
    assert box.volumes[-1] == 30
    box.issuer.now = box.now
    box.take(box.issuer.set_volume(None))
    assert box.volumes[-1] == 60


def test_the_volume_follows_the_hour_in_mid_sentence(box: Box) -> None:
    sound = Sound(volume=80, hours=(hours("08:00", "08:03", 50),))
    item = box.issuer.item("a", AT + 58 * SECOND, SOUND)
    box.take(box.issuer.plan((item, SOUND), sound=sound))
    box.wait_till(AT + 70 * SECOND)
    assert box.volumes == [50, 80]


def test_a_louder_plan_is_heard_at_once(box: Box) -> None:
    plan(box, Sound(volume=40))
    box.wait_till(AT + 10 * SECOND)
    box.issuer.now = box.now
    plan(box, Sound(volume=70))
    assert box.volumes[-1] == 70


def test_neighbours_begin_by_their_offset_and_the_delay_trim(box: Box) -> None:
    plan(box, Sound(offset_ms=300, latency_ms=120))
    box.wait(5 * MINUTE)
    (run,) = box.heard("a")
    assert box.wall(run.begin_ns) == AT + 180 * MS
    ended = box.ended("a")
    assert ended.planned_at == AT
    assert ended.started_at == AT + 180 * MS


def test_an_emergency_has_no_offset(box: Box) -> None:
    box.take(box.issuer.plan(sound=Sound(offset_ms=2_000)))
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(SECOND)
    (run,) = box.heard("siren")
    assert box.wall(run.begin_ns) - MORNING < 100 * MS


def test_an_item_that_fills_its_window_is_not_cut_short_by_its_offset(box: Box) -> None:
    item = box.issuer.item("a", AT, SOUND)
    window = Window("08:02", "08:03")
    box.take(box.issuer.plan((item, SOUND), sound=Sound(offset_ms=2_000), windows=(window,)))
    box.wait(5 * MINUTE)
    assert box.ended("a").cause is Cause.FINISHED
    assert box.ended("a").played_samples == SOUND.samples


def test_a_delay_trim_does_not_begin_before_the_hours_open(box: Box) -> None:
    item = box.issuer.item("a", AT, SOUND)
    window = Window("08:02", "08:03")
    box.take(box.issuer.plan((item, SOUND), sound=Sound(latency_ms=400), windows=(window,)))
    box.wait(5 * MINUTE)
    (run,) = box.heard("a")
    assert box.wall(run.begin_ns) == AT - 400 * MS  # heard at the horn when they do
    assert box.ended("a").cause is Cause.FINISHED


def test_a_fade_is_as_long_as_the_plan_says_but_never_in_an_emergencys_way(box: Box) -> None:
    plan(box, Sound(fade_out_ms=800, fade_in_ms=200))
    box.wait_till(AT + 20 * SECOND)
    box.issuer.now = box.now
    before = box.mono_ns
    box.take(box.issuer.emergency("siren", SIREN))
    box.wait(30 * SECOND)
    first, second = box.heard("a")
    (siren,) = box.heard("siren")
    assert first.end_ns - before == 50_000_000
    assert siren.begin_ns - before < 50_000_000
    assert box.fades_in[-1] == 200
    box.issuer.now = box.now
    before = box.mono_ns
    box.take(box.issuer.stop())
    box.wait(SECOND)
    assert second.end_ns - before == 800_000_000


def test_room_for_a_priority_item_is_made_by_the_plans_fade(box: Box) -> None:
    normal = box.issuer.item("a", AT, SOUND)
    urgent = box.issuer.item("b", AT + 20 * SECOND, SIREN, cls=Class.PRIORITY)
    sound = Sound(fade_out_ms=600)
    box.take(box.issuer.plan((normal, SOUND), (urgent, SIREN), sound=sound))
    box.wait(5 * MINUTE)
    cut, (run,) = box.heard("a")[0], box.heard("b")
    assert box.wall(run.begin_ns) == AT + 20 * SECOND
    assert abs(cut.end_ns - run.begin_ns) < 10_000_000
    assert box.ended("a").played_samples == SOUND.samples


percents = st.integers(0, 100)


@given(
    sound=st.builds(Sound, volume=st.none() | percents, maximum=percents, emergency=percents),
    item=st.none() | percents,
    order=st.none() | percents,
    setting=percents,
)
def test_no_rule_ever_gets_past_the_maximum(
    sound: Sound, item: int | None, order: int | None, setting: int
) -> None:
    issuer = Issuer()
    told = issuer.plan(sound=sound)
    state = AgentState(
        station=STATION,
        trust=issuer.trust,
        default_volume=setting,
        memory=Memory(volume=order),
        plan=HeldPlan(told, {}, frozenset()),
    )
    airing = an_airing(item)
    normal = volume_of(state, airing, MORNING)
    assert normal.percent <= sound.maximum
    emergency = volume_of(state, replace(airing, order="o", cls=Class.EMERGENCY), MORNING)
    assert emergency.percent <= sound.emergency
    if item is None:
        assert emergency == Volume(sound.emergency, VolumeRule.EMERGENCY)


def an_airing(volume: int | None, since: datetime = AT) -> Airing:
    box = Box(Issuer())
    box.take(box.issuer.plan((box.issuer.item("a", since, SOUND, volume=volume), SOUND)))
    assert box.state.plan is not None
    return box.state.plan.airings["a"]


def test_the_plans_profile_is_told_to_each_player_and_none_is_the_boxs_own(box: Box) -> None:
    plan(box, Sound())
    assert box.profiles == []
    plan(box, Sound(profile=Profile.HORN))
    plan(box, Sound(profile=Profile.HORN, volume=50))
    assert box.profiles == [Profile.HORN]
    box.kill_player()
    box.wait(3 * SECOND)
    assert box.profiles == [Profile.HORN, Profile.HORN]
    plan(box, Sound())
    assert box.profiles[2:] == [None]
