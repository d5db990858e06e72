"""Our clock beside the server's: told when they part, and never acted on, for nothing is signed."""

from contract.reports import Trouble
from station_agent.draft import Draft
from station_agent.events import ClockCompared
from station_agent.state import Compared

APART_MS = 2_000
"""More, and bulletins of two communes would be heard to begin one after the other."""


def compare(draft: Draft, told: ClockCompared) -> None:
    """Take in how far the server's clock is ahead of ours; a large difference is told once."""
    before, now = draft.state.server_clock, Compared(told.offset_ms, told.uncertainty_ms)
    draft.change(server_clock=now)
    if _apart(now) and not (before is not None and _apart(before)):
        seconds = told.offset_ms / 1000
        detail = f"Đồng hồ cụm loa lệch {seconds:+.1f} giây so với máy chủ"
        draft.write(Trouble(code="clock_offset", detail=detail))


def _apart(found: Compared) -> bool:
    return abs(found.offset_ms) - found.uncertainty_ms > APART_MS
