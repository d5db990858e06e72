"""Who has the air: what must leave it, what can never come on it, and who comes next."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from contract.messages import Sound
from contract.precedence import cuts_in, precedence_key
from contract.reports import Started, Trouble
from contract.states import Cause, Class, Late, Phase
from contract.windows import allows, open_until
from station_agent.actions import PlayRun
from station_agent.beginnings import LEAD, beginning, over
from station_agent.draft import Draft
from station_agent.player import wire
from station_agent.rig_known import Stage
from station_agent.samples import nanoseconds_in, span_of
from station_agent.state import AgentState, Airing, Run

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

OVERRUN = timedelta(milliseconds=500)
"""An item planned to end with its window may end so much after it: clocks and cards drift."""

LONGEST_PAUSE = timedelta(seconds=10)
"""Between two tries after a fault: six a minute fill no journal, and are no delay to an hour."""

SEAM = timedelta(milliseconds=20)
"""What ends so little after another begins is over by then: cards round to a sample, clocks are
drawn along. No word is that short; waiting for the end would cost JOIN_LEAD."""

NEVER_NS = 1 << 62

CUT_MS = 50
"""The longest fade of what an emergency cuts in on, whatever the plan says: no click, and the
siren's first sample is not lost in it."""


def settle(draft: Draft) -> None:
    """Bring the air into the order that rules and moment ask for."""
    for airing in draft.state.open_airings:
        _leave(draft, airing)
    for airing in waiting(draft.state, draft.at.now):
        cause = hopeless(draft.state, airing, draft.at.now)
        if cause is not None:
            draft.end(airing, cause)
    while (newcomer := _next(draft)) is not None:
        _start(draft, newcomer)
    _make_room(draft)
    for playing in _live(draft.state):
        if playing.phase is Phase.ON_AIR:
            draft.tune(playing)  # the hour may have changed, or a person's mind


def waiting(state: AgentState, now: datetime) -> list[Airing]:
    """Airings without a run whose time has come. With an unsure clock: emergencies only."""
    return _without_run(state, now, LEAD)


def coming(state: AgentState, now: datetime, ahead: timedelta) -> list[Airing]:
    """Those that are to sound now or begin within `ahead`, as far as can be told."""
    return [a for a in _without_run(state, now, ahead) if hopeless(state, a, now) is None]


def _without_run(state: AgentState, now: datetime, ahead: timedelta) -> list[Airing]:
    known = state.memory.airings
    found = [a for a in state.open_airings if a.run is None]
    lost_at = state.memory.lost_at
    beyond = now + ahead
    for item in state.plan.airings.values() if state.plan else ():
        if item.starts_at > beyond:
            break  # they are held first start first
        # whether it was heard before the journal was lost, nobody knows: it gets no verdict
        if item.id not in known and (lost_at is None or lost_at <= item.planned_at):
            found.append(item)
    return [a for a in found if _due(state, a, now, ahead)]


def _due(state: AgentState, airing: Airing, now: datetime, ahead: timedelta) -> bool:
    if airing.emergency:
        return True
    return not state.clock_unsure and airing.starts_at - ahead <= now


def hopeless(state: AgentState, airing: Airing, now: datetime) -> Cause | None:
    """Why a waiting airing can never come on the air (any more); None while it can."""
    if over(airing, now):
        return _why_over(state, airing)
    if airing.emergency:
        return None
    if airing.started_at is None and airing.id in state.memory.barred:
        return Cause.CANCELLED
    if airing.started_at is None and not _released(state, airing):
        return Cause.NOT_RELEASED
    return None if _window_open(state, airing, now) else Cause.WINDOW


def _why_over(state: AgentState, airing: Airing) -> Cause:
    if airing.started_at is not None and airing.emergency:
        return Cause.FINISHED  # an emergency lasts as long as it is valid
    if airing.cut is not None and airing.started_at is not None:
        return airing.cut.why
    if state.woke_at is not None and over(airing, state.woke_at):
        return Cause.POWER  # its time passed before the agent was there
    if not state.can_sound(airing):
        return Cause.NO_RECORDING
    if airing.cut is not None:
        return airing.cut.why
    return _why_never(state, airing)


def _why_never(state: AgentState, airing: Airing) -> Cause:
    if state.unwritten:
        return Cause.DISK
    if state.rig is not None and state.rig.failures:
        return Cause.RIG
    if state.blind_until is not None and over(airing, state.blind_until):
        return Cause.CLOCK  # its time passed before the clock could be believed
    return Cause.DISPLACED if _live(state) else Cause.LATE


def _released(state: AgentState, airing: Airing) -> bool:
    return state.plan is not None and airing.id in state.plan.released


def _window_open(state: AgentState, airing: Airing, now: datetime) -> bool:
    """Whether it fits its permitted window; what was cut short need only begin in one."""
    windows = state.plan.plan.windows if state.plan else ()
    start = max(now, airing.planned_at) if airing.late is Late.FROM_START else airing.planned_at
    if airing.started_at is None:
        return allows(windows, start, start + span_of(airing.recording.samples), ZONE)
    return open_until(windows, now, now + OVERRUN, ZONE) > now


def closing(state: AgentState, airing: Airing, now: datetime) -> datetime | None:
    """When a permitted window, or an emergency's validity, closes on a run; None: not before its
    end."""
    if airing.run is None:
        return None
    end = airing.run.anchor + span_of(airing.recording.samples)
    if airing.until is not None:
        return airing.until if airing.until < end else None
    if state.clock_unsure or end <= now or state.plan is None:
        return None
    start = max(now, airing.run.anchor + span_of(airing.run.from_sample))
    # hours are those of the plan: who begins later by his offset also ends later
    shift = airing.starts_at - airing.planned_at
    closes = open_until(state.plan.plan.windows, start - shift, end - shift, ZONE) + shift
    return closes if end - closes > OVERRUN else None


