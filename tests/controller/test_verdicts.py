"""What an `ended` line means: a verdict says what was heard."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contract.reports import Ended
from contract.states import Cause, Class, Verdict
from contract.telling import CAUSES
from controller.verdicts import UNHEARD, judge
from tests.controller.village import NOW

TOTAL = 480_000


def ended(cause: Cause, played: int, total: int = TOTAL) -> Ended:
    return Ended(
        airing="a",
        bulletin="b",
        cls=Class.NORMAL,
        planned_at=NOW,
        cause=cause,
        played_samples=played,
        total_samples=total,
        started_at=NOW,
        ended_at=NOW + timedelta(seconds=10),
    )


@pytest.mark.parametrize(
    ("cause", "verdict"),
    [
        (Cause.FINISHED, Verdict.FAILED),
        (Cause.LATE, Verdict.MISSED),
        (Cause.NO_RECORDING, Verdict.MISSED),
        (Cause.POWER, Verdict.MISSED),
        (Cause.DISPLACED, Verdict.SKIPPED),
        (Cause.CANCELLED, Verdict.SKIPPED),
        (Cause.STOPPED, Verdict.SKIPPED),
        (Cause.WINDOW, Verdict.SKIPPED),
        (Cause.BAD_RECORDING, Verdict.FAILED),
        (Cause.PLAYER, Verdict.FAILED),
        (Cause.NOT_RELEASED, Verdict.FAILED),
        (Cause.CLOCK, Verdict.MISSED),
        (Cause.DISK, Verdict.MISSED),
    ],
)
def test_what_was_not_heard_at_all_is_told_by_its_cause(cause: Cause, verdict: Verdict) -> None:
    assert judge(ended(cause, 0)) is verdict


@pytest.mark.parametrize("cause", Cause)
def test_ninety_eight_parts_of_a_hundred_are_aired_and_fewer_are_partial(cause: Cause) -> None:
    assert judge(ended(cause, TOTAL * 98 // 100)) is Verdict.AIRED
    assert judge(ended(cause, TOTAL * 98 // 100 - 1)) is Verdict.PARTIAL
    assert judge(ended(cause, 1)) is Verdict.PARTIAL


def test_a_relay_is_aired_only_when_it_was_not_silent() -> None:
    whole = ended(Cause.FINISHED, TOTAL)
    quiet = TOTAL * 2 // 100
    assert judge(replace(whole, silent_samples=quiet)) is Verdict.AIRED
    assert judge(replace(whole, silent_samples=quiet + 1)) is Verdict.PARTIAL
    assert judge(replace(whole, silent_samples=TOTAL)) is Verdict.FAILED


def test_every_cause_has_a_verdict_and_a_reason_in_words() -> None:
    assert set(UNHEARD) == set(CAUSES) == set(Cause)


@given(st.sampled_from(Cause), st.integers(0, 2**40), st.integers(0, 2**40))
def test_aired_is_never_said_of_what_was_not_heard(cause: Cause, played: int, total: int) -> None:
    verdict = judge(ended(cause, played, total))
    assert (verdict is Verdict.AIRED) == (total > 0 and 0 < played >= 0.98 * total)
    assert (verdict is Verdict.PARTIAL) == (played > 0 and verdict is not Verdict.AIRED)
