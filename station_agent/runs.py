"""The player's words folded into the airings that they are about."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from contract.reports import Displaced, RecordingLost, Trouble
from contract.states import Cause, Phase, Resume
from station_agent import relays
from station_agent.actions import DropRecording
from station_agent.airtime import LONGEST_PAUSE
from station_agent.draft import Draft
from station_agent.levels import energy_of
from station_agent.player import wire
from station_agent.samples import SAMPLES_A_MS, add_heard, span_of
from station_agent.state import Airing, Cut, Moment, Over, Run

FAULT_LIMIT = 3
"""Faults of the player that one airing survives; with the next, it is given up. An emergency goes
on for as long as it is valid, with a pause before each further try."""

BLAMELESS = frozenset({Cause.POWER, Cause.RIG})
"""Faults that are not the player's: the power has come back, the rig paces its own tries."""

LOST = frozenset({wire.Trouble.WRONG_HASH, wire.Trouble.UNREADABLE})
"""The disk's fault: fetching the recording again helps."""

BROKEN = frozenset({wire.Trouble.DAMAGED, wire.Trouble.UNSUPPORTED})
"""The recording's own fault: its bytes are the approved ones, and cannot be played."""


def listen(draft: Draft, word: wire.Event) -> None:
    """Take in one line of the player."""
    draft.change(player_heard_ns=draft.at.mono_ns, player_asked_ns=None)
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
        if airing.run is not None and airing.run.over is None:
            _broken_off(draft, _fold_lost(airing, airing.run), airing.run, Cause.PLAYER)


def recover(draft: Draft) -> None:
    """After a start: what was on the air when the power or the agent went has no run any more."""
    for airing in draft.state.open_airings:
        run = airing.run
        if run is not None and run.over is not None:
            _close(draft, airing, run, run.over)
        elif run is not None:
            _broken_off(draft, _fold_lost(airing, run), run, Cause.POWER)


def go_deaf(draft: Draft, since_ns: int) -> None:
    """The rig is not up: what left the player from `since_ns` on was heard by nobody."""
    for airing in draft.state.open_airings:
        if airing.run is None:
            continue
        deaf = replace(airing.run, deaf_ns=since_ns)
        unheard = draft.keep(replace(airing, run=_shorten(deaf)))
        if deaf.over is not None:
            _close(draft, unheard, deaf, deaf.over)
        elif deaf.stopping is None:
            draft.halt(unheard, Cause.RIG)


def close_proven(draft: Draft) -> None:
    """The rig was seen well: runs that ended before that moment were heard to their end."""
    for airing in draft.state.open_airings:
        run = airing.run
        if run is not None and run.over is not None and _proven(draft, run.over.word):
            _close(draft, airing, run, run.over)


def _proven(draft: Draft, word: wire.Ended) -> bool:
    """Whether what is said to have left the player was heard, as far as anyone can know."""
    rig = draft.state.rig
    return rig is None or word.last_ns is None or rig.well_ns >= word.last_ns


def _find(draft: Draft, run: str) -> Airing | None:
    found = (a for a in draft.state.running if a.run_name == run)
    return next(found, None)