def _make_room(draft: Draft) -> None:
    """Fade out what is cut in on, when the newcomer's first sample is due and not before."""
    soon = [a for a in _live(draft.state) if a.run and room_ns(draft.state, a) <= draft.at.mono_ns]
    for playing in _live(draft.state):
        by = next((a for a in soon if _takes_over(a, playing)), None)
        if by is not None:
            fade_ms = cut_ms(draft.state, by)
            draft.halt(playing, Cause.DISPLACED, by=by.id, fade_ms=fade_ms)


def room_ns(state: AgentState, newcomer: Airing) -> int:
    """From when on what plays must be fading out for a newcomer; the far future without a run."""
    run = newcomer.run
    return NEVER_NS if run is None else run.due_ns - cut_ms(state, newcomer) * 1_000_000


def cut_ms(state: AgentState, newcomer: Airing) -> int:
    """How long what plays is faded out for a newcomer."""
    fade_ms = state.sound.fade_out_ms
    return min(fade_ms, CUT_MS) if newcomer.cls is Class.EMERGENCY else fade_ms


def _takes_over(newcomer: Airing, playing: Airing) -> bool:
    run = playing.live
    if run is None or not cuts_in(newcomer.standing, playing.standing):
        return False
    # what was made ready to begin at the end of a higher item does not meet it
    return not _over_by(newcomer, run.anchor + span_of(run.from_sample))


def _over_by(playing: Airing, instant: datetime) -> bool:
    """Whether what is on the air will have ended of itself by then."""
    run = playing.live
    if run is None or playing.phase is not Phase.ON_AIR or playing.plays + 1 < playing.times:
        return False
    return run.anchor + span_of(playing.recording.samples) <= instant + SEAM


def _leave(draft: Draft, airing: Airing) -> None:
    if airing.live is None:
        return
    closes = closing(draft.state, airing, draft.at.now)
    if closes is not None and closes <= draft.at.now:
        draft.halt(airing, Cause.FINISHED if airing.emergency else Cause.WINDOW)


def _live(state: AgentState) -> list[Airing]:
    return [a for a in state.open_airings if a.live]


def _next(draft: Draft) -> Airing | None:
    """The best of those that can start now, if the air is theirs."""
    ready = [a for a in waiting(draft.state, draft.at.now) if _ready(draft, a)]
    best = min(ready, key=lambda a: precedence_key(a.standing), default=None)
    if best is None or not all(_yields(draft, a, best) for a in _live(draft.state)):
        return None
    return best


def _ready(draft: Draft, airing: Airing) -> bool:
    rig = draft.state.rig
    if draft.state.leaving:
        return False
    if rig is not None and rig.stage is not Stage.UP:
        return False  # nobody would hear it
    if draft.state.unwritten and not airing.emergency:
        return False  # after a power cut nobody would know that it was heard
    return draft.state.can_sound(airing) and not pauses(airing, draft.at.now)


def pauses(airing: Airing, now: datetime) -> bool:
    """Whether it rests after a fault; a clock that was set back does not make it rest longer."""
    return airing.not_before is not None and now < airing.not_before <= now + LONGEST_PAUSE


def _yields(draft: Draft, playing: Airing, newcomer: Airing) -> bool:
    """Whether what plays makes room: it is cut in on, or over when the newcomer begins."""
    if cuts_in(newcomer.standing, playing.standing):
        return True
    start = beginning(newcomer, draft.at.now).at
    return start is not None and _over_by(playing, start)


def _start(draft: Draft, airing: Airing) -> None:
    """Write that it begins, then have it played."""
    now, mono_ns = draft.at.now, draft.at.mono_ns
    begin = beginning(airing, now)
    at_ns = None if begin.at is None else mono_ns + nanoseconds_in(begin.at - now)
    run = Run(
        number=airing.runs + 1,
        from_sample=begin.from_sample,
        anchor=begin.anchor,
        due_ns=mono_ns if at_ns is None else at_ns,
    )
    alone = not _live(draft.state)
    begun = draft.shift(airing, Phase.PREPARING, run=run, runs=run.number, not_before=None)
    _write_started(draft, begun, run)
    if airing.recording.sha256 not in draft.state.shelf:
        detail = "Tiếp sóng khi chưa có bản ghi dự phòng: nguồn ngắt thì im lặng"
        draft.write(Trouble(code="media", detail=detail))
    if alone:
        draft.tune(begun)
    draft.act(_play(draft.state.sound, begun, run, at_ns))


def _play(sound: Sound, airing: Airing, run: Run, at_ns: int | None) -> PlayRun:
    return PlayRun(
        run=airing.run_name,
        recording=airing.recording.sha256,
        at_ns=at_ns,
        from_sample=run.from_sample,
        fade_in_ms=sound.fade_in_ms if run.from_sample else 0,
        relay=_stream(airing),
    )


def _stream(airing: Airing) -> wire.Relay | None:
    relay = airing.relay
    if relay is None:
        return None
    samples = airing.recording.samples
    return wire.Relay(
        url=relay.stream, samples=samples, silence_s=relay.silence_s, hosts=relay.hosts
    )


def _write_started(draft: Draft, airing: Airing, run: Run) -> None:
    draft.write(
        Started(
            airing=airing.id,
            bulletin=airing.bulletin,
            recording=airing.recording.sha256,
            cls=airing.cls,
            planned_at=airing.planned_at,
            from_sample=run.from_sample,
        )
    )
