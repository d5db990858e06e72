"""Grants: what a person signs when a relay is approved, one for each of its slots."""

from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec
from contract.ids import new_id
from contract.messages import Envelope, Grant
from contract.states import Class
from controller import facts
from controller.model import Approval, Bulletin, RelayGrant
from controller.ports import Signer
from controller.relays import addresses
from scheduler.pieces import Span


def sign(
    session: Session,
    bulletin: Bulletin,
    approval: Approval,
    starts: Sequence[datetime],
    signer: Signer,
) -> None:
    """Sign each slot of an approved relay: this address, there, in this time and no other.

    A year of a daily relay is 366 of them, a quarter of a megabyte. They share a number.
    """
    seq = facts.next_seq(session)
    session.add_all(
        RelayGrant(
            approval_id=approval.id,
            starts_at=start,
            ends_at=start + timedelta(seconds=bulletin.relay_s),
            envelope=codec.encode(signer.sign(_grant(bulletin, start, seq, approval.at))),
        )
        for start in starts
    )


def spans(
    session: Session, approvals: Iterable[str], since: datetime, until: datetime
) -> dict[str, list[Span]]:
    """The granted slots in [since, until), by approval, in order of time."""
    query = (
        select(RelayGrant.approval_id, RelayGrant.starts_at, RelayGrant.ends_at)
        .where(
            RelayGrant.approval_id.in_(set(approvals)),
            RelayGrant.ends_at > since,
            RelayGrant.starts_at < until,
        )
        .order_by(RelayGrant.starts_at)
    )
    found: dict[str, list[Span]] = defaultdict(list)
    for approval, start, end in session.execute(query):
        found[approval].append((start, end))
    return found


@lru_cache(maxsize=4_096)  # a plan's ten days of some hundred relays
def read(envelope: bytes) -> tuple[Envelope, Grant]:
    """A stored grant with its payload, which this server signed itself. Raises Unreadable."""
    found = codec.decode(Envelope, envelope)
    return found, codec.unwrap(Grant, found.payloadType, b64decode(found.payload))


def _grant(bulletin: Bulletin, start: datetime, seq: int, now: datetime) -> Grant:
    stream, hosts = addresses.split(bulletin.relay_address)
    return Grant(
        id=new_id(now),
        aud=tuple(bulletin.targets),
        seq=seq,
        iat=now,
        nbf=start,
        exp=start + timedelta(seconds=bulletin.relay_s),
        bulletin=bulletin.id,
        stream=stream,
        fallback=bulletin.recording_sha256 or "",
        cls=Class(bulletin.cls),
        hosts=tuple(hosts),
    )
