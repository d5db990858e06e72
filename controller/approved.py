"""Approved: the bulletins that may be planned, as the planner and the plans need them."""

import math
from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from functools import lru_cache

from msgspec import Struct, structs
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from contract import codec
from contract.errors import Unreadable
from contract.ids import StationId
from contract.messages import Envelope, Release
from contract.precedence import Standing
from contract.states import BulletinState, Class, Resume
from controller import moved
from controller.content import heard_rule
from controller.fleet import Fleet
from controller.model import Approval, Bulletin, Decision, Recording
from controller.relays import begun, grants
from controller.relays.begun import Begun
from scheduler.airing import LIVE_RANK, Entry
from scheduler.expiry import midnight
from scheduler.pieces import Span
from scheduler.planner import LOOKBACK
from scheduler.rules import Rule

AHEAD = timedelta(days=11)
"""Plans reach 10 days; of a year of granted slots, those beyond are not asked for."""


class Approved(Struct, frozen=True):
    """A bulletin with its approval in force and the recording that was approved."""

    approval_id: str
    bulletin_id: str
    area_id: str
    recording_sha256: str
    title: str
    cls: Class
    rule: Rule
    targets: list[str]
    duration_ms: int
    approved_at: datetime
    released: Span
    starts: tuple[datetime, ...] = ()  # the exact ones of a release; empty: any in `released`
    slots: tuple[Span, ...] = ()  # granted ones of a relay
    expires_at: datetime | None = None  # nothing is heard from then on
    begun: Begun = {}  # what stations hold of those that are on

    @property
    def rank(self) -> int:
        """Its place within its class (contract.precedence)."""
        return LIVE_RANK if self.slots else 0

    def stations(self, fleet: Fleet) -> frozenset[StationId]:
        """Where it enters the programme by itself; elsewhere a place chooses (controller.inbox)."""
        if self.cls is Class.NORMAL:
            return fleet.unasked(self.area_id, self.targets)
        return fleet.under(self.targets)

    def entry(self, fleet: Fleet) -> Entry:
        """What the planner knows of it; the entry is named by the approval."""
        return Entry(
            standing=Standing(
                id=self.approval_id, cls=self.cls, rank=self.rank, since=self.approved_at
            ),
            title=self.title,
            rule=self.rule,
            duration_ms=self.duration_ms,
            targets=self.stations(fleet),
            released_from=self.released[0],
            released_until=self.released[1],
            resume=Resume.JOIN if self.slots else Resume.AT_CUT,
            live=bool(self.slots),
            begun=self.begun,
        )

    def allows(self, start: datetime, end: datetime) -> bool:
        """Whether people approved this very start, or any; of a relay, a slot that covers it."""
        if self.slots:
            return any(slot[0] <= start and end <= slot[1] for slot in self.slots)
        return not self.starts or start in self.starts


PLANNED = (Class.PRIORITY, Class.NORMAL)


def read_approved(
    session: Session,
    now: datetime,
    classes: Collection[Class] = PLANNED,
    *,
    near: AbstractSet[str] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Approved]:
    """Bulletins of these classes in force whose release is not over.

    An emergency is sounded when it is approved, and never planned. One row that cannot be read
    does not keep the others off the air: `tell` gets a sentence about it. `near` leaves out what is
    aimed at none of these areas and stations.
    """
    query = (
        select(Approval, Bulletin, Recording.samples)
        .join(Bulletin, Bulletin.id == Approval.bulletin_id)
        .join(Recording, Recording.sha256 == Bulletin.recording_sha256)
        .where(
            Bulletin.state == BulletinState.APPROVED,
            Bulletin.cls.in_(classes),
            Approval.decision == Decision.APPROVED,
            Approval.voided_at.is_(None),
        )
        .order_by(Approval.id)
    )
    if near is not None:
        aimed = session.execute(query.with_only_columns(Approval.id, Bulletin.targets))
        meant = [id_ for id_, targets in aimed if not near.isdisjoint(targets)]
        query = query.where(Approval.id.in_(meant))
    rows = list(session.execute(query))
    relays = [approval.id for approval, bulletin, _ in rows if bulletin.relay_source]
    slots = grants.spans(session, relays, now - LOOKBACK, now + AHEAD)
    held = begun.of(session, slots, now)
    moves = moved.in_force(session, now - LOOKBACK)
    return [
        structs.replace(
            one,
            begun=held.get(one.approval_id, {}),
            rule=moved.applied(one.rule, moves.get(one.approval_id, [])),
        )
        for one in _readable(rows, slots, now, tell)
    ]


def _readable(
    rows: Iterable[Row[Approval, Bulletin, int]],
    slots: Mapping[str, list[Span]],
    now: datetime,
    tell: Callable[[str], None],
) -> Iterator[Approved]:
    for approval, bulletin, samples in rows:
        if bulletin.relay_source and approval.id not in slots:
            continue  # none of them is near
        try:
            one = _approved(approval, bulletin, samples, tuple(slots.get(approval.id, ())))
        except (ValueError, Unreadable) as error:  # msgspec's errors are ValueErrors
            tell(f"Bản tin {bulletin.id} đã duyệt nhưng không xếp lịch được: {error}")
            continue
        if one.released[1] > now - LOOKBACK:
            yield one


def _approved(
    approval: Approval, bulletin: Bulletin, samples: int, slots: tuple[Span, ...]
) -> Approved:
    """Raises ValueError and Unreadable."""
    starts: tuple[datetime, ...] = ()
    if slots:
        duration_ms = bulletin.relay_s * 1_000
        released = (slots[0][0], slots[-1][1])
    elif approval.release is None:
        raise ValueError("không có bản phê duyệt đã ký")
    else:
        release = read_release(approval.release)
        starts, duration_ms = release.starts, max(1, math.ceil(samples / 48))
        released = (release.nbf, release.exp)
    return Approved(
        approval_id=approval.id,
        bulletin_id=bulletin.id,
        area_id=bulletin.area_id,
        recording_sha256=bulletin.recording_sha256 or "",
        title=bulletin.title,
        cls=Class(bulletin.cls),
        rule=heard_rule(bulletin),
        expires_at=midnight(bulletin.expires_on) if bulletin.expires_on else None,
        targets=bulletin.targets,
        duration_ms=duration_ms,
        approved_at=approval.at,
        released=released,
        starts=starts,
        slots=slots,
    )


@lru_cache(maxsize=4_096)  # 4,096 approvals in force are far more than a province has
def read_release(envelope: bytes) -> Release:
    """The payload of a stored release, which this server signed itself. Raises Unreadable."""
    found = codec.decode(Envelope, envelope)
    return codec.unwrap(Release, found.payloadType, b64decode(found.payload))
