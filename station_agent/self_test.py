"""The self-test: a quiet tone when nothing else wants the air, and what became of it; pure.

It is no airing: nothing waits for it, everything displaces it, and it is never resumed.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from contract.messages import SelfTest
from contract.reports import SelfTested
from contract.states import ToneOutcome
from contract.windows import allows
from station_agent import airtime
from station_agent.actions import SoundTest, StopRun, TuneVolume
from station_agent.beginnings import LEAD
from station_agent.draft import Draft
from station_agent.hardware.readings import BoardReading
from station_agent.player import wire
from station_agent.rig_known import Stage
from station_agent.samples import SAMPLES_A_MS
from station_agent.state import AgentState, SelfTesting
from station_agent.volume import own_volume

CLEAR = timedelta(seconds=5)
"""Between the end of the tone and whatever is planned next: nobody takes it for a beginning."""

RISE_NS = 30_000_000_000
"""The slowest transmitter is up in half of that."""

LATE_NS = 5_000_000_000
"""After its end the player owes its last word no longer than this (player_care.HUNG_NS)."""

FADE_MS = 50


def begin(draft: Draft, order: str, asked: SelfTest) -> None:
    """Begin to, or say why not."""
    forbidden = _forbidden(draft.state, asked, draft.at.now)
    if forbidden is not None:
        draft.write(SelfTested(order=order, outcome=forbidden))
        return
    test = SelfTesting(
        order=order, seconds=asked.seconds, percent=asked.percent, since_ns=draft.at.mono_ns
    )
    draft.change(test=test)


def stop(draft: Draft) -> None:
    """A person wants silence."""
    if draft.state.test is not None:
        _end(draft, draft.state.test, ToneOutcome.STOPPED)


def look(draft: Draft, reading: BoardReading) -> None:
    """What the board sees: the amplifier's current before the tone, and with it."""
    draft.change(board=reading)
    test, found = draft.state.test, reading.amp_ma
    if test is None or found is None or not reading.outputs.amplifier:
        return
    if test.told_ns is None:
        least = found if test.rest_ma is None else min(found, test.rest_ma)
        draft.change(test=replace(test, rest_ma=least))
    else:
        draft.change(test=replace(test, loud_ma=max(found, test.loud_ma or 0)))


def listen(draft: Draft, word: wire.Event) -> None:
    """The player's last word on the tone."""
    test = draft.state.test
    if test is None or not isinstance(word, wire.Ended) or word.run != test.run:
        return
    whole = word.cause is wire.Cause.FINISHED
    outcome = ToneOutcome.SOUNDED if whole else ToneOutcome.STOPPED
    if word.cause is wire.Cause.FAILED:
        outcome = ToneOutcome.PLAYER
    _tell(draft, test, test.ending or outcome, word.played_samples, word.detail)


def lose_player(draft: Draft) -> None:
    """The player is gone."""
    test = draft.state.test
    if test is not None and test.told_ns is not None:
        _tell(draft, test, test.ending or ToneOutcome.PLAYER)


def care(draft: Draft) -> None:
    """Sound it when all is ready, end it when it must not go on."""
    state, test = draft.state, draft.state.test
    if test is None:
        return
    rig = state.rig
    if _overdue(test, draft.at.mono_ns):
        late = ToneOutcome.RIG if test.told_ns is None and rig is not None else ToneOutcome.PLAYER
        _tell(draft, test, test.ending or late)
    elif rig is not None and rig.failures and rig.failed_ns >= test.since_ns:
        _end(draft, test, ToneOutcome.RIG)
    elif _wanted(state, draft.at.now, timedelta()):
        _end(draft, test, ToneOutcome.GAVE_WAY)
    elif test.told_ns is None and _is_ready(state):
        _sound(draft, test)


def _forbidden(state: AgentState, asked: SelfTest, now: datetime) -> ToneOutcome | None:
    rise_ms = 0 if state.rig is None else state.rig.rise_ms
    span = timedelta(seconds=asked.seconds, milliseconds=rise_ms)
    if state.clock_unsure:
        return ToneOutcome.CLOCK
    if state.unwritten:
        return ToneOutcome.DISK
    windows = state.plan.plan.windows if state.plan else ()
    if not allows(windows, now, now + span, airtime.ZONE):
        return ToneOutcome.HOURS
    if state.test is not None or _wanted(state, now, span + CLEAR):
        return ToneOutcome.BUSY
    return None


def _wanted(state: AgentState, now: datetime, ahead: timedelta) -> bool:
    """Whether anything sounds, or is to begin within `ahead` and the time to make it ready."""
    if state.running:
        return True
    return bool(airtime.coming(state, now, LEAD + ahead))


def _overdue(test: SelfTesting, mono_ns: int) -> bool:
    if test.told_ns is None:
        return mono_ns > test.since_ns + RISE_NS
    return mono_ns > test.told_ns + test.seconds * 1_000_000_000 + LATE_NS


def _is_ready(state: AgentState) -> bool:
    up = state.rig is None or state.rig.stage is Stage.UP
    return up and state.player_since_ns is not None


def _sound(draft: Draft, test: SelfTesting) -> None:
    volume = own_volume(draft.state, draft.at.now).percent
    if volume != draft.state.player_volume:
        draft.change(player_volume=volume)
        draft.act(TuneVolume(volume))
    draft.change(test=replace(test, told_ns=draft.at.mono_ns))
    draft.act(SoundTest(run=test.run, seconds=test.seconds, percent=test.percent))


def _end(draft: Draft, test: SelfTesting, why: ToneOutcome) -> None:
    """Fade it out and wait for its count; at once when it does not sound yet."""
    if test.told_ns is None:
        _tell(draft, test, why)
    elif test.ending is None:
        draft.change(test=replace(test, ending=why))
        draft.act(StopRun(run=test.run, fade_ms=FADE_MS))


def _tell(
    draft: Draft, test: SelfTesting, outcome: ToneOutcome, played: int = 0, detail: str = ""
) -> None:
    draft.change(test=None)
    draft.write(
        SelfTested(
            order=test.order,
            outcome=outcome,
            played_samples=played,
            total_samples=test.seconds * 1000 * SAMPLES_A_MS,
            rest_ma=test.rest_ma,
            loud_ma=test.loud_ma,
            detail=detail,
        )
    )
