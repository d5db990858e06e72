"""Whether the wall clock can be believed: no scheduled sound by a clock that may be wrong.

The station's own time runs with CLOCK_MONOTONIC from a moment that was believed; so it keeps its
hours for days without network, and a clock that is set by hand moves nothing. A time server moves
it, and so does the bare clock for as long as there is a doubt (decision 0014):

| doubt | why | ends |
|---|---|---|
| behind | it shows less than has surely passed | by a time server |
| ahead | at the start it is past the end of the plan held | by a time server, or a newer plan |
| unknown | it stood still while the box was off | by a time server |
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
"""Wall clock against monotonic clock. Both are slewed alike: what comes between them is a step,
and a time server's smaller ones are followed without ado."""

ERROR_LIMIT_MS = 2_000
"""A kernel that knows the time no better is not in step with a time server (CLOCK_TOLERANCE)."""

KEEP_NS = 3_600_000_000_000
"""The time is put down once an hour: 9,000 small writes a year are nothing to a card."""

WORDS = {
    Doubt.BEHIND: "chậm hơn giờ chắc chắn đã qua",
    Doubt.AHEAD: "vượt quá lịch phát đang giữ, chưa có máy chủ giờ xác nhận",
    Doubt.UNKNOWN: "không chạy khi mất điện, chưa có máy chủ giờ xác nhận",
}


def synchronised(at: Moment) -> bool:
    """Whether the kernel follows a time server closely enough."""
    return at.error_ms is not None and at.error_ms <= ERROR_LIMIT_MS


def floor_of(state: AgentState) -> datetime:
    """The latest instant that has surely passed: the making of the plan held, the time kept."""
    return max(_signed_floor(state), state.kept_at or FIRST_LIGHT)


def wake(draft: Draft, woke: Woke) -> None:
    """What the clock is worth at the start, now that the plan held is known."""
    draft.change(kept_at=woke.kept_at, line=woke.line or draft.at)
    draft.at = draft.state.moment(draft.at)
    plan = draft.state.plan
    doubt = None if woke.clock_ran else Doubt.UNKNOWN
    if doubt is None and plan is not None and draft.at.now >= plan.plan.exp:
        doubt = Doubt.AHEAD
    draft.change(doubt=doubt)
    _believe(draft, told=None)


def look(draft: Draft) -> None:
    """Compare the clocks; from here on the draft's moment is the station's own time."""
    state, read = draft.state, draft.at
    line = state.line or read
    if synchronised(read) or state.doubt is not None:
        draft.change(line=read, set_by_hand=False)
        _shift(draft, _apart(line, read))
    else:
        draft.change(line=line)
        _note(draft, abs(_apart(line, read)) > STEP)
    draft.at = draft.state.moment(read)
    _believe(draft, told=state.doubt)
    _keep(draft)


def witness(draft: Draft, iat: datetime) -> None:
    """A signed message was made at `iat`: a free-running clock that shows less is behind."""
    ahead = iat > draft.at.now + CLOCK_TOLERANCE
    if ahead and not synchronised(draft.at):
        draft.change(witnessed=max(iat, draft.state.witnessed or iat))
        _believe(draft, told=draft.state.doubt)


def _signed_floor(state: AgentState) -> datetime:
    return max(FIRST_LIGHT, state.plan.plan.iat) if state.plan else FIRST_LIGHT


def _doubt(state: AgentState, at: Moment) -> Doubt | None:
    if synchronised(at):
        # a time server is believed against a time that was kept, never against a signed one
        return Doubt.BEHIND if at.now + CLOCK_TOLERANCE < _signed_floor(state) else None
    if at.now + CLOCK_TOLERANCE < max(floor_of(state), state.witnessed or FIRST_LIGHT):
        return Doubt.BEHIND
    past = state.plan is not None and at.now >= state.plan.plan.exp
    return None if state.doubt is Doubt.AHEAD and not past else state.doubt


def _believe(draft: Draft, *, told: Doubt | None) -> None:
    """Come to an opinion; a new doubt is told once."""
    at, doubt = draft.at, _doubt(draft.state, draft.at)
    if doubt is not None and doubt is not told:
        shown = at.now.isoformat(timespec="seconds")
        detail = f"Đồng hồ chỉ {shown}, {WORDS[doubt]}: chỉ phát tin khẩn cấp"
        draft.write(Trouble(code="clock", detail=detail))
    if doubt is None and draft.state.doubt is not None:
        draft.change(blind_until=at.now)
    draft.change(doubt=doubt)


def _note(draft: Draft, set_by_hand: bool) -> None:
    """Tell once that somebody has set the clock, and that it changes nothing."""
    if set_by_hand and not draft.state.set_by_hand:
        detail = "Đồng hồ bị chỉnh không do máy chủ giờ: cụm loa vẫn theo giờ cũ"
        draft.write(Trouble(code="clock_set", detail=detail))
    draft.change(set_by_hand=set_by_hand)


def _keep(draft: Draft) -> None:
    """Have the time put down now and then, while it can be believed."""
    state, mono_ns = draft.state, draft.at.mono_ns
    due = state.keep_ns is None or mono_ns - state.keep_ns >= KEEP_NS
    if due and state.doubt is None:
        draft.change(keep_ns=mono_ns)
        draft.act(KeepTime(draft.at))


def _apart(one: Moment, other: Moment) -> timedelta:
    """How far the wall clock has gone from the monotonic one between two moments."""
    ran = timedelta(microseconds=(other.mono_ns - one.mono_ns) // 1000)
    return other.now - one.now - ran


def _shift(draft: Draft, step: timedelta) -> None:
    """The station's time was moved: runs that wait for their instant are stopped and planned
    anew; the sounding ones go on.

    What happened by the old time moves with it, so that a join lands where it should. What was
    broken off by the power was told by a time before this start.
    """
    if abs(step) <= STEP:
        return
    if step > STEP:
        draft.change(blind_until=draft.at.now)
    if draft.state.woke_at is not None:
        draft.change(woke_at=draft.state.woke_at + step)
    for airing in draft.state.open_airings:
        run, cut = airing.live, airing.cut
        if run is not None and run.due_ns > draft.at.mono_ns:
            draft.halt(airing, Cause.DISPLACED)
        elif run is not None:
            draft.keep(replace(airing, run=replace(run, anchor=run.anchor + step)))
        elif cut is not None and cut.why is not Cause.POWER:
            moved = replace(cut, at=cut.at + step, anchor=cut.anchor + step)
            draft.keep(replace(airing, cut=moved))
