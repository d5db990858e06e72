"""Elsewhere: the hour nearest to the chosen one at which a draft is heard whole and hinders nobody.

The planner that makes the plans is asked, hour by hour; there is no second reckoning.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from msgspec import structs
from sqlalchemy.orm import Session

from controller.areas import local_day
from controller.bulletins import holidays
from controller.drafts import Draft
from controller.fleet import read_fleet
from controller.permissions import Who
from controller.preview import AHEAD, entry_of, neighbours, require_composer
from scheduler import preview as scheduler_preview
from scheduler.planner import Planned

STEP, FURTHEST = timedelta(minutes=15), timedelta(hours=3)
_A_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - wall times of any day are reckoned with


def free_hour(
    session: Session,
    asking: Who,
    draft: Draft,
    *,
    now: datetime,
    bulletin_id: str = "",
    recording_sha256: str | None = None,
) -> time | None:
    """Of a draft with one hour of the day; None when there is none within three hours.

    Raises NotFound for places out of reach.
    """
    require_composer(session, asking, draft, now)
    if len(draft.rule.times) != 1 or draft.rule.extras or draft.rule.moves:
        return None
    fleet = read_fleet(session, local_day(now))
    off = holidays(session)
    beside = None
    for hour in _around(draft.rule.times[0]):
        rule = structs.replace(draft.rule, times=(hour,))
        there = structs.replace(draft, rule=rule)
        entry = entry_of(
            session, fleet, there, now, bulletin_id=bulletin_id, recording_sha256=recording_sha256
        )
        if entry is None:
            continue  # gone by already
        if beside is None:
            beside = neighbours(session, fleet, entry, bulletin_id, now)
        windows = {station: fleet.windows[station] for station in entry.targets}
        seen = scheduler_preview.preview(
            entry, beside, windows=windows, holidays=off, now=now, until=now + AHEAD
        )
        if _is_free(seen):
            return hour
    return None


def _is_free(seen: Planned) -> bool:
    waits = any(airing.starts_at != airing.due_at for airing in seen.airings)
    return bool(seen.airings) and not (waits or seen.conflicts or seen.refused)


def _around(hour: time) -> Iterator[time]:
    """The nearest first, a later one before an earlier one; of the same day."""
    chosen = datetime.combine(_A_DAY, hour)
    for n in range(1, FURTHEST // STEP + 1):
        for at in (chosen + n * STEP, chosen - n * STEP):
            if at.date() == chosen.date():
                yield at.time()
