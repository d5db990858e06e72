"""The public holidays as the calendar library knows them, for people to correct afterwards."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller.model import Holiday
from scheduler.calendar import vietnam_holidays


def load(session: Session, years: Iterable[int]) -> int:
    """Insert the holidays of those years that have none yet; the number of days added."""
    added = 0
    for year in years:
        first, last = date(year, 1, 1), date(year, 12, 31)
        known = select(Holiday.day).where(Holiday.day.between(first, last)).limit(1)
        if session.scalars(known).first() is None:
            days = vietnam_holidays(year)
            session.add_all(Holiday(day=each.day, name=each.name) for each in days)
            added += len(days)
    return added
