"""Every line of the journal has words that a technician reads."""

import pytest

from contract.reports import Event
from contract.states import AgentPhase, ToneOutcome
from contract.telling import TESTED
from station_agent.journal_words import AGENT, told
from tests.contract import samples

EVENTS = (
    *samples.EVENTS, *samples.NEWER_EVENTS, *samples.AGENT_EVENTS, *samples.TEST_EVENTS
)  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_a_line_is_told_in_words(event: Event) -> None:
    line = told(event)
    assert "(" not in line or "Struct" not in line
    assert type(event).__name__ not in line
    assert line == line.strip()


def test_every_outcome_has_words() -> None:
    assert set(TESTED) == set(ToneOutcome)
    assert set(AGENT) == set(AgentPhase)


def test_the_end_of_an_airing_says_how_much_was_heard_and_why() -> None:
    (ended,) = [event for event in samples.EVENTS if type(event).__name__ == "Ended"]
    assert told(ended) == "Hết lượt airing-1: phát 10/10 giây, phát hết"
