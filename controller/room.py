"""Room: what the permitted hours in which a bulletin begins hold already, and what it adds."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import AiringState
from contract.windows import Window
from controller import areas, schedule, schedule_rows
from controller.approval import releasable
from controller.areas import local_day
from controller.bulletins import holidays
from controller.content import heard_rule
from controller.drafts import Draft
from controller.model import Bulletin, Recording
from controller.preview import duration_ms
from controller.reminding import WAITS
from scheduler.calendar import ZONE
from scheduler.pieces import Span
from scheduler.rules import starts

SILENT = (AiringState.REFUSED, AiringState.CANCELLED)


class Room(Struct, frozen=True, kw_only=True):
    """The hours around the next start of a bulletin, in the first of its places; lengths in
    seconds. `waiting_s` is what others have sent and nobody has approved yet.
    """

    place: str
    start: datetime
    hours: Span
    used_s: float
    waiting_s: float
    own_s: float

    @property
    def is_all_day(self) -> bool:
        """Whether there is no end to speak of."""
        return self.hours[1] - self.hours[0] >= timedelta(days=1)

    @property
    def free_s(self) -> float:
        """What is left without this bulletin; below zero when the others are too many already."""
        opens, closes = self.hours
        return (closes - opens).total_seconds() - self.used_s - self.waiting_s

    @property
    def over_s(self) -> float:
        """By how much too much is wanted: of the hours as a whole, or behind its own start."""
        left = (self.hours[1] - self.start).total_seconds()
        return max(0.0, self.own_s - self.free_s, self.own_s - left)


def room(
    session: Session,
    draft: Draft,
    *,
    now: datetime,
    bulletin_id: str = "",
    recording_sha256: str | None = None,
) -> Room | None:
    """Of its next start; None when there is none, or outside of all permitted hours."""
    ahead = releasable(draft.rule, now, holidays(session), draft.expires_on)
    if not ahead or not draft.targets:
        return None
    start, place = ahead[0], draft.targets[0]
    windows = areas.permitted_windows(session, [place], local_day(start))[place]
    hours = around(windows, start)
    if hours is None:
        return None
    row = schedule_rows.one(session, place, local_day(start))
    return Room(
        place=row.name,
        start=start,
        hours=hours,
        used_s=_used_s(session, row, hours, bulletin_id, now),
        waiting_s=_waiting_s(session, row, hours, bulletin_id),
        own_s=duration_ms(session, draft, recording_sha256) / 1000,
    )


def around(windows: Sequence[Window], start: datetime) -> Span | None:
    """The permitted hours in which a start lies, windows that touch being one; None: in none."""
    midnight = start.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    joined: list[Span] = []
    for window in sorted(windows):
        opens, closes = (midnight + _since_midnight(each) for each in (window.start, window.end))
        if joined and opens <= joined[-1][1]:
            opens = joined.pop()[0]
        joined.append((opens, closes))
    return next((span for span in joined if span[0] <= start < span[1]), None)


def taken_s(hours: Span, spans: Iterable[Span]) -> float:
    """For how much of the hours somebody is heard; those heard at once count once."""
    total, reached = 0.0, hours[0]
    for begin, end in sorted(spans):
        since, until = max(begin, reached), min(end, hours[1])
        if until > since:
            total, reached = total + (until - since).total_seconds(), until
    return total


def _used_s(
    session: Session, row: schedule_rows.Row, hours: Span, besides: str, now: datetime
) -> float:
    slots = [
        slot
        for slot in schedule.read(session, *hours, now=now)
        if slot.state not in SILENT and slot.bulletin_id != besides
    ]
    homes = schedule_rows.homes_of(session, slots)
    heard = schedule_rows.touching([row], slots, homes)[row.id]
    return taken_s(hours, [(slot.starts_at, slot.ends_at) for slot in heard])


def _waiting_s(session: Session, row: schedule_rows.Row, hours: Span, besides: str) -> float:
    """One after the other, as they would be heard."""
    query = (
        select(Bulletin, Recording.samples)
        .join(Recording, Recording.sha256 == Bulletin.recording_sha256)
        .where(*WAITS, Bulletin.id != besides, Bulletin.area_id.in_(row.members | row.above))
    )
    off = holidays(session)
    rows = list(session.execute(query))
    homes = schedule_rows.homes_of(session, [bulletin for bulletin, _ in rows])
    touched = {
        each.id for each in schedule_rows.touching([row], [b for b, _ in rows], homes)[row.id]
    }
    return sum(
        (bulletin.relay_s or samples / 48_000) * len(starts(heard_rule(bulletin), *hours, off))
        for bulletin, samples in rows
        if bulletin.id in touched
    )


def _since_midnight(wall_time: str) -> timedelta:
    return timedelta(hours=int(wall_time[:2]), minutes=int(wall_time[3:]))
