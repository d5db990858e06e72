"""Planning: keeps the airing table equal to what the approvals and the planner say."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import StationId, new_id
from contract.states import AIRING_MOVES, AiringState, move
from controller import placed
from controller.alarms import sound_alarm
from controller.approved import Approved, read_approved
from controller.fleet import Fleet
from controller.model import Airing, Holiday
from controller.placed import approval_of, read_places
from scheduler.planner import LOOKBACK, Planned, plan
from scheduler.refusal import Refused

HORIZON = timedelta(days=10)
"""Plans reach 10 days, so that 7 days without network are always covered."""

MARGIN = timedelta(days=1)
"""Rows older than the planner's look back by this are over, whatever their length."""

CHANGED = "Lịch đã thay đổi: lượt phát không còn chỗ vào giờ này."
VOIDED = "Bản tin đã được sửa hoặc rút sau khi duyệt."
MUST_WAIT = "Phải chờ bản tin khác nên lệch khỏi giờ đã được duyệt."

NOT_GRANTED = "Giờ này không có trong lần duyệt: sửa và gửi duyệt lại."

Key = tuple[str, datetime]


class Wanted(Struct):
    """What the row of one approval and start should say."""

    state: AiringState
    ends_at: datetime
    targets: list[str]
    reason: str = ""
    rank: int = 0


def reconcile(session: Session, fleet: Fleet, now: datetime) -> None:
    """Insert, change, refuse and cancel airings of the next days; running it again changes nothing.

    What has started is left alone.
    """
    troubled = partial(sound_alarm, session, "unplannable", now=now)
    approved = {one.approval_id: one for one in read_approved(session, now, tell=troubled)}
    places = read_places(session)
    here = (one for one in approved.values() if not _is_left_to_others(one, fleet))
    entries = [entry for one in here for entry in placed.entries(one, fleet, places)]
    holidays = frozenset(session.scalars(select(Holiday.day)))
    planned = plan(entries, fleet.windows, holidays, now, now + HORIZON)
    wanted = wanted_rows(planned, approved, fleet)
    rows = _rows(session, now)
    for key, want in wanted.items():
        if key in rows:
            _change(rows[key], want, now)
        else:
            session.add(_new(approved[key[0]], key[1], want, now))
    for key, row in rows.items():
        if key not in wanted and row.state == AiringState.PLANNED and row.starts_at > now:
            _drop(row, approved)
    session.flush()


def wanted_rows(planned: Planned, approved: dict[str, Approved], fleet: Fleet) -> dict[Key, Wanted]:
    """One row for each approval and start, however many groups of stations it was planned for."""
    stations: dict[Key, frozenset[StationId]] = {}
    wanted: dict[Key, Wanted] = {}
    for airing in planned.airings:
        key = (approval_of(airing.entry), airing.starts_at)
        stations[key] = stations.get(key, frozenset()) | airing.targets
        one = approved[key[0]]
        allowed = one.allows(airing.starts_at, airing.ends_at)
        state = AiringState.PLANNED if allowed else AiringState.REFUSED
        reason = "" if allowed else NOT_GRANTED if one.slots else MUST_WAIT
        wanted[key] = Wanted(state, airing.ends_at, [], reason, airing.entry.standing.rank)
    for key, want in wanted.items():
        want.targets = _targets(approved[key[0]], stations[key], fleet)
    for refused in planned.refused:
        _note_refusal(wanted, refused, approved, fleet)
    return wanted


def _is_left_to_others(one: Approved, fleet: Fleet) -> bool:
    """Whether all of its stations are in places that choose for themselves."""
    return bool(fleet.under(one.targets)) and not one.stations(fleet)


def _targets(one: Approved, stations: Iterable[StationId], fleet: Fleet) -> list[str]:
    """The bulletin's own targets when all of them are meant, else the part that is."""
    meant = frozenset(stations)
    whole = fleet.under(one.targets)
    return one.targets if meant == whole else fleet.cover(meant)


def _note_refusal(
    wanted: dict[Key, Wanted], refused: Refused, approved: dict[str, Approved], fleet: Fleet
) -> None:
    """A refusal of all targets is a row; of some of them, a remark on the airing of the rest."""
    key = (approval_of(refused.entry), refused.due_at)
    if key in wanted:
        wanted[key].reason = refused.message
        return
    wanted[key] = Wanted(
        state=AiringState.REFUSED,
        ends_at=refused.due_at + refused.entry.duration,
        targets=_targets(approved[key[0]], refused.targets, fleet),
        reason=refused.message,
        rank=refused.entry.standing.rank,
    )


def _rows(session: Session, now: datetime) -> dict[Key, Airing]:
    """The rows that the planner can speak about: it looks back one day."""
    query = select(Airing).where(Airing.starts_at >= now - LOOKBACK - MARGIN)
    return {(row.approval_id, row.starts_at): row for row in session.scalars(query)}


def _new(one: Approved, starts_at: datetime, want: Wanted, now: datetime) -> Airing:
    return Airing(
        id=new_id(now),
        bulletin_id=one.bulletin_id,
        approval_id=one.approval_id,
        recording_sha256=one.recording_sha256,
        cls=one.cls,
        rank=want.rank,
        starts_at=starts_at,
        ends_at=want.ends_at,
        targets=want.targets,
        state=want.state,
        reason=want.reason,
    )


def _change(row: Airing, want: Wanted, now: datetime) -> None:
    if row.state not in (AiringState.PLANNED, AiringState.REFUSED) or row.starts_at <= now:
        return
    if row.state != want.state:
        row.state = move(AIRING_MOVES, AiringState(row.state), want.state)
    row.ends_at, row.reason, row.rank = want.ends_at, want.reason, want.rank
    if row.targets != want.targets:
        row.targets = want.targets


def _drop(row: Airing, approved: dict[str, Approved]) -> None:
    """Refused while its approval stands, for then it may find a place again; else cancelled."""
    if row.approval_id in approved:
        new, row.reason = AiringState.REFUSED, CHANGED
    else:
        new, row.reason = AiringState.CANCELLED, VOIDED
    row.state = move(AIRING_MOVES, AiringState(row.state), new)
