"""A newer copy is fetched, tried in a quiet moment, kept when it has proved itself."""

from datetime import timedelta

import pytest

from contract import codec, topics
from contract.messages import AgentWanted
from contract.reports import AgentStep, Receipt
from contract.states import AgentPhase
from contract.topics import Channel
from station_agent.actions import (
    AgentChange,
    FetchAgent,
    GivenUpTold,
    GiveUpAgent,
    KeepAgent,
    TestAgent,
    TryAgent,
)
from station_agent.events import AgentFetched, AgentFetchFailed, AgentTested, MessageArrived
from station_agent.updates.care import QUIET, RETRY_NS
from station_agent.updates.progress import GivenUp, Update
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, STATION, Issuer, recording

SOUND = recording("tin", 60)
WANTED = AgentWanted(version="2.0", not_before=MORNING)


def phases(box: Box) -> list[tuple[AgentPhase, str]]:
    return [(one.phase, one.version) for one in box.of(AgentStep) if isinstance(one, AgentStep)]


def asks(box: Box) -> list[AgentChange]:
    """What it asked the keeper for, and forget it."""
    found: list[AgentChange] = [one for one in box.changes if not isinstance(one, GivenUpTold)]
    box.changes.clear()
    return found


@pytest.fixture
def box(issuer: Issuer) -> Box:
    return Box(issuer, update=Update(running="1.0"))


def staged(box: Box) -> None:
    box.tell(AgentFetched("2.0"))


def test_what_the_plan_wants_is_fetched_tried_and_told(box: Box, issuer: Issuer) -> None:
    box.take(issuer.plan(agent=WANTED))
    assert asks(box) == [FetchAgent("2.0")]
    box.wait(MINUTE)
    assert asks(box) == []  # once
    staged(box)
    assert asks(box) == [TryAgent("2.0")]
    assert phases(box) == [(AgentPhase.STAGED, "2.0")]


@pytest.mark.parametrize("version", ["0.9", "0.9.9-rc1", "0.10", "nightly"])
def test_there_is_no_way_back_to_an_older_version(box: Box, issuer: Issuer, version: str) -> None:
    box.take(issuer.plan(agent=AgentWanted(version=version, not_before=MORNING)))
    box.wait(30 * MINUTE)
    assert asks(box) == []
    assert phases(box) == [(AgentPhase.FAILED, version)]
    box.take(issuer.plan(agent=WANTED))
    box.wait(timedelta(hours=1))
    assert asks(box) == [FetchAgent("2.0")]


@pytest.mark.parametrize("version", ["1.0.0", "1.0-rc1", "1.0.1", "1.10", "10"])
def test_newer_ones_and_other_copies_of_the_same_are_no_way_back(
    box: Box, issuer: Issuer, version: str
) -> None:
    box.take(issuer.plan(agent=AgentWanted(version=version, not_before=MORNING)))
    assert asks(box) == [FetchAgent(version)]


def test_it_waits_for_its_ring(box: Box, issuer: Issuer) -> None:
    later = AgentWanted(version="2.0", not_before=MORNING + timedelta(hours=1))
    box.take(issuer.plan(agent=later))
    box.wait(timedelta(minutes=59))
    assert asks(box) == []
    box.wait(2 * MINUTE)
    assert asks(box) == [FetchAgent("2.0")]


@pytest.mark.parametrize(
    "update",
    [
        Update(running="2.0"),
        Update(running="1.0", given_up=GivenUp("2.0", "hỏng", told=True)),
        None,
    ],
)
def test_what_runs_or_was_tried_in_vain_is_left_alone(
    issuer: Issuer, update: Update | None
) -> None:
    box = Box(issuer, update=update)
    box.take(issuer.plan(agent=WANTED))
    box.wait(MINUTE)
    assert asks(box) == []


