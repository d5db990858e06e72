"""Presence: what stations last said about themselves."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import update
from sqlalchemy.orm import Session

from contract.reports import Beat, State
from controller import plans
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


def take_state(session: Session, state: State, now: datetime) -> None:
    """A birth, a change or a last will. Stale ones are ignored."""
    known = session.get_one(StationState, state.station, with_for_update=True)
    if is_stale(known, state):
        return
    if known.boot != state.boot or known.changed_at is None or state.at > known.changed_at:
        known.changed_at = state.at
    known.boot, known.online = state.boot, state.online
    if not state.online:
        known.on_air = None
        session.flush()
        return
    known.seen_at, known.agent = now, state.agent[:40]
    known.on_air = None if state.on_air is None else msgspec.to_builtins(state.on_air)
    known.plan_epoch = state.plan.epoch if state.plan else None
    known.plan_version = state.plan.version if state.plan else None
    session.flush()
    plans.shown(session, state.station, state.plan, now)


def take_beats(session: Session, beats: Iterable[Beat], now: datetime) -> None:
    """Telemetry; only the last beat of each station is written."""
    rows = {
        beat.station: {
            "station_id": beat.station,
            "seen_at": now,
            "volume": beat.volume,
            "free_bytes": beat.free_bytes,
            "rss_bytes": beat.rss_bytes,
            "recordings": beat.recordings,
            "underruns": beat.underruns,
            "clock_offset_ms": beat.clock_offset_ms,
        }
        for beat in beats
    }
    if rows:
        session.execute(update(StationState), list(rows.values()))


def seen(session: Session, stations: Iterable[str], now: datetime) -> None:
    """A station that sends anything is there."""
    session.execute(
        update(StationState).where(StationState.station_id.in_(list(stations))).values(seen_at=now)
    )
