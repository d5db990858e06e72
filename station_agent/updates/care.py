"""When the agent replaces itself: pure. Never while anything sounds or is about to."""

from datetime import datetime, timedelta

from msgspec import UNSET
from msgspec.structs import replace

from contract.reports import AgentStep
from contract.states import AgentPhase
from station_agent.actions import (
    FetchAgent,
    GivenUpTold,
    GiveUpAgent,
    KeepAgent,
    TestAgent,
    TryAgent,
)
from station_agent.draft import Draft
from station_agent.events import AgentFetched, AgentFetchFailed, AgentTested
from station_agent.state import AgentState
from station_agent.updates.progress import Update
from station_agent.updates.version import older

QUIET = timedelta(minutes=10)
"""No item may be due so soon: a restart takes seconds, a failed one with its way back a minute."""

PROOF_NS = 600_000_000_000
"""A copy on trial is kept after ten minutes of life beyond its self-test: a leak or a thread that
dies shows by then, and a village is not left long with a copy that may go back."""

TRIAL_NS = 86_400_000_000_000
"""A copy that has not proved itself in a day goes: one that cannot speak to the server could never
be replaced from afar. A village whose line fails for so long just after a download is rare."""

RETRY_NS = 3_600_000_000_000
"""An hour between two tries at a download: a SIM card has a monthly limit."""


def begin(draft: Draft) -> None:
    """At the start: say what was given up, and let a copy on trial prove itself."""
    update = draft.state.update
    if update is None:
        return
    if update.given_up is not None and not update.given_up.told:
        gone = update.given_up
        draft.write(AgentStep(phase=AgentPhase.GIVEN_UP, version=gone.version, detail=gone.why))
        _change(draft, given_up=replace(gone, told=True))
        draft.act(GivenUpTold())
    if update.on_trial:
        _change(draft, trial_ns=draft.at.mono_ns, through=draft.state.memory.through)
        # also a line that the server must answer: its receipt is the proof of the link
        draft.write(AgentStep(phase=AgentPhase.TRIED, version=update.running))
        draft.act(TestAgent())


def hear(draft: Draft, event: AgentFetched | AgentFetchFailed | AgentTested) -> None:
    """What the keeper of the slots says."""
    match event:
        case AgentFetched(version=version):
            _change(draft, fetching="", staged=version)
            draft.write(AgentStep(phase=AgentPhase.STAGED, version=version))
        case AgentFetchFailed(version=version, detail=detail):
            _change(draft, fetching="", retry_ns=draft.at.mono_ns + RETRY_NS)
            draft.write(AgentStep(phase=AgentPhase.FAILED, version=version, detail=detail))
        case AgentTested(problem=""):
            _change(draft, proven_ns=draft.at.mono_ns)
        case AgentTested(problem=problem):
            _change(draft, failed=problem)


def follow(draft: Draft) -> None:
    """Go on with what the plan wants, as far as the moment allows."""
    update = draft.state.update
    if update is None or update.leaving:
        return
    if update.on_trial:
        _prove(draft, update)
    elif (version := _wanted(draft.state, update, draft.at.now)) is not None:
        if older(version, update.running):
            _decline(draft, update, version)
        elif update.staged == version:
            _leave(draft, version)
        elif not update.fetching and draft.at.mono_ns >= update.retry_ns:
            _change(draft, fetching=version)
            draft.act(FetchAgent(version))


def _prove(draft: Draft, update: Update) -> None:
    if update.failed:
        # not `quiet`: it may be unable to play what is due soon, and the old copy can
        if not draft.state.open_airings and draft.state.test is None:
            _change(draft, leaving=True)
            draft.act(GiveUpAgent(update.failed))
        return
    now_ns = draft.at.mono_ns
    lived = update.proven_ns is not None and now_ns - update.proven_ns >= PROOF_NS
    answered = draft.state.memory.through != update.through
    if lived and answered:
        _change(draft, on_trial=False)
        draft.write(AgentStep(phase=AgentPhase.KEPT, version=update.running))
        draft.act(KeepAgent())
    elif now_ns - update.trial_ns >= TRIAL_NS and quiet(draft.state, draft.at.now):
        _change(draft, leaving=True)
        why = "chưa nói chuyện được với máy chủ" if lived else "chưa tự kiểm tra xong"
        draft.act(GiveUpAgent(f"{why} sau một ngày"))


def _decline(draft: Draft, update: Update, version: str) -> None:
    """Say, now and then, that there is no way back to what had been replaced for its faults.

    Plans are signed on the server: whoever holds it must not bring old faults back. An old agent
    that is wanted again is published anew, under a higher number, by those who sign releases.
    """
    if draft.at.mono_ns >= update.retry_ns:
        _change(draft, retry_ns=draft.at.mono_ns + RETRY_NS)
        why = f"cũ hơn bản đang chạy ({update.running})"
        draft.write(AgentStep(phase=AgentPhase.FAILED, version=version, detail=why))


def _wanted(state: AgentState, update: Update, now: datetime) -> str | None:
    """The version to become now; None when there is none, or it was tried in vain."""
    asked = state.plan.plan.agent if state.plan else UNSET
    if asked is UNSET or state.clock_unsure or now < asked.not_before:
        return None
    tried = update.given_up is not None and update.given_up.version == asked.version
    return None if tried or asked.version == update.running else asked.version


def _leave(draft: Draft, version: str) -> None:
    """End this process for the trial of the next one, if nobody can miss it."""
    if quiet(draft.state, draft.at.now):
        _change(draft, leaving=True)
        draft.act(TryAgent(version))


def quiet(state: AgentState, now: datetime) -> bool:
    """Whether nothing sounds, waits or is due soon."""
    if state.open_airings or state.test is not None:
        return False
    known = state.memory.airings
    items = state.plan.airings.values() if state.plan else ()
    soon = (a for a in items if a.id not in known and a.planned_end > now)
    return all(a.planned_at - now > QUIET for a in soon)


def _change(draft: Draft, **fields: object) -> None:
    update = draft.state.update
    assert update is not None  # noqa: S101 - asked for only where there is one
    draft.change(update=replace(update, **fields))
