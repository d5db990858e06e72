"""The player's words folded into the airings that they are about."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from contract.reports import Displaced, RecordingLost, Trouble
from contract.states import Cause, Phase, Resume
from station_agent.actions import DropRecording
from station_agent.airtime import LONGEST_PAUSE
from station_agent.draft import Draft
from station_agent.levels import energy_of
from station_agent.player import wire
from station_agent.samples import add_heard, span_of
from station_agent.state import Airing, Cut, Moment, Run

FAULT_LIMIT = 3
"""Faults of the player that one airing survives; with the next, it is given up. An emergency goes
on for as long as it is valid, with a pause before each further try."""

LOST = frozenset({wire.Trouble.WRONG_HASH, wire.Trouble.UNREADABLE})
"""The disk's fault: fetching the recording again helps."""

BROKEN = frozenset({wire.Trouble.DAMAGED, wire.Trouble.UNSUPPORTED})
"""The recording's own fault: its bytes are the approved ones, and cannot be played."""


def listen(draft: Draft, word: wire.Event) -> None:
    """Take in one line of the player."""
    draft.change(player_heard_ns=draft.at.mono_ns)
    match word:
        case wire.Started():
            _sounds(draft, word)
        case wire.Progress():
            _goes_on(draft, word)
        case wire.Ended():
            _ended(draft, word)
        case wire.Rejected(reason=reason):
            draft.write(Trouble(code="player", detail=reason))


def lose_player(draft: Draft, detail: str) -> None:
    """The player is gone, and with it every run; each got as far as its last progress."""
    if detail:
        draft.write(Trouble(code="player", detail=detail))
    for airing in draft.state.open_airings:
        if airing.run is not None:
            _broken_off(draft, _fold_lost(airing, airing.run), airing.run, Cause.PLAYER)


def recover(draft: Draft) -> None:
    """After a start: what was on the air when the power or the agent went has no run any more."""
    for airing in draft.state.open_airings:
        if airing.run is not None:
            _broken_off(draft, _fold_lost(airing, airing.run), airing.run, Cause.POWER)


def _find(draft: Draft, run: str) -> Airing | None:
    found = (a for a in draft.state.open_airings if a.run is not None and a.run_name == run)
    return next(found, None)


