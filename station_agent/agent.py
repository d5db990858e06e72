"""The agent: `step(state, event, at) -> (state, actions)`, without clock, socket, disk or library.

What it asks to be written is on the disk before anything it asks to be done is done.
"""

from contract.errors import Refusal
from contract.reports import Diagnosed, RecordingHeld, Trouble
from station_agent import (
    airtime,
    clock_compared,
    clock_sense,
    decisions,
    intake,
    plans,
    rig_care,
    rooting,
    runs,
    self_test,
    unwritten,
)
from station_agent.actions import Action, Subscribe, Want
from station_agent.draft import Draft
from station_agent.events import (
    AgentFetched,
    AgentFetchFailed,
    AgentTested,
    BoardSaid,
    ClockCompared,
    DiagnosisEnded,
    DiskFailed,
    DiskMended,
    EarHeard,
    EarLost,
    Event,
    FetchFailed,
    MessageArrived,
    MessageBroke,
    PlayerDied,
    PlayerSaid,
    RecordingCleared,
    RecordingFetched,
    RecordingSpoilt,
    RigDown,
    RigFailed,
    RigReady,
    RigWell,
    Woke,
)
from station_agent.evidence import care as evidence
from station_agent.evidence import ear_care
from station_agent.fetching import wanted
from station_agent.player_care import bury, care, shape
from station_agent.state import AgentState, Moment
from station_agent.updates import care as updating


def step(state: AgentState, event: Event, at: Moment) -> tuple[AgentState, list[Action]]:
    """What the station knows after `event`, and what is to be written and done, in order."""
    draft = Draft(state, at)
    if not isinstance(event, Woke):
        clock_sense.look(draft)
    _take_in(draft, event)
    care(draft)
    shape(draft)
    self_test.care(draft)
    airtime.settle(draft)
    rig_care.care(draft)
    updating.follow(draft)
    _fetch(draft, state)
    decisions.note(draft, state)
    return draft.state, draft.actions


def _take_in(draft: Draft, event: Event) -> None:
    match event:
        case Woke():
            _wake(draft, event)
        case MessageArrived(topic=topic, payload=payload):
            intake.arrive(draft, topic, payload)
        case MessageBroke(topic=topic, detail=detail):
            intake.refuse(draft, topic, "", Refusal.UNREADABLE, detail)
        case RecordingFetched() | RecordingCleared() | RecordingSpoilt() | FetchFailed():
            _look_at_shelf(draft, event)
        case ClockCompared():
            clock_compared.compare(draft, event)
        case DiskFailed(detail=detail):
            unwritten.fail(draft, detail)
        case DiskMended(damage=damage):
            _mend(draft, damage)
        case AgentFetched() | AgentFetchFailed() | AgentTested():
            updating.hear(draft, event)
        case RigReady() | RigWell() | RigFailed() | RigDown():
            rig_care.hear(draft, event)
        case _:
            _hear_part(draft, event)


def _hear_part(draft: Draft, event: Event) -> None:
    match event:
        case DiagnosisEnded(order=order, size=size, problem=problem):
            draft.write(Diagnosed(order=order, size=size, problem=problem))
        case BoardSaid(reading=reading):
            self_test.look(draft, reading)
            evidence.look(draft, reading)
        case EarHeard(slot=slot, levels=levels):
            ear_care.hear(draft, slot, levels)
        case EarLost(detail=detail):
            ear_care.lose(draft, detail)
        case PlayerSaid(word=word):
            evidence.hear(draft, word)
            ear_care.play(draft, word)
            runs.listen(draft, word)
            self_test.listen(draft, word)
        case PlayerDied(detail=detail):
            bury(draft, detail)


def _look_at_shelf(
    draft: Draft, event: RecordingFetched | RecordingCleared | RecordingSpoilt | FetchFailed
) -> None:
    match event:
        case RecordingFetched(sha256=sha256):
            _fetched(draft, sha256)
        case RecordingCleared(sha256=sha256):
            draft.change(shelf=draft.state.shelf - {sha256})
        case RecordingSpoilt(sha256=sha256, detail=detail):
            runs.lose_recording(draft, sha256, detail)
        case FetchFailed(sha256=sha256, detail=detail):
            _not_fetched(draft, sha256, detail)


def _wake(draft: Draft, woke: Woke) -> None:
    if woke.unwritten:
        unwritten.fail(draft, woke.damage)
    elif woke.damage:
        draft.write(Trouble(code="journal", detail=woke.damage))
    rooting.wake(draft)
    state = draft.state
    envelope = state.memory.plan
    plan = plans.wake_plan(envelope, state.trust) if envelope else None
    draft.change(shelf=woke.shelf, plan=plan)
    clock_sense.wake(draft, woke)
    draft.change(woke_at=draft.at.now)
    draft.act(Subscribe(plan.plan.areas if plan else ()))
    plans.forget_old(draft)
    runs.recover(draft)
    updating.begin(draft)


def _mend(draft: Draft, damage: str) -> None:
    held = unwritten.mend(draft)
    if damage:
        draft.write(Trouble(code="journal", detail=damage))
    if held is not None:
        intake.arrive(draft, held.topic, held.payload)


def _fetched(draft: Draft, sha256: str) -> None:
    state = draft.state
    draft.change(shelf=state.shelf | {sha256}, unfetched=state.unfetched - {sha256})
    draft.write(RecordingHeld(recording=sha256))


def _not_fetched(draft: Draft, sha256: str, detail: str) -> None:
    """Told once for each recording until it arrives: the shelf goes on trying."""
    if sha256 not in draft.state.unfetched:
        draft.change(unfetched=draft.state.unfetched | {sha256})
        draft.write(Trouble(code="media", detail=detail))


def _fetch(draft: Draft, before: AgentState) -> None:
    """Say anew what is wanted when that may have changed."""
    now = draft.state
    known = (before.plan, before.memory.airings.keys(), before.shelf)
    if known != (now.plan, now.memory.airings.keys(), now.shelf):
        draft.act(Want(wanted(now, draft.at.now)))
