"""Heard: what a box of another maker says becomes lines of a journal that the server keeps for it.

So verdicts come of it as of any station's journal, once, and with evidence below L0.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import structs
from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from contract.reports import Ended, Event, Line, Report, Started
from contract.states import Cause, Class
from controller import reporting
from controller.alarms import sound_alarm
from controller.foreign.ports import Said, What
from controller.foreign.slots import LATE_LIMIT
from controller.model import (
    SELF_TOLD,
    Airing,
    ForeignBox,
    ForeignOffer,
    JournalLine,
    Recording,
    StationState,
)

JOURNAL = "box"
HASTE = timedelta(seconds=5)
"""A box's clock may be so far ahead, and its count of seconds so generous."""

CAUSES: Mapping[What, Cause] = {
    What.FINISHED: Cause.FINISHED,
    What.STOPPED: Cause.STOPPED,
    What.FAILED: Cause.PLAYER,
}


def take(session: Session, box: ForeignBox, said: Sequence[Said], now: datetime) -> None:
    """Store what is new of it; of each airing the first beginning and the first end count."""
    session.get_one(ForeignBox, box.station_id, with_for_update=True)  # one number a line
    for one in said:
        offer = _offer(session, box.station_id, one, now)
        if offer is None:
            detail = f"Thiết bị báo về lượt phát {one.airing!r} mà nó không được giao."
            sound_alarm(session, "foreign_stray", detail, now, box.station_id)
        else:
            _store(session, offer, one, now)


def there(session: Session, station: str, now: datetime) -> None:
    """The box was heard."""
    state = session.get_one(StationState, station)
    state.online, state.seen_at = True, now


def _store(session: Session, offer: ForeignOffer, said: Said, now: datetime) -> None:
    airing = session.get_one(Airing, offer.airing_id)
    recording = session.get_one(Recording, airing.recording_sha256)
    began = _told(session, offer, "started")
    if _told(session, offer, "ended") or (began and said.what is What.PLAYING):
        return
    event: Event
    if said.what is What.PLAYING:
        event = Started(
            airing=airing.id,
            bulletin=airing.bulletin_id,
            recording=recording.sha256,
            cls=Class(airing.cls),
            planned_at=airing.starts_at,
            from_sample=0,
        )
        at = min(said.started_at or now, now)
    else:
        said = structs.replace(said, started_at=said.started_at or began)
        event = _ended(airing, recording.samples, said, offer.given_at, now)
        at = now
    _write(session, offer.station_id, at, event, now)
    _on_air(session, offer, airing, event, at)


def _ended(airing: Airing, total: int, said: Said, given_at: datetime, now: datetime) -> Ended:
    """No box has played longer than there was time for since it was given the airing."""
    played_s = _played_s(said, total / 48_000, now)
    # of an emergency `starts_at` is the approval
    room_s = (now - max(given_at, airing.starts_at) + HASTE).total_seconds()
    possible_s = min(played_s, max(0.0, room_s))
    detail = said.detail
    if possible_s < played_s:
        detail = f"Thiết bị báo đã phát {played_s:.0f} giây, lâu hơn thời gian có thể. {detail}"
    return Ended(
        airing=airing.id,
        bulletin=airing.bulletin_id,
        cls=Class(airing.cls),
        planned_at=airing.starts_at,
        cause=CAUSES[said.what],
        played_samples=min(total, round(possible_s * 48_000)),
        total_samples=total,
        started_at=said.started_at,
        ended_at=said.ended_at or now,
        evidence=SELF_TOLD,
        detail=detail.strip(),
    )


def _played_s(said: Said, whole_s: float, now: datetime) -> float:
    """As it says; else the whole of what it finished, or the time between its own two reports."""
    if said.played_s is not None:
        return said.played_s
    if said.what is What.FINISHED:
        return whole_s
    if said.started_at is None:
        return 0.0
    return max(0.0, ((said.ended_at or now) - said.started_at).total_seconds())


def _offer(session: Session, station: str, said: Said, now: datetime) -> ForeignOffer | None:
    """What the box was given under this name.

    Without a name it ends what it began last, though something else was given since, while that
    can still sound; else the last. Its end told once more is a repeat, never the next one's.
    """
    if said.airing:
        return session.get(ForeignOffer, (station, said.airing))
    given = select(ForeignOffer).where(ForeignOffer.station_id == station).limit(1)
    last = session.scalars(
        given.order_by(ForeignOffer.given_at.desc(), ForeignOffer.airing_id.desc())
    ).first()
    begun = session.scalars(_by_beginning(given)).first()
    if said.what is What.PLAYING or begun is None:
        return last
    if (end := _end(session, begun)) is not None:
        return begun if said.what is What.FINISHED or CAUSES[said.what] == end else last
    return begun if now < _silent_by(session, begun) else last


def _end(session: Session, offer: ForeignOffer) -> str | None:
    """As what an airing ended here; None while it has not."""
    query = select(JournalLine.event).where(
        JournalLine.station_id == offer.station_id,
        JournalLine.airing_id == offer.airing_id,
        JournalLine.type == "ended",
    )
    event = session.scalars(query.limit(1)).first()
    return None if event is None else str(event["cause"])


def _by_beginning(given: Select[ForeignOffer]) -> Select[ForeignOffer]:
    """What the box began, the latest first."""
    line = and_(
        JournalLine.station_id == ForeignOffer.station_id,
        JournalLine.airing_id == ForeignOffer.airing_id,
        JournalLine.journal == JOURNAL,
        JournalLine.type == "started",
    )
    return given.join(JournalLine, line).order_by(JournalLine.n.desc())


def _silent_by(session: Session, offer: ForeignOffer) -> datetime:
    """When it is over in any case, however late it was given."""
    airing = session.get_one(Airing, offer.airing_id)
    recording = session.get_one(Recording, airing.recording_sha256)
    length = timedelta(seconds=recording.samples / 48_000)
    return max(offer.ends_at, airing.ends_at, offer.given_at + length) + LATE_LIMIT


def _told(session: Session, offer: ForeignOffer, type_: str) -> datetime | None:
    """When the box told so of this airing."""
    query = select(JournalLine.at).where(
        JournalLine.station_id == offer.station_id,
        JournalLine.airing_id == offer.airing_id,
        JournalLine.type == type_,
    )
    return session.scalars(query.limit(1)).first()


def _write(session: Session, station: str, at: datetime, event: Event, now: datetime) -> None:
    newest = select(func.max(JournalLine.n)).where(
        JournalLine.station_id == station, JournalLine.journal == JOURNAL
    )
    line = Line(n=(session.scalar(newest) or 0) + 1, at=at, event=event)
    report = Report(station=station, journal=JOURNAL, lines=(line,))
    reporting.take_reports(session, [report], now)


def _on_air(
    session: Session, offer: ForeignOffer, airing: Airing, event: Event, at: datetime
) -> None:
    state = session.get_one(StationState, offer.station_id)
    if isinstance(event, Started):
        state.on_air = {"airing": airing.id, "cls": airing.cls, "started_at": at.isoformat()}
    elif state.on_air is not None and state.on_air["airing"] == airing.id:
        state.on_air = None
