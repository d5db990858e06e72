"""Slots: which airings a box of another maker may hold at a moment. Pure.

It checks no signature, knows no permitted hours and no precedence: all that is decided here, and
what may not sound is not given to it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct, structs

from contract.precedence import Standing, precedence_key
from contract.states import Cause, Class
from contract.windows import Window, open_until
from scheduler.calendar import ZONE

LATE_LIMIT = timedelta(minutes=2)
"""As `late_limit_ms` of our own stations: what has not been given by then is not aired late."""

SLACK = timedelta(seconds=30)
"""An emergency that was given is over this long after its length: the box had to fetch it first."""


class Slot(Struct, frozen=True, kw_only=True):
    """One airing on one box. Of an emergency, `starts_at` is when it was approved."""

    airing: str
    bulletin: str
    title: str
    recording: str  # sha256
    size: int
    samples: int  # at 48 kHz
    cls: Class
    rank: int
    starts_at: datetime
    ends_at: datetime

    @property
    def cuts_in(self) -> bool:
        """Whether it is to sound as soon as the box knows of it."""
        return self.cls is Class.EMERGENCY

    @property
    def seconds(self) -> float:
        """Length of the recording."""
        return self.samples / 48_000


class Candidate(Struct, frozen=True):
    """An airing that is due there, and why it must not sound whatever the hour."""

    slot: Slot
    withheld: Cause | None = None


class Choice(Struct, frozen=True):
    """The slots by start, and why the other airings are no slots."""

    slots: tuple[Slot, ...]
    withheld: Mapping[str, Cause]


class Moment(Struct, frozen=True, kw_only=True):
    """What is known of a box at `now`: its hours, the last stop, what it was given and has ended.

    `given` says when it was given each airing.
    """

    now: datetime
    windows: tuple[Window, ...]
    stopped_at: datetime | None = None
    given: Mapping[str, datetime] = {}
    ended: Collection[str] = ()


def choose(candidates: Iterable[Candidate], moment: Moment) -> Choice:
    """The highest precedence first; what it covers is cut at its start, or not given at all."""
    taken: list[tuple[datetime, datetime]] = []
    slots: list[Slot] = []
    withheld: dict[str, Cause] = {}
    for one in sorted(candidates, key=_precedence):
        begin, end = _span(one.slot, moment)
        cause = _hindrance(one, begin, moment)
        if cause is None and any(b <= begin < e for b, e in taken):
            cause = Cause.DISPLACED
        if cause is not None:
            withheld[one.slot.airing] = cause
            continue
        end = min([end, *(b for b, _ in taken if b > begin)])
        taken.append((begin, end))
        # who comes late still warns, as long as the emergency stands
        ends_at = one.slot.ends_at if one.slot.cuts_in else end
        if ends_at > moment.now:
            slots.append(structs.replace(one.slot, ends_at=ends_at))
    slots.sort(key=lambda slot: (slot.starts_at, slot.airing))
    return Choice(tuple(slots), withheld)


def _precedence(one: Candidate) -> tuple[int, int, int, str]:
    slot = one.slot
    return precedence_key(
        Standing(id=slot.airing, cls=slot.cls, rank=slot.rank, since=slot.starts_at)
    )


def _span(slot: Slot, moment: Moment) -> tuple[datetime, datetime]:
    """When it takes the air there: an emergency from when the box learns of it."""
    if slot.cuts_in:
        begin = moment.given.get(slot.airing, max(moment.now, slot.starts_at))
        return begin, begin + timedelta(seconds=slot.seconds) + SLACK
    allowed = open_until(moment.windows, slot.starts_at, slot.ends_at, ZONE)
    return slot.starts_at, allowed


def _hindrance(one: Candidate, begin: datetime, moment: Moment) -> Cause | None:
    slot = one.slot
    if one.withheld is not None:
        return one.withheld
    if slot.airing in moment.ended:
        return Cause.FINISHED
    if moment.stopped_at is not None and slot.starts_at <= moment.stopped_at:
        return Cause.STOPPED
    if slot.cuts_in:
        return Cause.LATE if moment.now >= slot.ends_at else None
    if _span(slot, moment)[1] <= begin:
        return Cause.WINDOW
    late = moment.now > slot.starts_at + LATE_LIMIT
    return Cause.LATE if late and slot.airing not in moment.given else None
