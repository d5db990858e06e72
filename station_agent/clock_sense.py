"""Whether the wall clock can be believed: no scheduled sound by a clock that may be wrong.

| doubt | why | ends |
|---|---|---|
| behind | it shows less than has surely passed | by a time server |
| ahead | at the start it is past the end of the plan held | by a time server, or a newer plan |
| unknown | it stood still while the box was off | by a time server |
| stepped | somebody set it, and no time server did | by a time server, or by stepping back |

What is once believed is believed for as long as it runs on with CLOCK_MONOTONIC: a station keeps
its hours for days without network (decision 0014).
"""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from contract.reports import Trouble
from contract.signing import CLOCK_TOLERANCE
from contract.states import Cause
from station_agent.actions import KeepTime
from station_agent.draft import Draft
from station_agent.events import Woke
from station_agent.state import AgentState, Doubt, Moment

FIRST_LIGHT = datetime(2026, 1, 1, tzinfo=UTC)
"""Older than this software: a box without a battery for its clock wakes in 1970."""

STEP = timedelta(milliseconds=200)
"""Wall clock against monotonic clock. Both are slewed alike: what comes between them is a step."""

ERROR_LIMIT_MS = 2_000
"""A kernel that knows the time no better is not in step with a time server (CLOCK_TOLERANCE)."""

KEEP_NS = 3_600_000_000_000
"""The time is put down once an hour: 9,000 small writes a year are nothing to a card."""

WORDS = {
    Doubt.BEHIND: "chậm hơn giờ chắc chắn đã qua",
    Doubt.AHEAD: "vượt quá lịch phát đang giữ, chưa có máy chủ giờ xác nhận",
    Doubt.UNKNOWN: "không chạy khi mất điện, chưa có máy chủ giờ xác nhận",
    Doubt.STEPPED: "bị chỉnh tay, không do máy chủ giờ",
}


def synchronised(at: Moment) -> bool:
    """Whether the kernel follows a time server closely enough."""
    return at.error_ms is not None and at.error_ms <= ERROR_LIMIT_MS


def floor_of(state: AgentState) -> datetime:
    """The latest instant that has surely passed: the making of the plan held, the time kept."""
    return max(_signed_floor(state), state.kept_at or FIRST_LIGHT)


def wake(draft: Draft, woke: Woke) -> None:
    """What the clock is worth at the start, now that the plan held is known."""
    state, at = draft.state, draft.at
    draft.change(kept_at=woke.kept_at, anchor=at if woke.clock_ran else None)
    doubt = None if woke.clock_ran else Doubt.UNKNOWN
    if doubt is None and state.plan is not None and at.now >= state.plan.plan.exp:
        doubt = Doubt.AHEAD
    draft.change(doubt=doubt)
    _believe(draft, _doubt(draft.state, at), told=None)


def look(draft: Draft) -> None:
    """Compare the clocks; a step takes back what was being made ready for a wrong instant."""
    _follow(draft)
    _believe(draft, _doubt(draft.state, draft.at), told=draft.state.doubt)
    _keep(draft)


def witness(draft: Draft, iat: datetime) -> None:
    """A signed message was made at `iat`: a free-running clock that shows less is behind."""
    ahead = iat > draft.at.now + CLOCK_TOLERANCE
    if ahead and not synchronised(draft.at):
        draft.change(witnessed=max(iat, draft.state.witnessed or iat))
        look(draft)


def _signed_floor(state: AgentState) -> datetime:
    return max(FIRST_LIGHT, state.plan.plan.iat) if state.plan else FIRST_LIGHT


def _doubt(state: AgentState, at: Moment) -> Doubt | None:
    if synchronised(at):
        # a time server is believed against a time that was kept, never against a signed one
        return Doubt.BEHIND if at.now + CLOCK_TOLERANCE < _signed_floor(state) else None
    if at.now + CLOCK_TOLERANCE < max(floor_of(state), state.witnessed or FIRST_LIGHT):
        return Doubt.BEHIND
    if state.anchor is None:
        return state.doubt
    if abs(_apart(state.anchor, at)) > STEP:
        return Doubt.STEPPED
    past = state.plan is not None and at.now >= state.plan.plan.exp
    return Doubt.AHEAD if state.doubt is Doubt.AHEAD and past else None


def _believe(draft: Draft, doubt: Doubt | None, *, told: Doubt | None) -> None:
    """Hold this opinion; a new doubt is told once."""
    state, at = draft.state, draft.at
    if doubt is not None and doubt is not told:
        shown = at.now.isoformat(timespec="seconds")
        detail = f"Đồng hồ chỉ {shown}, {WORDS[doubt]}: chỉ phát tin khẩn cấp"
        draft.write(Trouble(code="clock", detail=detail))
    if doubt is None and state.doubt is not None:
        draft.change(blind_until=at.now)
    moved = state.anchor is not None and abs(_apart(state.anchor, at)) > STEP
    if doubt is None and (synchronised(at) or state.anchor is None):
        draft.change(anchor=at)
    elif doubt is Doubt.BEHIND and not moved:
        draft.change(anchor=None)  # it was wrong all the while
    draft.change(doubt=doubt)


def _keep(draft: Draft) -> None:
    """Have the time put down now and then, while it can be believed."""
    state, mono_ns = draft.state, draft.at.mono_ns
    due = state.keep_ns is None or mono_ns - state.keep_ns >= KEEP_NS
    if due and state.doubt is None and state.anchor is not None:
        draft.change(keep_ns=mono_ns)
        draft.act(KeepTime(draft.at))


def _apart(one: Moment, other: Moment) -> timedelta:
    """How far the wall clock has gone from the monotonic one between two moments."""
    ran = timedelta(microseconds=(other.mono_ns - one.mono_ns) // 1000)
    return other.now - one.now - ran


def _follow(draft: Draft) -> None:
    """After a step, runs that wait for their instant are stopped and planned anew; the sounding
    ones go on.

    What is anchored in wall time moves with the clock, so that a join lands where it should.
    """
    before, at = draft.state.clock, draft.at
    step = _apart(before, at) if before is not None else timedelta()
    if before is None or abs(step) > STEP:
        draft.change(clock=at)  # small steps add up until they count
    if abs(step) <= STEP:
        return
    if draft.state.woke_at is not None:
        draft.change(woke_at=draft.state.woke_at + step)
    for airing in draft.state.open_airings:
        run = airing.live
        if run is None:
            continue
        if run.due_ns > at.mono_ns:
            draft.halt(airing, Cause.DISPLACED)
        else:
            draft.keep(replace(airing, run=replace(run, anchor=run.anchor + step)))
