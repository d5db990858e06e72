"""The station's stance: what it does with its air at one moment, and why; derived, never stored."""

from datetime import datetime

from msgspec.structs import replace

from contract.precedence import precedence_key
from contract.stances import Doing, Hold, Stance
from contract.states import Cause, Phase
from station_agent.airtime import hopeless, pauses, waiting
from station_agent.rig_known import Stage
from station_agent.samples import span_of
from station_agent.state import AgentState, Airing
from station_agent.volume import volume_of


def stance_of(state: AgentState, now: datetime) -> Stance:
    """What the station does at `now`."""
    sounding = _sounding(state)
    if sounding is not None:
        return _playing(state, sounding, now)
    held = _held(state, now)
    return _after(state, _silent(state, now) if held is None else held)


def _sounding(state: AgentState) -> Airing | None:
    """What is on the air; what is only fading out gives way to what has come for it."""
    on_air = [a for a in state.open_airings if a.phase is Phase.ON_AIR and a.run is not None]
    heard = [a for a in on_air if a.run is not None and a.run.over is None]
    return max(heard, key=lambda a: (a.live is not None, a.run and a.run.due_ns), default=None)


def _playing(state: AgentState, airing: Airing, now: datetime) -> Stance:
    volume = volume_of(state, airing, now)
    run = airing.run
    began = airing.started_at if run is None else run.anchor + span_of(run.from_sample)
    over = [a for a in state.open_airings if a.id != airing.id and _displaced(a)]
    behind = [a for a in waiting(state, now) if a.cut is None and _ready(state, a, now)]
    return Stance(
        doing=Doing.PLAYING,
        airing=airing.id,
        source=_source(state, airing),
        at=began,
        cls=airing.cls,
        over=tuple(a.id for a in over),
        behind=tuple(a.id for a in behind),
        volume=volume.percent,
        rule=volume.rule,
    )


def _displaced(airing: Airing) -> bool:
    run = airing.run
    if run is None:
        return airing.cut is not None and airing.cut.why is Cause.DISPLACED
    return run.stopping is not None and run.stopping.why is Cause.DISPLACED


def _due(airing: Airing, now: datetime) -> bool:
    return airing.emergency or airing.started_at is not None or airing.starts_at <= now


def _ready(state: AgentState, airing: Airing, now: datetime) -> bool:
    return _due(airing, now) and _hold(state, airing, now) is None


def _held(state: AgentState, now: datetime) -> Stance | None:
    """What should sound now and does not."""
    if state.clock_unsure and state.plan is not None and state.plan.airings:
        return Stance(doing=Doing.HELD, source=state.plan.plan.id, hold=Hold.CLOCK)
    due = [a for a in waiting(state, now) if _due(a, now)]
    found = [(a, hold) for a in due if (hold := _hold(state, a, now)) is not None]
    if not found:
        return None
    airing, hold = min(found, key=lambda one: precedence_key(one[0].standing))
    return _about(state, Doing.HELD, airing, hold=hold)


def _hold(state: AgentState, airing: Airing, now: datetime) -> Hold | None:
    if state.unwritten and not airing.emergency:
        return Hold.DISK
    if not state.can_sound(airing):
        return Hold.RECORDING
    if state.rig is not None and state.rig.failures:
        return Hold.RIG
    return Hold.PLAYER if pauses(airing, now) else None


def _silent(state: AgentState, now: datetime) -> Stance:
    coming = _next(state, now)
    if coming is None:
        return Stance(doing=Doing.IDLE)
    rig = state.rig
    rising = rig is not None and rig.stage in (Stage.RISING, Stage.TURNING)
    doing = Doing.RISING if rising else Doing.WAITING
    return _about(state, doing, coming)


def _next(state: AgentState, now: datetime) -> Airing | None:
    """What is being made ready or waits its turn; else the plan's next item that may sound."""
    ready = [a for a in state.open_airings if a.live or (a.run is None and _due(a, now))]
    ready += [a for a in waiting(state, now) if a.id not in state.memory.airings]
    if ready:
        return min(ready, key=lambda a: precedence_key(a.standing))
    items = state.plan.airings.values() if state.plan else ()
    fresh = (a for a in items if a.id not in state.memory.airings and a.starts_at > now)
    return next((a for a in fresh if hopeless(state, a, now) is None), None)


def _about(state: AgentState, doing: Doing, airing: Airing, hold: Hold | None = None) -> Stance:
    at = None if airing.emergency else airing.starts_at
    source = _source(state, airing)
    return Stance(doing=doing, airing=airing.id, source=source, at=at, cls=airing.cls, hold=hold)


def _source(state: AgentState, airing: Airing) -> str:
    plan = "" if state.plan is None else state.plan.plan.id
    return airing.order or plan


def _after(state: AgentState, stance: Stance) -> Stance:
    """With what left the air last."""
    left = state.left
    if left is None:
        return stance
    return replace(stance, left=left.airing, cause=left.cause, by=left.by)
