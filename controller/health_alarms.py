"""Alarms of what stations measure: raised when something becomes wrong, cleared when it is well."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.reports import Beat
from controller.alarms import clear_alarms, raise_alarms
from controller.model import Alarm
from controller.station_ills import RULES, ills


def follow(session: Session, beats: Mapping[str, Beat], now: datetime) -> None:
    """One question for all; only what changes is written."""
    query = select(Alarm.station_id, Alarm.code).where(
        Alarm.code.in_(RULES), Alarm.station_id.in_(beats), Alarm.cleared_at.is_(None)
    )
    known: dict[str, set[str]] = defaultdict(set)
    for station, code in session.execute(query):
        known[str(station)].add(code)
    new: dict[str, dict[str, str]] = defaultdict(dict)
    over: dict[str, set[str]] = defaultdict(set)
    for station, beat in beats.items():
        found = ills(beat, known[station])
        for code in found.keys() - known[station]:
            new[code][station] = found[code]
        for code in known[station] - found.keys():
            over[code].add(station)
    for code, details in sorted(new.items()):
        raise_alarms(session, code, details, now)
    for code, stations in sorted(over.items()):
        clear_alarms(session, code, stations, now)
