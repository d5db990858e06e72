"""What a station may do while it cannot write: nothing that a power cut would let it do twice.

Decision 0014: an emergency sounds and is reported from memory; what only makes silence is obeyed;
a plan waits here; any other order goes unanswered, so that the server sends it again. Nothing
scheduled begins, and what sounds already goes on, for its beginning is on the disk.
"""

from contract.messages import AllClear, Cancel, Emergency, Order, Plan, Signed, Stop
from contract.reports import Trouble
from station_agent.draft import Draft
from station_agent.state import HeldBack


def fail(draft: Draft, detail: str) -> None:
    """From now on nothing can be written."""
    draft.change(unwritten=True)
    draft.write(Trouble(code="disk", detail=detail))


def mend(draft: Draft) -> HeldBack | None:
    """All is on the disk again; the plan that waited, if one did."""
    held = draft.state.held_back
    draft.change(unwritten=False, held_back=None)
    return held


def waits(draft: Draft, message: Signed, topic: str, payload: bytes) -> bool:
    """Whether a good message cannot be obeyed now."""
    if not draft.state.unwritten or _harmless(message):
        return False
    if isinstance(message, Plan):
        draft.change(held_back=HeldBack(topic, payload))
    return True


def _harmless(message: Signed) -> bool:
    """Whether obeying it twice, or not remembering that it was obeyed, does no harm."""
    match message:
        case Emergency() | AllClear():
            return True
        case Order(do=Stop() | Cancel()):
            return True
    return False
