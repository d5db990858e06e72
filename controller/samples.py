"""Samples: what each station measured, every ten minutes for two days, in slots used again."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from contract.reports import Beat
from controller.model import StationSample, StationState
from controller.upsert import insert

EVERY = timedelta(minutes=10)
"""Heat, charge and signal change by the hour; 3,000 stations make five rows a second."""

SLOTS = 288
"""Two days: what went wrong on the weekend is still there on Monday; nothing is ever deleted."""

SHOWN = timedelta(hours=24)

Figures = dict[str, float]


def keep(session: Session, beats: Mapping[str, Beat], now: datetime) -> None:
    """Of those stations whose last sample is old enough, one statement for all."""
    query = select(StationState.station_id).where(
        StationState.station_id.in_(beats),
        or_(StationState.sampled_at.is_(None), StationState.sampled_at <= now - EVERY),
    )
    due = session.scalars(query).all()
    if not due:
        return
    slot = int(now.timestamp() / EVERY.total_seconds()) % SLOTS
    rows = [
        {"station_id": name, "slot": slot, "at": now, "figures": figures_of(beats[name])}
        for name in due
    ]
    new = insert(session, StationSample)
    changed = {"at": new.excluded.at, "figures": new.excluded.figures}
    session.execute(
        new.on_conflict_do_update(index_elements=["station_id", "slot"], set_=changed), rows
    )
    session.execute(update(StationState), [{"station_id": name, "sampled_at": now} for name in due])


def figures_of(beat: Beat) -> Figures:
    """What is drawn as a line; what a station does not tell is left out."""
    machine, modem, senses = beat.machine or None, beat.modem or None, beat.senses or None
    found = {
        "cpu_c": machine and machine.cpu_c,
        "load": machine and machine.load,
        "memory_free_mb": machine and machine.memory_free_bytes and machine.memory_free_bytes / 1e6,
        "free_mb": beat.free_bytes / 1e6,
        "dbm": modem and modem.dbm,
        "battery_v": senses and senses.battery_v,
        "cabinet_c": senses and senses.temperature_c,
        "clock_ms": beat.clock_offset_ms,
    }
    return {name: round(value, 2) for name, value in found.items() if value is not None}


def latest(session: Session, station: str, now: datetime) -> list[StationSample]:
    """Those of the last day, oldest first."""
    query = select(StationSample).where(
        StationSample.station_id == station, StationSample.at > now - SHOWN
    )
    return list(session.scalars(query.order_by(StationSample.at)))
