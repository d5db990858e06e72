"""Which recordings to hold, in which order, and how soon to begin fetching them."""

from datetime import datetime

from contract.messages import Recording
from contract.states import Phase
from station_agent.actions import Wanted
from station_agent.state import AgentState

SPREAD_SHARE = 0.1
SPREAD_LIMIT_S = 60.0
"""A province's stations get their plans together: each begins somewhere in the first tenth of the
time that is left, within a minute at most, so that they do not ask for the same file at once."""


def wanted(state: AgentState, now: datetime) -> tuple[Wanted, ...]:
    """Recordings to hold: those of emergencies at once, then the plan's by their first start."""
    found: dict[str, Wanted] = {}
    for airing in state.open_airings:
        _add(found, airing.recording, 0.0)
    for item in state.plan.airings.values() if state.plan else ():
        begun = state.memory.airings.get(item.id)
        if begun is None or begun.phase is not Phase.DONE:
            left_s = (item.planned_at - now).total_seconds()
            _add(found, item.recording, min(SPREAD_LIMIT_S, max(0.0, left_s * SPREAD_SHARE)))
    return tuple(found.values())


def _add(found: dict[str, Wanted], recording: Recording, spread_s: float) -> None:
    if recording.sha256 not in found:
        found[recording.sha256] = Wanted(recording=recording, spread_s=spread_s)
