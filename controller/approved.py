"""Approved: the bulletins that may be planned, as the planner and the plans need them."""

import math
from base64 import b64decode
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec
from contract.errors import Unreadable
from contract.messages import Envelope, Release
from contract.precedence import Standing
from contract.states import BulletinState, Class
from controller.alarms import sound_alarm
from controller.fleet import Fleet
from controller.model import Approval, Bulletin, Decision, Recording
from scheduler.airing import Entry
from scheduler.planner import LOOKBACK
from scheduler.rules import Rule


class Approved(Struct, frozen=True):
    """A bulletin with its approval in force and the recording that was approved."""

    approval_id: str
    bulletin_id: str
    recording_sha256: str
    title: str
    cls: Class
    rule: Rule
    targets: list[str]
    samples: int
    approved_at: datetime
    release: Release

    def entry(self, fleet: Fleet) -> Entry:
        """What the planner knows of it; the entry is named by the approval."""
        return Entry(
            standing=Standing(id=self.approval_id, cls=self.cls, rank=0, since=self.approved_at),
            title=self.title,
            rule=self.rule,
            duration_ms=max(1, math.ceil(self.samples / 48)),
            targets=fleet.under(self.targets),
            released_from=self.release.nbf,
            released_until=self.release.exp,
        )

    def allows(self, start: datetime) -> bool:
        """Whether the release names this very start, or any."""
        return not self.release.starts or start in self.release.starts


def read_approved(session: Session, now: datetime) -> list[Approved]:
    """Priority and normal bulletins in force whose release is not over.

    An emergency is sounded when it is approved, and never planned. One row that cannot be read
    raises an alarm and does not keep the others off the air.
    """
    query = (
        select(Approval, Bulletin, Recording.samples)
        .join(Bulletin, Bulletin.id == Approval.bulletin_id)
        .join(Recording, Recording.sha256 == Bulletin.recording_sha256)
        .where(
            Bulletin.state == BulletinState.APPROVED,
            Bulletin.cls != Class.EMERGENCY,
            Approval.decision == Decision.APPROVED,
            Approval.voided_at.is_(None),
        )
        .order_by(Approval.id)
    )
    return list(_readable(session, session.execute(query), now))


def _readable(
    session: Session, rows: Iterable[tuple[Approval, Bulletin, int]], now: datetime
) -> Iterator[Approved]:
    for approval, bulletin, samples in rows:
        try:
            one = _approved(approval, bulletin, samples)
        except (ValueError, Unreadable) as error:  # msgspec's errors are ValueErrors
            detail = f"Bản tin {bulletin.id} đã duyệt nhưng không xếp lịch được: {error}"
            sound_alarm(session, "unplannable", detail, now)
            continue
        if one.release.exp > now - LOOKBACK:
            yield one


def _approved(approval: Approval, bulletin: Bulletin, samples: int) -> Approved:
    if approval.release is None:
        raise ValueError("không có bản phê duyệt đã ký")
    return Approved(
        approval_id=approval.id,
        bulletin_id=bulletin.id,
        recording_sha256=bulletin.recording_sha256 or "",
        title=bulletin.title,
        cls=Class(bulletin.cls),
        rule=msgspec.convert(bulletin.rule, Rule),
        targets=bulletin.targets,
        samples=samples,
        approved_at=approval.at,
        release=read_release(approval.release),
    )


@lru_cache(maxsize=4_096)  # 4,096 approvals in force are far more than a province has
def read_release(envelope: bytes) -> Release:
    """The payload of a stored release, which this server signed itself. Raises Unreadable."""
    found = codec.decode(Envelope, envelope)
    return codec.unwrap(Release, found.payloadType, b64decode(found.payload))
