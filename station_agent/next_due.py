"""When the agent must look again, if nothing happens before."""

from station_agent.airtime import CUT_NS, closing
from station_agent.beginnings import LEAD
from station_agent.samples import nanoseconds_in
from station_agent.state import AgentState, Moment

LOOK_S = 1.0
"""At least so often, in seconds: a step of the wall clock is noticed within a second."""


def next_due_s(state: AgentState, at: Moment) -> float:
    """Seconds until something is due by the clock, at most LOOK_S."""
    at = state.moment(at)
    instants = [a.not_before for a in state.open_airings if a.not_before is not None]
    instants += [
        item.planned_at - LEAD
        for item in (state.plan.airings.values() if state.plan else ())
        if item.planned_at - LEAD > at.now
    ][:1]
    instants += [c for a in state.open_airings if (c := closing(state, a, at.now)) is not None]
    waits_ns = [nanoseconds_in(instant - at.now) for instant in instants if instant > at.now]
    waits_ns += [a.run.due_ns - CUT_NS - at.mono_ns for a in state.open_airings if a.run]
    future_s = [wait / 1e9 for wait in waits_ns if wait > 0]
    return min([LOOK_S, *future_s])
