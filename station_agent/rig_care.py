"""That the rig is up when something is to be heard, and down when nothing is."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from contract.reports import Trouble
from station_agent import airtime
from station_agent.actions import LowerRig, RaiseRig
from station_agent.beginnings import LEAD
from station_agent.draft import Draft
from station_agent.events import RigDown, RigFailed, RigReady, RigWell
from station_agent.hardware.ports import Reach
from station_agent.rig_known import RigKnown, Stage
from station_agent.runs import close_proven, go_deaf
from station_agent.state import AgentState, Airing

NS_PER_MS = 1_000_000

EMERGENCY_PAUSE_NS = 5_000_000_000
"""Between two tries for an emergency: a rise takes about as long, so it is tried half the time."""

PAUSES_NS = (5_000_000_000, 10_000_000_000, 20_000_000_000, 40_000_000_000)
"""Between two tries for anything else: four within the usual late limit of two minutes, and no
transmitter is driven into a broken aerial all evening."""


def hear(draft: Draft, word: RigReady | RigWell | RigFailed | RigDown) -> None:
    """Take in what the rig says; without a rig nothing is heard."""
    rig = draft.state.rig
    if rig is None:
        return
    match word:
        case RigReady(rise_ms=rise_ms):
            _ready(draft, rig, rise_ms)
        case RigWell(well_ns=well_ns):
            draft.change(rig=replace(rig, well_ns=max(rig.well_ns, well_ns)))
            close_proven(draft)
        case RigFailed():
            _failed(draft, rig, word)
        case RigDown():
            _down(draft, rig)


def care(draft: Draft) -> None:
    """Raise it ahead of what is to be heard; lower it when the last sample has left, and a tail."""
    rig = draft.state.rig
    if rig is None:
        return
    reach = wanted(draft.state, rig, draft.at.now)
    if reach is None:
        _let_go(draft, rig)
    else:
        _ask_for(draft, replace(rig, lower_ns=None), reach)


def wanted(state: AgentState, rig: RigKnown, now: datetime) -> Reach | None:
    """Who is to be reached by what sounds now or begins soon; None: nobody."""
    needing = [a for a in airtime.coming(state, now, ahead(rig)) if _can_sound(state, a)]
    needing += state.running
    if not needing:
        return Reach.OWN if state.test is not None else None
    return Reach.ALL if any(a.emergency for a in needing) else Reach.OWN


def ahead(rig: RigKnown) -> timedelta:
    """How long before an item begins the rig must be up, or on its way."""
    rise = LEAD + timedelta(milliseconds=rig.rise_ms)
    return max(rise, timedelta(seconds=rig.hold_s)) if rig.stage is Stage.UP else rise


def retry_ns(rig: RigKnown, reach: Reach) -> int:
    """From when on it may be raised again."""
    if not rig.failures:
        return 0
    if reach is Reach.ALL:
        return rig.failed_ns + EMERGENCY_PAUSE_NS
    return rig.failed_ns + PAUSES_NS[min(rig.failures, len(PAUSES_NS)) - 1]


def due_ns(state: AgentState) -> list[int]:
    """When the rig is to be lowered, or may be tried again."""
    rig = state.rig
    if rig is None:
        return []
    tries = {retry_ns(rig, reach) for reach in Reach} if rig.failures else set()
    return sorted(tries | ({rig.lower_ns} if rig.lower_ns is not None else set()))


def _can_sound(state: AgentState, airing: Airing) -> bool:
    written = airing.emergency or not state.unwritten
    return written and state.can_sound(airing)


def _ask_for(draft: Draft, rig: RigKnown, reach: Reach) -> None:
    match rig.stage:
        case Stage.DOWN | Stage.FALLING if draft.at.mono_ns >= retry_ns(rig, reach):
            down = rig.stage is Stage.DOWN
            rig = replace(rig, stage=Stage.RISING if down else Stage.TURNING, reach=reach)
            draft.act(RaiseRig(reach))
        case Stage.RISING | Stage.TURNING | Stage.UP if reach is not rig.reach:
            rig = replace(rig, reach=reach)
            draft.act(RaiseRig(reach))
    draft.change(rig=rig)


def _let_go(draft: Draft, rig: RigKnown) -> None:
    now_ns = draft.at.mono_ns
    lower_ns = rig.lower_ns or now_ns + rig.tail_ms * NS_PER_MS
    if rig.stage is Stage.UP and now_ns < lower_ns:
        draft.change(rig=replace(rig, lower_ns=lower_ns))
    elif rig.stage in (Stage.UP, Stage.RISING, Stage.TURNING):
        draft.change(rig=replace(rig, stage=Stage.FALLING, lower_ns=None))
        draft.act(LowerRig())


def _ready(draft: Draft, rig: RigKnown, rise_ms: int) -> None:
    if rig.stage in (Stage.FALLING, Stage.TURNING):
        return  # said before it was told to come down: it is not ready any more
    up = replace(rig, stage=Stage.UP, failures=0, told="")
    if rig.stage is not Stage.UP:
        up = replace(up, rise_ms=rise_ms, well_ns=draft.at.mono_ns)
    draft.change(rig=up)


def _failed(draft: Draft, rig: RigKnown, word: RigFailed) -> None:
    if word.step != rig.told:  # a fault that stays is told once, not with each try
        draft.write(Trouble(code="rig", detail=word.detail))
    since_ns = draft.at.mono_ns if word.well_ns is None else word.well_ns
    draft.change(rig=replace(_fallen(draft, rig), told=word.step))
    go_deaf(draft, since_ns)


def _down(draft: Draft, rig: RigKnown) -> None:
    match rig.stage:
        case Stage.FALLING:
            draft.change(rig=replace(rig, stage=Stage.DOWN))
        case Stage.TURNING:
            draft.change(rig=replace(rig, stage=Stage.RISING))
        case Stage.UP:  # nobody asked for it
            draft.change(rig=_fallen(draft, rig))
            go_deaf(draft, rig.well_ns)
        case Stage.DOWN | Stage.RISING:
            pass  # the end of a fall that was told as a failure


def _fallen(draft: Draft, rig: RigKnown) -> RigKnown:
    failures = rig.failures + 1
    return replace(
        rig, stage=Stage.DOWN, failures=failures, failed_ns=draft.at.mono_ns, lower_ns=None
    )
