"""When the agent must look again, if nothing happens before."""

from datetime import datetime, timedelta

from station_agent import rig_care
from station_agent.airtime import closing, room_ns
from station_agent.beginnings import LEAD
from station_agent.samples import nanoseconds_in
from station_agent.state import AgentState, Moment

LOOK_S = 1.0
"""At least so often, in seconds: a step of the wall clock is noticed within a second."""


def next_due_s(state: AgentState, at: Moment) -> float:
    """Seconds until something is due by the clock, at most LOOK_S."""
    at = state.moment(at)
    instants = [a.not_before for a in state.open_airings if a.not_before is not None]
    instants += _beginnings(state, at.now, LEAD)
    if state.rig is not None:
        instants += _beginnings(state, at.now, rig_care.ahead(state.rig))
    instants += [c for a in state.open_airings if (c := closing(state, a, at.now)) is not None]
    waits_ns = [nanoseconds_in(instant - at.now) for instant in instants if instant > at.now]
    waits_ns += [room_ns(state, a) - at.mono_ns for a in state.open_airings if a.run]
    waits_ns += [due_ns - at.mono_ns for due_ns in rig_care.due_ns(state)]
    future_s = [wait / 1e9 for wait in waits_ns if wait > 0]
    return min([LOOK_S, *future_s])


def _beginnings(state: AgentState, now: datetime, ahead: timedelta) -> list[datetime]:
    """When the next item is to be made ready so long before its start."""
    items = state.plan.airings.values() if state.plan else ()
    beyond = now + ahead
    coming = next((item for item in items if item.starts_at > beyond), None)
    return [] if coming is None else [coming.starts_at - ahead]
