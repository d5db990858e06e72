"""Decisions: the stance is remembered whenever it changes, and told when the air is concerned."""

from collections.abc import Mapping

from msgspec.structs import replace

from contract.reports import Decided
from contract.stances import Decision, Doing, Stance
from station_agent.actions import Answer, Write
from station_agent.draft import Draft
from station_agent.stance import stance_of
from station_agent.state import AgentState

KEPT = 100
"""As many as a technician reads: two days of a busy station."""

TOLD = frozenset({Doing.PLAYING, Doing.HELD})
"""A change from or to these concerns the air; the rest is silence as planned."""

PATIENCE_NS = 600_000_000_000
"""Decisions are put down with whatever else is written, else after ten minutes: a card lives on
few writes, and what a power cut takes away concerned no sound."""


def note(draft: Draft, before: AgentState) -> None:
    """Remember a new stance; tell the server when something begins or ceases to sound, or is
    held back."""
    old = draft.state.decided
    new = _as_begun(stance_of(draft.state, draft.at.now), None if old is None else old.stance)
    if (old is None or new != old.stance) and not _passing(draft, new):
        decision = Decision(draft.at.now, new)
        draft.change(decided=decision, fresh=(*draft.state.fresh, decision))
        if new.doing in TOLD or (old is not None and old.stance.doing in TOLD):
            draft.write(Decided(stance=new))
    _put_down(draft, before)


def latest(state: AgentState) -> list[Decision]:
    """The last decisions, oldest first, on the disk or not yet."""
    kept = [decision for _, decision in sorted(state.memory.decisions.items())]
    return [*kept, *state.fresh][-KEPT:]


def _as_begun(new: Stance, old: Stance | None) -> Stance:
    """What goes on goes on by what it began with: a renewed plan is no new decision."""
    if old is None or (old.doing, old.airing) != (new.doing, new.airing):
        return new
    return replace(new, source=old.source)


def _passing(draft: Draft, new: Stance) -> bool:
    """Whether it is the breath before a sound that is already with the player."""
    old = draft.state.decided
    if old is None or old.stance.doing not in TOLD or new.doing is not Doing.WAITING:
        return False
    return any(a.live for a in draft.state.open_airings)


def _put_down(draft: Draft, before: AgentState) -> None:
    """Into the memory with the next commit, or when it has waited long enough."""
    state = draft.state
    if not state.fresh:
        return
    written = state.memory is not before.memory
    written = written or any(isinstance(action, Write | Answer) for action in draft.actions)
    since_ns = state.fresh_ns or draft.at.mono_ns
    if written or draft.at.mono_ns - since_ns >= PATIENCE_NS:
        draft.change(fresh=(), fresh_ns=None)
        draft.remember(decisions=_add(state.memory.decisions, state.fresh))
    else:
        draft.change(fresh_ns=since_ns)


def _add(kept: Mapping[str, Decision], fresh: tuple[Decision, ...]) -> dict[str, Decision]:
    """Numbered on, and no more than are kept. Twelve digits keep the names in order."""
    number = int(max(kept, default="0"))
    added = {f"{number + n:012}": decision for n, decision in enumerate(fresh, 1)}
    return dict(sorted({**kept, **added}.items())[-KEPT:])
