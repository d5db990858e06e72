"""Elsewhere: other hours at which a draft is heard whole and hinders nobody: the one nearest to
the chosen one, and the one right behind what it meets there.

The planner that makes the plans is asked, hour by hour; there is no second reckoning.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from msgspec import Struct, structs
from sqlalchemy.orm import Session

from controller.areas import local_day
from controller.bulletins import holidays
from controller.drafts import Draft
from controller.fleet import Fleet, read_fleet
from controller.permissions import Who
from controller.preview import AHEAD, entry_of, neighbours, require_composer
from scheduler import preview as scheduler_preview
from scheduler.airing import Entry
from scheduler.calendar import ZONE
from scheduler.planner import Planned, plan

STEP, FURTHEST, MINUTE = timedelta(minutes=15), timedelta(hours=3), timedelta(minutes=1)
_A_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - wall times of any day are reckoned with


class Hours(Struct, frozen=True):
    """Wall times of the draft's day or days; each None when there is none within three hours."""

    free: time | None = None  # the nearest, in steps of a quarter
    behind: time | None = None  # the first full minute after something that it would meet


def hours(
    session: Session,
    asking: Who,
    draft: Draft,
    *,
    now: datetime,
    bulletin_id: str = "",
    recording_sha256: str | None = None,
) -> Hours:
    """Of a draft with one hour of the day. Raises NotFound for places out of reach."""
    require_composer(session, asking, draft, now)
    if len(draft.rule.times) != 1 or draft.rule.extras or draft.rule.moves:
        return Hours()
    fleet, chosen = read_fleet(session, local_day(now)), draft.rule.times[0]

    def at(hour: time) -> Entry | None:
        there = structs.replace(draft, rule=structs.replace(draft.rule, times=(hour,)))
        return entry_of(
            session, fleet, there, now, bulletin_id=bulletin_id, recording_sha256=recording_sha256
        )

    entry = at(chosen) or next(filter(None, map(at, _around(chosen))), None)
    if entry is None:
        return Hours()  # gone by already
    beside = neighbours(session, fleet, entry, bulletin_id, now)
    asked = _Planner(session, fleet, entry, beside, now)
    return Hours(
        free=asked.first_free(_around(chosen), at),
        behind=asked.first_free(asked.ends_behind(chosen), at),
    )


class _Planner:
    """What is on the air already, planned anew with the draft at each hour."""

    def __init__(
        self, session: Session, fleet: Fleet, entry: Entry, beside: Sequence[Entry], now: datetime
    ) -> None:
        self._beside, self._now = beside, now
        self._windows = {station: fleet.windows[station] for station in entry.targets}
        self._holidays = holidays(session)

    def first_free(self, wanted: Iterable[time], at: Callable[[time], Entry | None]) -> time | None:
        """The first of these hours at which all of its airings are whole and touch nothing."""
        for hour in wanted:
            entry = at(hour)
            if entry is not None and _is_free(self._with(entry)):
                return hour
        return None

    def ends_behind(self, chosen: time) -> list[time]:
        """The full minutes after an hour, within reach, at which something has just ended."""
        until = self._now + AHEAD
        air = plan(self._beside, self._windows, self._holidays, self._now, until)
        ends = {_next_minute(airing.ends_at.astimezone(ZONE)) for airing in air.airings}
        since = datetime.combine(_A_DAY, chosen)
        return sorted(
            end for end in ends if since < datetime.combine(_A_DAY, end) <= since + FURTHEST
        )

    def _with(self, entry: Entry) -> Planned:
        return scheduler_preview.preview(
            entry,
            self._beside,
            windows=self._windows,
            holidays=self._holidays,
            now=self._now,
            until=self._now + AHEAD,
        )


def _next_minute(at: datetime) -> time:
    full = at.replace(second=0, microsecond=0)
    return (full if full == at else full + MINUTE).time()


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