def _wall(at: Moment, mono_ns: int) -> datetime:
    return at.now + timedelta(microseconds=(mono_ns - at.mono_ns) // 1000)


def _sounds(draft: Draft, word: wire.Started) -> None:
    airing = _find(draft, word.run)
    if airing is None or airing.run is None:
        return
    first = _wall(draft.at, word.first_ns)
    run = replace(
        airing.run, from_sample=word.from_sample, anchor=first - span_of(word.from_sample)
    )
    started_at = airing.started_at or first
    sounding = draft.shift(airing, Phase.ON_AIR, run=run, started_at=started_at)
    if sounding.live:
        draft.tune(sounding)


def _goes_on(draft: Draft, word: wire.Progress) -> None:
    airing = _find(draft, word.run)
    if airing is not None and airing.run is not None:
        run = replace(airing.run, played=word.played_samples, underruns=word.underruns)
        draft.keep(replace(airing, run=run))


def _ended(draft: Draft, word: wire.Ended) -> None:
    airing = _find(draft, word.run)
    if airing is None or airing.run is None:
        return
    run = replace(airing.run, from_sample=word.from_sample, played=word.played_samples)
    folded = _fold(draft, airing, word)
    draft.change(underruns=draft.state.underruns + word.underruns)
    if word.cause is wire.Cause.FINISHED:
        _played_out(draft, folded, run)
    elif word.cause is wire.Cause.STOPPED:
        _broken_off(draft, folded, run, Cause.POWER)
    else:
        _failed(draft, folded, run, word)


def _fold(draft: Draft, airing: Airing, word: wire.Ended) -> Airing:
    """The airing with a run's exact count, from the player."""
    if word.first_ns is None or word.last_ns is None:
        return replace(airing, run=None)
    peak = airing.peak_dbfs
    return replace(
        airing,
        run=None,
        heard=add_heard(airing.heard, word.from_sample, word.from_sample + word.played_samples),
        started_at=airing.started_at or _wall(draft.at, word.first_ns),
        ended_at=_wall(draft.at, word.last_ns),
        underruns=airing.underruns + word.underruns,
        sounded=airing.sounded + word.played_samples,
        energy=airing.energy + energy_of(word.rms_dbfs, word.played_samples),
        peak_dbfs=word.peak_dbfs if peak is None else max(peak, word.peak_dbfs),
    )


def _fold_lost(airing: Airing, run: Run) -> Airing:
    """The airing with what is known of a run whose player was lost."""
    if not run.played:
        return replace(airing, run=None)
    end = run.from_sample + run.played
    return replace(
        airing,
        run=None,
        heard=add_heard(airing.heard, run.from_sample, end),
        ended_at=run.anchor + span_of(end),
        underruns=airing.underruns + run.underruns,
    )


def _played_out(draft: Draft, airing: Airing, run: Run) -> None:
    """The end of the recording: the end of the airing, or of one play of several.

    A stop or an all-clear may find a play at its very end: there is no next one then.
    """
    last = airing.plays + 1 >= airing.times
    if not last and run.stopping is not None and run.stopping.why is not Cause.DISPLACED:
        draft.end(airing, run.stopping.why)
    elif not last:
        draft.shift(airing, Phase.DISPLACED, plays=airing.plays + 1, heard=(), cut=None)
    else:
        draft.end(airing, Cause.FINISHED)


def _broken_off(draft: Draft, airing: Airing, run: Run, fault: Cause) -> None:
    """A run ended before its recording did: as it was told to, or by a fault."""
    stopping = run.stopping
    if stopping is None:
        _fault(draft, airing, run, fault)
    elif stopping.why is Cause.DISPLACED:
        _displaced(draft, airing, run, stopping.by)
    else:
        draft.end(airing, stopping.why)


def _displaced(draft: Draft, airing: Airing, run: Run, by: str) -> None:
    if by and airing.started_at is not None:
        draft.write(Displaced(airing=airing.id, by=by, played_samples=airing.played))
        if airing.resume is Resume.DROP:
            draft.end(airing, Cause.DISPLACED)
            return
    _wait(draft, airing, run, Cause.DISPLACED)


def _fault(draft: Draft, airing: Airing, run: Run, why: Cause) -> None:
    """Go on when it can, unless the player has failed it too often."""
    faults = airing.faults + (why is not Cause.POWER)
    if faults <= FAULT_LIMIT:
        _wait(draft, replace(airing, faults=faults), run, why)
    elif airing.emergency:
        later = draft.at.now + LONGEST_PAUSE
        _wait(draft, replace(airing, faults=faults, not_before=later), run, why)
    else:
        draft.end(airing, why)


def _wait(draft: Draft, airing: Airing, run: Run, why: Cause) -> None:
    sample = run.from_sample + run.played
    cut = Cut(why=why, at=draft.at.now, sample=sample, anchor=run.anchor)
    draft.shift(airing, Phase.DISPLACED, cut=cut)


def _failed(draft: Draft, airing: Airing, run: Run, word: wire.Ended) -> None:
    stopping = run.stopping
    if stopping is not None:
        _broken_off(draft, airing, run, Cause.PLAYER)
    elif word.trouble in BROKEN:
        draft.end(airing, Cause.BAD_RECORDING, word.detail)
    elif word.trouble in LOST:
        lose_recording(draft, airing.recording.sha256, word.detail)
        draft.act(DropRecording(airing.recording.sha256))
        _fault(draft, airing, run, Cause.BAD_RECORDING)
    else:
        draft.write(Trouble(code="player", detail=f"{airing.id}: {word.trouble} {word.detail}"))
        later = draft.at.now + RETRY_AFTER
        _fault(draft, replace(airing, not_before=later), run, Cause.PLAYER)


RETRY_AFTER = timedelta(seconds=1)
"""A sound card that is busy (an old player fading out) is free again by then."""


def lose_recording(draft: Draft, sha256: str, detail: str) -> None:
    """A recording on the shelf is not what it should be any more: it must be fetched again."""
    if sha256 in draft.state.shelf:
        draft.change(shelf=draft.state.shelf - {sha256})
        draft.write(RecordingLost(recording=sha256, detail=detail))
