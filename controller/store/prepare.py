"""A database ready for work: in its present shape, with the country's areas and holidays."""

from datetime import datetime

from controller.areas import local_day
from controller.store import migrate
from controller.store.engine import Store
from controller.store.seed import holidays, units

YEARS_AHEAD = 2
"""Rules are written months ahead; undecreed swap days are corrected by people anyway."""


def prepare(store: Store, now: datetime) -> None:
    """Called at each start; does only what is missing."""
    migrate.upgrade(store)
    year = local_day(now).year
    with store.writing() as session:
        units.load(session)
        holidays.load(session, range(year, year + YEARS_AHEAD))
