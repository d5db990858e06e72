"""A newer copy is fetched, tried in a quiet moment, kept when it has proved itself."""

from datetime import timedelta

import pytest

from contract.messages import AgentWanted
from contract.reports import AgentStep
from contract.states import AgentPhase
from station_agent.actions import (
    AgentChange,
    FetchAgent,
    GivenUpTold,
    GiveUpAgent,
    KeepAgent,
    TestAgent,
    TryAgent,
)
from station_agent.events import AgentFetched, AgentFetchFailed, AgentTested
from station_agent.updates.care import QUIET, RETRY_NS
from station_agent.updates.progress import GivenUp, Update
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, Issuer, recording

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
    assert phases(box) == [(AgentPhase.STAGED, "2.0"), (AgentPhase.TRIED, "2.0")]


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


def test_a_copy_on_trial_is_kept_after_ten_minutes_of_life(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="2.0", on_trial=True))
    assert asks(box) == [TestAgent()]
    box.wait(timedelta(minutes=20))
    assert asks(box) == []  # its self-test has not ended
    box.tell(AgentTested(""))
    box.wait(timedelta(minutes=9))
    assert asks(box) == []
    box.wait(2 * MINUTE)
    assert asks(box) == [KeepAgent()]
    assert phases(box) == [(AgentPhase.KEPT, "2.0")]


def test_a_copy_that_fails_its_test_goes(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="2.0", on_trial=True))
    asks(box)
    box.tell(AgentTested("Bộ phát không trả lời"))
    box.wait(timedelta(minutes=20))
    assert asks(box) == [GiveUpAgent("Bộ phát không trả lời")]


def test_what_was_given_up_is_told_once(issuer: Issuer) -> None:
    box = Box(issuer, update=Update(running="1.0", given_up=GivenUp("2.0", "hỏng")))
    assert phases(box) == [(AgentPhase.GIVEN_UP, "2.0")]
    box.take(issuer.plan(agent=WANTED))
    box.wait(MINUTE)
    assert phases(box) == [(AgentPhase.GIVEN_UP, "2.0")]
