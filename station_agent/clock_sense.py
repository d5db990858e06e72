"""Whether the wall clock can be believed: no scheduled sound by a clock that cannot be right."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from contract.reports import Trouble
from contract.signing import CLOCK_TOLERANCE
from contract.states import Cause
from station_agent.draft import Draft
from station_agent.state import AgentState

FIRST_LIGHT = datetime(2026, 1, 1, tzinfo=UTC)
"""Older than this software: a box without a battery for its clock wakes in 1970."""

STEP = timedelta(milliseconds=200)
"""Wall clock against monotonic clock: NTP slews by less between two looks (500 ppm x 1 s)."""


def floor_of(state: AgentState) -> datetime:
    """The latest instant that is known to have passed: the making of the plan held."""
    return max(FIRST_LIGHT, state.plan.plan.iat) if state.plan else FIRST_LIGHT


def look(draft: Draft) -> None:
    """Compare the clocks; a step takes back what was being made ready for a wrong instant."""
    before, at = draft.state.clock, draft.at
    draft.change(clock=at)
    _tell(draft, unsure=at.now + CLOCK_TOLERANCE < floor_of(draft.state))
    if before is None:
        return
    drift = (at.now - before.now) - timedelta(microseconds=(at.mono_ns - before.mono_ns) // 1000)
    if abs(drift) > STEP:
        _correct(draft, drift)


def _tell(draft: Draft, *, unsure: bool) -> None:
    if unsure and not draft.state.clock_unsure:
        detail = f"Đồng hồ chỉ {draft.at.now.isoformat()}, sớm hơn giờ lập lịch: tạm ngừng phát"
        draft.write(Trouble(code="clock", detail=detail))
    draft.change(clock_unsure=unsure)


def _correct(draft: Draft, drift: timedelta) -> None:
    """Runs that wait for their instant are stopped and planned anew; the sounding ones go on.

    What is anchored in wall time moves with the clock, so that a join lands where it should.
    """
    for airing in draft.state.open_airings:
        run = airing.live
        if run is None:
            continue
        if run.due_ns > draft.at.mono_ns:
            draft.halt(airing, Cause.DISPLACED)
        else:
            draft.keep(replace(airing, run=replace(run, anchor=run.anchor + drift)))
