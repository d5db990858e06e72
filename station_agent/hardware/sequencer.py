"""The rig's decisions: `step(sequence, kit, happening, now_ns) -> (sequence, deeds)`; pure.

No step of the rise is left before a look has shown that it was reached, so nothing is unmuted
unless all that comes before was read back. Whatever goes wrong leads down, and the way down is
gone until all outputs were seen to be safe. `now_ns` is CLOCK_MONOTONIC.
"""

from msgspec.structs import replace

from station_agent.events import RigDown, RigFailed, RigReady, RigWell
from station_agent.hardware.deeds import (
    Asked,
    Broke,
    Deed,
    Did,
    Feed,
    Froze,
    Guard,
    Happening,
    LookAround,
    Passed,
    Release,
    Saw,
    Switch,
    Tell,
    Wake,
)
from station_agent.hardware.findings import Look, mismatch, reached, silence, wrong
from station_agent.hardware.kit import Kit
from station_agent.hardware.ports import Reach
from station_agent.hardware.sequence import (
    CODES,
    LOOK_S,
    MISSED_CODES,
    Sequence,
    call_due_ns,
    look_due_ns,
    ns,
)
from station_agent.hardware.steps import FALLING, LIMIT_S, RISING, WORDS, Step, after, first_down
from station_agent.hardware.work import work

DOUBTS = 2  # looks in a row that must agree that something is wrong: one reading may be noise

Outcome = tuple[Sequence, list[Deed]]


def step(seq: Sequence, kit: Kit, happening: Happening, now_ns: int) -> Outcome:
    """What the rig is after `happening`, and what is to be done, in order.

    A new Sequence is on its way down: nobody knows what was left behind.
    """
    match happening:
        case Asked(reach=reach):
            return _asked(seq, kit, reach, now_ns)
        case Did(deed=deed):
            return _done(seq, deed, now_ns), []
        case Broke(detail=detail):
            return replace(seq, fault=seq.fault or detail), []
        case Saw(look=look):
            return _saw(seq, kit, look, now_ns)
        case Froze():
            return _froze(seq, kit, now_ns)
        case Passed():
            return _go_on(seq, kit, now_ns)


def _asked(seq: Sequence, kit: Kit, reach: Reach | None, now_ns: int) -> Outcome:
    if reach is None:
        return _asked_down(replace(seq, goal=None), kit, now_ns)
    wanted = replace(seq, goal=Reach.ALL if seq.goal is Reach.ALL else reach)
    if seq.step is Step.DARK:
        return _rise(wanted, kit, now_ns)
    if seq.step is Step.READY:
        return wanted, [Tell(RigReady(rise_ms=seq.rise_ms)), *_widen(wanted)]
    return replace(wanted, told=False), []  # each asking is answered, if with the same trouble


def _asked_down(seq: Sequence, kit: Kit, now_ns: int) -> Outcome:
    if seq.step is Step.DARK:
        return seq, [Tell(RigDown())]
    if seq.step in FALLING or seq.step is Step.STUCK:
        return seq, []
    return _fall(seq, kit, now_ns)


def _widen(seq: Sequence) -> list[Deed]:
    """Codes for those who were not called when the receivers were woken."""
    if seq.woken is None or seq.goal is None or seq.goal is seq.woken:
        return []
    return [Wake(seq.goal)] * CODES


def _done(seq: Sequence, deed: Deed, now_ns: int) -> Sequence:
    match deed:
        case Guard() | Feed() | Switch():
            return replace(seq, fed_ns=now_ns)
        case Wake(reach=reach):
            codes = seq.codes + 1 if reach is seq.woken else 1
            return replace(seq, woken=reach, codes=codes, coded_ns=now_ns, called_ns=now_ns)
        case Release():
            return replace(seq, woken=None)
        case _:
            return seq


