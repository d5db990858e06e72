"""Every row of the rules of the air: who is heard first, and what becomes of the others."""

from datetime import timedelta
from itertools import pairwise

import pytest

from contract.reports import Displaced, MessageRefused
from contract.states import Cause, Class, Resume
from contract.windows import Window
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording

LONG, SIREN, SHORT = recording("tin", 60), recording("siren", 10), recording("ngắn", 20)
AT = MORNING + 2 * MINUTE


@pytest.fixture
def box(issuer: Issuer) -> Box:
    return Box(issuer)


def plan(box: Box, *wanted: tuple[str, float, Class], **more: object) -> None:
    """Items by name, seconds after AT and class; each a minute long."""
    items = [
        (box.issuer.item(name, AT + timedelta(seconds=s), LONG, cls=cls, **more), LONG)
        for name, s, cls in wanted
    ]
    box.take(box.issuer.plan(*items))


def cry(box: Box, name: str, sound: object = SIREN, **more: object) -> None:
    box.issuer.now = box.now
    box.take(box.issuer.emergency(name, sound, **more))


def order_of(box: Box) -> list[str]:
    """Which airing was heard after which."""
    runs = sorted(box.player.heard, key=lambda run: run.begin_ns)
    return [run.airing for run in runs if run.end_ns > run.begin_ns]


def heard_s(box: Box, name: str) -> float:
    return box.ended(name).played_samples / 48_000


def test_stop_outranks_an_emergency(box: Box) -> None:
    cry(box, "siren", SHORT)
    box.wait(5 * SECOND)
    box.take(box.issuer.stop())
    box.wait(MINUTE)
    assert box.ended("siren").cause is Cause.STOPPED
    assert heard_s(box, "siren") == pytest.approx(5.05, abs=0.1)


def test_an_emergency_outranks_a_priority_item_and_that_a_normal_one(box: Box) -> None:
    plan(box, ("normal", 0, Class.NORMAL), ("urgent", 10, Class.PRIORITY))
    box.wait_till(AT + 20 * SECOND)
    cry(box, "siren")
    box.wait(5 * MINUTE)
    assert order_of(box) == ["normal", "urgent", "siren", "urgent", "normal"]
    assert heard_s(box, "normal") == heard_s(box, "urgent") == 60


def test_items_of_one_class_wait_for_each_other(box: Box) -> None:
    plan(box, ("first", 0, Class.NORMAL), ("second", 30, Class.NORMAL), late_limit_ms=60_000)
    box.wait(5 * MINUTE)
    assert order_of(box) == ["first", "second"]
    assert heard_s(box, "first") == 60


def test_the_commune_users_order_decides_among_priority_items(box: Box) -> None:
    items = [
        (box.issuer.item(name, AT, SHORT, cls=Class.PRIORITY, rank=rank, late="from_start"), SHORT)
        for name, rank in (("later", 2), ("sooner", 1))
    ]
    box.take(box.issuer.plan(*items))
    box.wait(5 * MINUTE)
    assert order_of(box) == ["sooner", "later"]


def test_the_emergency_of_the_higher_area_is_heard_first_then_the_latest(box: Box) -> None:
    cry(box, "commune", SHORT, rank=3)
    box.wait(5 * SECOND)
    cry(box, "province", SHORT, rank=1)
    box.wait(5 * SECOND)
    cry(box, "neighbour", SHORT, rank=3)
    box.wait(5 * SECOND)
    cry(box, "province-again", SHORT, rank=1)
    box.wait(5 * MINUTE)
    order = order_of(box)
    assert order[:3] == ["commune", "province", "province-again"]
    assert order[3:] == ["province", "neighbour", "commune"]
    assert all(heard_s(box, name) == 20 for name in set(order))


POLICIES = [
    # of a minute, cut at 20 s for 10 s: which starts, how much is heard, when it is over
    (Resume.AT_CUT, [0, 20.05], 60.0, 70.1),
    (Resume.RESTART, [0, 0], 60.0, 90.1),
    (Resume.JOIN, [0, 30.4], 49.7, 60.0),
    (Resume.DROP, [0], 20.05, 20.05),
]


@pytest.mark.parametrize(("resume", "starts", "heard", "over"), POLICIES)
def test_each_policy_of_what_a_priority_item_displaced(
    box: Box, resume: Resume, starts: list[float], heard: float, over: float
) -> None:
    normal = box.issuer.item("a", AT, LONG, resume=resume)
    urgent = box.issuer.item("b", AT + 20 * SECOND, SIREN, cls=Class.PRIORITY)
    box.take(box.issuer.plan((normal, LONG), (urgent, SIREN)))
    box.wait(5 * MINUTE)
    runs = box.heard("a")
    assert [run.from_sample / 48_000 for run in runs] == pytest.approx(starts, abs=0.15)
    assert heard_s(box, "a") == pytest.approx(heard, abs=0.15)
    assert (box.wall(runs[-1].end_ns) - AT).total_seconds() == pytest.approx(over, abs=0.5)
    assert heard_s(box, "b") == 10