def test_a_failed_download_is_tried_again_after_an_hour(box: Box, issuer: Issuer) -> None:
    box.take(issuer.plan(agent=WANTED))
    asks(box)
    box.tell(AgentFetchFailed(version="2.0", detail="mạng"))
    assert phases(box) == [(AgentPhase.FAILED, "2.0")]
    box.wait(timedelta(microseconds=RETRY_NS // 1000) - MINUTE)
    assert asks(box) == []
    box.wait(2 * MINUTE)
    assert asks(box) == [FetchAgent("2.0")]


def test_never_while_something_sounds(box: Box, issuer: Issuer) -> None:
    item = issuer.item("a", MORNING + 5 * SECOND, SOUND)
    box.take(issuer.plan((item, SOUND), agent=WANTED))
    box.wait(30 * SECOND)
    staged(box)
    box.wait(20 * SECOND)
    assert not any(isinstance(ask, TryAgent) for ask in asks(box))
    box.wait(30 * SECOND)
    assert asks(box) == [TryAgent("2.0")]
    assert box.ended("a").played_samples == SOUND.samples


def test_never_during_an_emergency(box: Box, issuer: Issuer) -> None:
    box.take(issuer.plan(agent=WANTED))
    box.take(issuer.emergency("lu", SOUND))
    box.wait(SECOND)
    asks(box)
    staged(box)
    box.wait(30 * SECOND)
    assert asks(box) == []
    box.wait(MINUTE)
    assert asks(box) == [TryAgent("2.0")]


def test_never_shortly_before_an_item(box: Box, issuer: Issuer) -> None:
    item = issuer.item("a", MORNING + QUIET - MINUTE, SOUND)
    box.take(issuer.plan((item, SOUND), agent=WANTED))
    asks(box)
    staged(box)
    box.wait(QUIET - 2 * MINUTE)
    assert asks(box) == []
    box.wait(3 * MINUTE)
    assert asks(box) == [TryAgent("2.0")]


def answer(box: Box) -> None:
    """The server has what was written so far."""
    through = box.state.last_line
    receipt = Receipt(station=STATION, journal=box.state.journal, through=through)
    topic = topics.of(Channel.RECEIPT, "station", STATION)
    box.tell(MessageArrived(topic=topic, payload=codec.encode(receipt)))


def test_a_copy_on_trial_is_kept_after_ten_minutes_of_life(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="2.0", on_trial=True))
    assert asks(box) == [TestAgent()]
    answer(box)
    box.wait(timedelta(minutes=20))
    assert asks(box) == []  # its self-test has not ended
    box.tell(AgentTested(""))
    box.wait(timedelta(minutes=9))
    assert asks(box) == []
    box.wait(2 * MINUTE)
    assert asks(box) == [KeepAgent()]
    assert phases(box) == [(AgentPhase.TRIED, "2.0"), (AgentPhase.KEPT, "2.0")]


def test_a_copy_that_cannot_speak_to_the_server_is_not_kept_and_goes(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="2.0", on_trial=True))
    box.tell(AgentTested(""))
    box.wait(timedelta(hours=23))
    assert asks(box) == [TestAgent()]
    box.wait(timedelta(hours=2))
    assert asks(box) == [GiveUpAgent("chưa nói chuyện được với máy chủ sau một ngày")]


def test_a_link_that_comes_late_is_in_time(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="2.0", on_trial=True))
    box.tell(AgentTested(""))
    box.wait(timedelta(hours=20))
    answer(box)
    assert asks(box) == [TestAgent(), KeepAgent()]


def test_a_self_test_that_never_ends_is_the_end_of_the_trial(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="2.0", on_trial=True))
    answer(box)
    box.wait(timedelta(hours=25))
    assert asks(box) == [TestAgent(), GiveUpAgent("chưa tự kiểm tra xong sau một ngày")]


def test_a_copy_that_fails_its_test_goes(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="2.0", on_trial=True))
    asks(box)
    box.tell(AgentTested("Bộ phát không trả lời"))
    box.wait(timedelta(minutes=20))
    assert asks(box) == [GiveUpAgent("Bộ phát không trả lời")]


def test_a_copy_that_fails_its_test_stays_until_the_emergency_is_over(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="2.0", on_trial=True))
    emergency = issuer.emergency("lu", SOUND)
    box.take(emergency)
    box.wait(SECOND)
    asks(box)
    box.tell(AgentTested("Bộ phát không trả lời"))
    box.wait(5 * SECOND)
    assert asks(box) == []
    box.wait(timedelta(hours=2))
    assert box.heard("lu")
    assert asks(box) == [GiveUpAgent("Bộ phát không trả lời")]


def test_what_was_given_up_is_told_once(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="1.0", given_up=GivenUp("2.0", "hỏng")))
    assert phases(box) == [(AgentPhase.GIVEN_UP, "2.0")]
    box.take(issuer.plan(agent=WANTED))
    box.wait(MINUTE)
    assert phases(box) == [(AgentPhase.GIVEN_UP, "2.0")]