def _go_on(seq: Sequence, kit: Kit, now_ns: int) -> Outcome:
    call_ns = call_due_ns(seq, kit)
    if call_ns is not None and now_ns >= call_ns:
        return _call(seq, kit, now_ns)
    if now_ns < look_due_ns(seq):
        return seq, []
    return _fall(seq, kit, now_ns) if seq.step is Step.STUCK else _try(seq, kit, now_ns)


def _call(seq: Sequence, kit: Kit, now_ns: int) -> Outcome:
    """Keep the receivers open; they close by themselves when calling has failed too long."""
    if now_ns >= seq.coded_ns + ns(MISSED_CODES * (kit.keep_alive_s or 0)):
        return _fail(seq, kit, "không gửi được mã gọi các bộ thu", now_ns)
    return replace(seq, called_ns=now_ns), [Wake(seq.goal or Reach.OWN)]


def _try(seq: Sequence, kit: Kit, now_ns: int) -> Outcome:
    """Do, or do again, what the present step asks for, and look."""
    rising = seq.step in RISING or seq.step is Step.READY
    hungry = kit.board and rising and now_ns >= seq.fed_ns + ns(LOOK_S)
    feed: list[Deed] = [Feed()] if hungry else []
    withheld = seq.step is Step.UNMUTE and not seq.clear
    deeds = [] if withheld else work(kit, seq.step, seq.goal, seq.woken)
    return replace(seq, fault="", looked_ns=now_ns), [*feed, *deeds, LookAround()]


def _saw(seq: Sequence, kit: Kit, look: Look, now_ns: int) -> Outcome:
    if seq.step in FALLING:
        return _saw_falling(seq, kit, look, now_ns)
    if seq.step in RISING:
        return _saw_rising(seq, kit, look, now_ns)
    return _saw_resting(seq, kit, look, now_ns)


def _saw_rising(seq: Sequence, kit: Kit, look: Look, now_ns: int) -> Outcome:
    answered = not silence(kit, seq.step, look)
    there = answered and reached(kit, seq.step, look)
    clear = answered and reached(kit, Step.SETTLE, look)
    found = wrong(kit, seq.step, look)
    if found is None and answered and seq.step is Step.UNMUTE and not (there or clear):
        found = mismatch(kit, seq.step, look)  # more differs than the mute
    if found is not None:
        return _doubt(replace(seq, clear=False), kit, found, now_ns)
    return _climb(replace(seq, doubts=0, clear=clear), kit, look, now_ns)


def _climb(seq: Sequence, kit: Kit, look: Look, now_ns: int) -> Outcome:
    """Go on up when a step was reached; nothing is known to be wrong."""
    there = not seq.fault and not silence(kit, seq.step, look) and reached(kit, seq.step, look)
    if there and seq.step is Step.WAKE and seq.codes < CODES:
        return _try(seq, kit, now_ns)
    settled_ns = seq.since_ns + (kit.settle_ms * 1_000_000 if seq.step is Step.SETTLE else 0)
    if there and now_ns >= settled_ns:
        return _enter(seq, kit, after(kit, seq.step), now_ns)
    if now_ns >= settled_ns + ns(LIMIT_S[seq.step]):
        return _fail(seq, kit, seq.fault or mismatch(kit, seq.step, look), now_ns)
    return seq, []


def _saw_falling(seq: Sequence, kit: Kit, look: Look, now_ns: int) -> Outcome:
    """Go on down when a step was reached, or when its time is over: the next must not wait."""
    unsaid = seq.step is Step.RELEASE and seq.woken is not None
    if reached(kit, seq.step, look) and not unsaid:
        return _enter(seq, kit, after(kit, seq.step), now_ns)
    if now_ns < seq.since_ns + ns(LIMIT_S[seq.step]):
        return seq, []
    why = f"{WORDS[seq.step]}: {seq.fault or mismatch(kit, seq.step, look)}"
    if not unsaid:
        seq = replace(seq, deaf=seq.deaf or why)
    fallen, deeds = _enter(seq, kit, after(kit, seq.step), now_ns)
    if not (unsaid and kit.latching) or seq.told:
        return fallen, deeds  # other receivers close by themselves
    return replace(fallen, told=True), [Tell(RigFailed(step=seq.step, detail=why)), *deeds]