def _wall(at: Moment, mono_ns: int) -> datetime:
    return at.now + timedelta(microseconds=(mono_ns - at.mono_ns) // 1000)


def _sounds(draft: Draft, word: wire.Started) -> None:
    airing = _find(draft, word.run)
    if airing is None or airing.run is None:
        return
    first = _wall(draft.at, word.first_ns)
    run = replace(
        airing.run,
        from_sample=word.from_sample,
        anchor=first - span_of(word.from_sample),
        first_ns=word.first_ns,
    )
    started_at = airing.started_at or first
    sounding = draft.shift(airing, Phase.ON_AIR, run=run, started_at=started_at)
    if sounding.live:
        draft.tune(sounding)


def _goes_on(draft: Draft, word: wire.Progress) -> None:
    airing = _find(draft, word.run)
    if airing is not None and airing.run is not None:
        run = replace(airing.run, played=word.played_samples, underruns=word.underruns)
        draft.keep(replace(airing, run=_shorten(run)))


def _shorten(run: Run) -> Run:
    """The run with no more samples than could be heard."""
    if run.deaf_ns is None:
        return run
    heard = heard_before(run.deaf_ns, run.first_ns, run.played)
    return replace(run, played=heard)


def heard_before(deaf_ns: int, first_ns: int | None, played: int) -> int:
    """How many of the samples played from `first_ns` on were over at `deaf_ns`."""
    if first_ns is None:
        return 0
    return max(0, min(played, (deaf_ns - first_ns) * SAMPLES_A_MS // 1_000_000))


def _ended(draft: Draft, word: wire.Ended) -> None:
    airing = _find(draft, word.run)
    if airing is None or airing.run is None:
        return
    over = Over(
        word=word,
        first_at=None if word.first_ns is None else _wall(draft.at, word.first_ns),
        last_at=None if word.last_ns is None else _wall(draft.at, word.last_ns),
    )
    draft.change(underruns=draft.state.underruns + word.underruns)
    deaf = airing.run.deaf_ns is not None
    again = airing.plays + 1 < airing.times  # a siren does not wait for its proof
    if deaf or again or _proven(draft, word):
        _close(draft, airing, airing.run, over)
    else:
        draft.keep(replace(airing, run=replace(airing.run, over=over)))


def _close(draft: Draft, airing: Airing, run: Run, over: Over) -> None:
    """A run has ended, and what was heard of it is known."""
    word = over.word
    heard = word.played_samples
    if run.deaf_ns is not None:
        heard = heard_before(run.deaf_ns, word.first_ns, heard)
    run = replace(run, from_sample=word.from_sample, played=heard)
    folded = _fold(airing, over, heard)
    if word.cause is wire.Cause.FAILED:
        _failed(draft, folded, run, word)
    elif heard < word.played_samples:
        _broken_off(draft, folded, run, Cause.RIG)
    elif word.cause is wire.Cause.FINISHED:
        _played_out(draft, folded, run, word.detail)
    else:
        _broken_off(draft, folded, run, Cause.POWER)


def _fold(airing: Airing, over: Over, heard: int) -> Airing:
    """The airing with a run's exact count: the player's, as far as the rig was up."""
    word = over.word
    if not heard or over.first_at is None or over.last_at is None:
        return replace(airing, run=None)
    peak = airing.peak_dbfs
    return replace(
        airing,
        run=None,
        heard=add_heard(airing.heard, word.from_sample, word.from_sample + heard),
        started_at=airing.started_at or over.first_at,
        ended_at=min(over.last_at, over.first_at + span_of(heard)),
        underruns=airing.underruns + word.underruns,
        sounded=airing.sounded + heard,
        energy=airing.energy + energy_of(word.rms_dbfs, heard),
        peak_dbfs=word.peak_dbfs if peak is None else max(peak, word.peak_dbfs),
        relay=relays.count(airing.relay, word),
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


def _played_out(draft: Draft, airing: Airing, run: Run, detail: str) -> None:
    """The end of the recording: the end of the airing, or of one play of several.

    A stop or an all-clear may find a play at its very end: there is no next one then.
    """
    last = airing.plays + 1 >= airing.times
    if not last and run.stopping is not None and run.stopping.why is not Cause.DISPLACED:
        draft.end(airing, run.stopping.why, by=run.stopping.by)
    elif not last:
        draft.shift(airing, Phase.DISPLACED, plays=airing.plays + 1, heard=(), cut=None)
    else:
        draft.end(airing, Cause.FINISHED, detail)


def _broken_off(draft: Draft, airing: Airing, run: Run, fault: Cause) -> None:
    """A run ended before its recording did: as it was told to, or by a fault."""
    stopping = run.stopping
    if stopping is None:
        _fault(draft, airing, run, fault)
    elif stopping.why is Cause.DISPLACED:
        _displaced(draft, airing, run, stopping.by)
    elif stopping.why is Cause.RIG:
        _fault(draft, airing, run, Cause.RIG)
    else:
        draft.end(airing, stopping.why, by=stopping.by)


def _displaced(draft: Draft, airing: Airing, run: Run, by: str) -> None:
    if by and airing.started_at is not None:
        draft.write(Displaced(airing=airing.id, by=by, played_samples=airing.played))
        if airing.resume is Resume.DROP:
            draft.end(airing, Cause.DISPLACED)
            return
    _wait(draft, airing, run, Cause.DISPLACED)


def _fault(draft: Draft, airing: Airing, run: Run, why: Cause) -> None:
    """Go on when it can, unless the player has failed it too often."""
    faults = airing.faults + (why not in BLAMELESS)
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
