"""Alarms of what stations measure: raised when something becomes wrong, cleared when it is well."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.reports import Beat
from controller.alarms import clear_alarms, sound_alarm
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
    over: dict[str, set[str]] = defaultdict(set)
    for station, beat in beats.items():
        found = ills(beat, known[station])
        for code in sorted(found.keys() - known[station]):
            sound_alarm(session, code, found[code], now, station)
        for code in known[station] - found.keys():
            over[code].add(station)
    for code, stations in over.items():
        clear_alarms(session, code, stations, now)