def _saw_resting(seq: Sequence, kit: Kit, look: Look, now_ns: int) -> Outcome:
    """Up or dark: right, doubtful for a moment, or wrong."""
    found = wrong(kit, seq.step, look) if seq.step is Step.READY else None
    silent = silence(kit, seq.step, look)
    if silent:
        # the board falls silent by itself after so long without its host
        gone = now_ns >= seq.well_ns + ns(kit.watchdog_s)
        doubting = replace(seq, doubts=seq.doubts + 1)
        return _fail(seq, kit, silent, now_ns) if gone else (doubting, [])
    if found is None and not reached(kit, seq.step, look):
        found = mismatch(kit, seq.step, look)
    if found is not None:
        return _doubt(seq, kit, found, now_ns)
    well: list[Deed] = [Tell(RigWell(now_ns))] if seq.step is Step.READY else []
    return replace(seq, well_ns=now_ns, doubts=0), well


def _doubt(seq: Sequence, kit: Kit, found: str, now_ns: int) -> Outcome:
    doubting = replace(seq, doubts=seq.doubts + 1)
    if doubting.doubts >= DOUBTS:
        return _fail(seq, kit, found, now_ns)
    return doubting, []


def _enter(seq: Sequence, kit: Kit, to: Step, now_ns: int) -> Outcome:
    entered = replace(seq, step=to, since_ns=now_ns, doubts=0)
    if to is Step.READY:
        return _be_ready(entered, now_ns)
    if to is Step.DARK:
        return _be_dark(entered, kit, now_ns)
    return _try(entered, kit, now_ns)


def _rise(seq: Sequence, kit: Kit, now_ns: int) -> Outcome:
    return _enter(replace(seq, began_ns=now_ns, woken=None), kit, Step.CHECK, now_ns)


def _be_ready(seq: Sequence, now_ns: int) -> Outcome:
    rise_ms = (now_ns - seq.began_ns) // 1_000_000
    ready = replace(seq, well_ns=now_ns, looked_ns=now_ns, rise_ms=rise_ms)
    return ready, [Tell(RigReady(rise_ms=rise_ms)), *_widen(ready)]


def _fall(seq: Sequence, kit: Kit, now_ns: int) -> Outcome:
    return _enter(replace(seq, deaf=""), kit, first_down(kit), now_ns)


def _be_dark(seq: Sequence, kit: Kit, now_ns: int) -> Outcome:
    """The end of a way down: safe, or else to be gone again until it is."""
    rested = replace(seq, well_ns=now_ns, looked_ns=now_ns)
    if seq.deaf:
        failed = Tell(RigFailed(step=Step.STUCK, detail=seq.deaf))
        stuck = replace(rested, step=Step.STUCK, goal=None, told=True)
        return stuck, [] if seq.told else [failed]
    dark, down = replace(rested, told=False), Tell(RigDown())
    if seq.goal is None:
        return dark, [down]
    rising, deeds = _rise(dark, kit, now_ns)
    return rising, [down, *deeds]


def _fail(seq: Sequence, kit: Kit, detail: str, now_ns: int) -> Outcome:
    """Tell, and go down; it rises again only when it is asked to."""
    well_ns = seq.well_ns if seq.step is Step.READY else None
    failed = RigFailed(step=seq.step, detail=f"{WORDS[seq.step]}: {detail}", well_ns=well_ns)
    falling, deeds = _fall(replace(seq, goal=None, told=True), kit, now_ns)
    return falling, [Tell(failed), *deeds]


def _froze(seq: Sequence, kit: Kit, now_ns: int) -> Outcome:
    if seq.step in RISING or seq.step is Step.READY:
        return _fail(seq, kit, "vòng điều khiển của cụm loa không chạy", now_ns)
    return replace(seq, goal=None), []