@pytest.mark.parametrize(("resume", "starts"), [(p[0], len(p[1])) for p in POLICIES])
def test_two_displacements_lie_one_in_the_other(box: Box, resume: Resume, starts: int) -> None:
    normal = box.issuer.item("a", AT, LONG, resume=resume)
    urgent = box.issuer.item("b", AT + 20 * SECOND, SHORT, cls=Class.PRIORITY, resume=resume)
    box.take(box.issuer.plan((normal, LONG), (urgent, SHORT)))
    box.wait_till(AT + 25 * SECOND)
    cry(box, "siren")
    box.wait(5 * MINUTE)
    assert order_of(box)[:3] == ["a", "b", "siren"]
    back = order_of(box)[3:]
    assert back == ([] if resume is Resume.DROP else ["b", "a"])
    assert len(box.heard("a")) == starts
    assert [line.by for line in box.of(Displaced)] == ["b", "siren"]


def test_displaced_twice_by_emergencies_nothing_is_lost_or_doubled(box: Box) -> None:
    plan(box, ("a", 0, Class.NORMAL))
    for number, seconds in enumerate((10, 30)):
        box.wait_till(AT + seconds * SECOND)
        cry(box, f"siren-{number}")
    box.wait(5 * MINUTE)
    assert order_of(box) == ["a", "siren-0", "a", "siren-1", "a"]
    runs = box.heard("a")
    for one, following in pairwise(runs):
        assert following.from_sample == one.from_sample + one.samples(one.end_ns)
    assert box.ended("a").played_samples == LONG.samples


def test_an_emergency_right_after_another_finds_the_item_still_displaced(box: Box) -> None:
    plan(box, ("a", 0, Class.NORMAL))
    box.wait_till(AT + 10 * SECOND)
    cry(box, "one")
    box.wait(9 * SECOND)
    cry(box, "two", rank=5)  # of a lower area: it waits, and then goes before the item
    box.wait(5 * MINUTE)
    assert order_of(box) == ["a", "one", "two", "a"]
    assert heard_s(box, "a") == 60


def test_the_window_closing_on_a_displaced_item_ends_it(box: Box) -> None:
    item = box.issuer.item("a", AT, LONG)
    box.take(box.issuer.plan((item, LONG), windows=(Window("08:00", "08:03"),)))
    box.wait_till(AT + 45 * SECOND)
    cry(box, "siren", SHORT)
    box.wait(5 * MINUTE)
    assert box.ended("siren").cause is Cause.FINISHED
    assert box.ended("a").cause is Cause.WINDOW
    assert heard_s(box, "a") == pytest.approx(45, abs=0.2)


def test_a_resumed_item_stops_when_its_window_closes(box: Box) -> None:
    item = box.issuer.item("a", AT, LONG)
    box.take(box.issuer.plan((item, LONG), windows=(Window("08:00", "08:03"),)))
    box.wait_till(AT + 20 * SECOND)
    cry(box, "siren", SHORT)
    box.wait(5 * MINUTE)
    assert box.ended("a").cause is Cause.WINDOW
    last = box.heard("a")[-1]
    assert box.wall(last.end_ns) - (AT + MINUTE) < timedelta(milliseconds=100)
    assert heard_s(box, "a") == pytest.approx(40, abs=0.2)


def test_a_cancelled_item_that_waits_displaced_never_comes_back(box: Box) -> None:
    plan(box, ("a", 0, Class.NORMAL))
    box.wait_till(AT + 20 * SECOND)
    cry(box, "siren", SHORT)
    box.wait(5 * SECOND)
    box.take(box.issuer.cancel("a"))
    box.wait(5 * MINUTE)
    assert order_of(box) == ["a", "siren"]
    assert box.ended("a").cause is Cause.CANCELLED


def test_a_stop_under_an_emergency_ends_what_waits_too(box: Box) -> None:
    plan(box, ("a", 0, Class.NORMAL))
    box.wait_till(AT + 20 * SECOND)
    cry(box, "siren", SHORT)
    box.wait(5 * SECOND)
    box.take(box.issuer.stop())
    box.wait(5 * MINUTE)
    assert order_of(box) == ["a", "siren"]
    assert {box.ended(name).cause for name in ("a", "siren")} == {Cause.STOPPED}


def test_the_volume_follows_what_sounds_through_every_displacement(box: Box) -> None:
    items = [
        (box.issuer.item("a", AT, LONG, volume=40), LONG),
        (box.issuer.item("b", AT + 20 * SECOND, SHORT, cls=Class.PRIORITY, volume=60), SHORT),
    ]
    box.take(box.issuer.plan(*items))
    box.wait_till(AT + 30 * SECOND)
    cry(box, "siren", volume=95)
    box.wait(5 * MINUTE)
    assert box.volumes == [40, 60, 95, 60, 40]
    assert box.of(MessageRefused) == []
