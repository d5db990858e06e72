"""Presence: what stations last said about themselves."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from contract.reports import Beat, PlanHeld, State
from controller import gaps, health_alarms, plans, samples
from controller.model import StationState


def is_stale(known: StationState, state: State) -> bool:
    """Whether what we know is newer.

    A last will carries the time of its connection, so one of this boot is believed whatever its
    time. Of two boots the later is believed, or any when the known one went off the net: a box
    without a clock battery may start in the past.
    """
    if known.changed_at is None or state.at >= known.changed_at:
        return False
    if state.boot == known.boot:
        return state.online
    return known.online


def take_states(session: Session, states: Sequence[State], now: datetime) -> None:
    """Births, changes and last wills, in the order in which they came. Stale ones are ignored."""
    stations = {state.station for state in states}
    query = (
        select(StationState)
        .where(StationState.station_id.in_(stations))
        .order_by(StationState.station_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    known = {row.station_id: row for row in session.scalars(query)}
    held: dict[str, PlanHeld | None] = {}
    turns = gaps.Turns(session, now)
    for state in states:
        if not is_stale(known[state.station], state):
            turns.note(known[state.station], online=state.online)
            _write(known[state.station], state, now)
            if state.online:
                held[state.station] = state.plan
    turns.write()
    session.flush()
    plans.shown(session, held, now)


def _write(known: StationState, state: State, now: datetime) -> None:
    if known.boot != state.boot or known.changed_at is None or state.at > known.changed_at:
        known.changed_at = state.at
    known.boot, known.online = state.boot, state.online
    if not state.online:
        known.on_air, known.stance = None, None
        return
    known.seen_at, known.agent = now, state.agent[:40]
    known.on_air = None if state.on_air is None else msgspec.to_builtins(state.on_air)
    known.stance = msgspec.to_builtins(state.stance) if state.stance else None
    known.troubles = list(state.troubles) if state.troubles else []
    known.receivers = state.receivers[:20] if state.receivers else ""
    known.plan_epoch = state.plan.epoch if state.plan else None
    known.plan_version = state.plan.version if state.plan else None


def take_beats(session: Session, beats: Iterable[Beat], now: datetime) -> None:
    """Telemetry; only the last beat of each station is written."""
    newest = {beat.station: beat for beat in beats}
    rows = [
        {
            "station_id": beat.station,
            "seen_at": now,
            "volume": beat.volume,
            "free_bytes": beat.free_bytes,
            "rss_bytes": beat.rss_bytes,
            "recordings": beat.recordings,
            "underruns": beat.underruns,
            "clock_offset_ms": beat.clock_offset_ms,
            "telemetry": msgspec.to_builtins(beat),
        }
        for beat in newest.values()
    ]
    if rows:
        gaps.heard(session, newest, now)
        session.execute(update(StationState), rows)
        samples.keep(session, newest, now)
        health_alarms.follow(session, newest, now)


def seen(session: Session, stations: Iterable[str], now: datetime) -> None:
    """A station that sends anything is there."""
    names = list(stations)
    gaps.heard(session, names, now)
    session.execute(
        update(StationState).where(StationState.station_id.in_(names)).values(seen_at=now)
    )
