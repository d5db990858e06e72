"""Due: the airings of some time as candidates for boxes of other makers, by target."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from contract.states import AiringState, Cause, Class
from controller.foreign.slots import Candidate, Slot
from controller.model import Airing, Approval, Bulletin, Order, OrderKind, Recording

Due = Mapping[str, Sequence[Candidate]]
"""By target: an area or a station."""

ALIVE = (AiringState.PLANNED, AiringState.STARTED, AiringState.CLOSED)


def read_due(session: Session, since: datetime, until: datetime) -> Due:
    """What was or is to sound at some time in [since, until)."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for targets, one in (
        *_planned(session, since, until),
        *_emergencies(session, since, until),
    ):
        for target in targets:
            found[target].append(one)
    return found


def under(due: Due, names: Iterable[str]) -> list[Candidate]:
    """Those that speak to a station, each once; `names` are its areas and itself."""
    found = {one.slot.airing: one for name in names for one in due.get(name, ())}
    return list(found.values())


def _planned(
    session: Session, since: datetime, until: datetime
) -> Iterator[tuple[list[str], Candidate]]:
    """Withheld are those that people took back, and relays, which only our stations receive."""
    cancelled = exists().where(Order.airing_id == Airing.id, Order.kind == OrderKind.ORDER)
    query = (
        select(Airing, Bulletin, Recording, Approval.voided_at, cancelled)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .join(Recording, Recording.sha256 == Airing.recording_sha256)
        .join(Approval, Approval.id == Airing.approval_id)
        .where(
            Airing.state.in_(ALIVE),
            Airing.cls != Class.EMERGENCY,
            Airing.ends_at > since,
            Airing.starts_at < until,
        )
    )
    for airing, bulletin, recording, voided_at, is_cancelled in session.execute(query):
        withheld = None
        if voided_at is not None or is_cancelled:
            withheld = Cause.CANCELLED
        elif bulletin.relay_source:
            withheld = Cause.NO_RECORDING
        slot = _slot(airing, bulletin, recording, airing.ends_at)
        yield airing.targets, Candidate(slot, withheld)


def _emergencies(
    session: Session, since: datetime, until: datetime
) -> Iterator[tuple[list[str], Candidate]]:
    """As long as their order is valid and no all-clear stands in its place."""
    cleared = select(Order.airing_id).where(Order.kind == OrderKind.ALL_CLEAR)
    query = (
        select(Airing, Bulletin, Recording, Order.expires_at, Airing.id.in_(cleared))
        .join(Order, Order.airing_id == Airing.id)
        .join(Bulletin, Bulletin.id == Airing.bulletin_id)
        .join(Recording, Recording.sha256 == Airing.recording_sha256)
        .where(
            Order.kind == OrderKind.EMERGENCY,
            Order.expires_at > since,
            Airing.starts_at < until,
        )
    )
    for airing, bulletin, recording, expires_at, is_cleared in session.execute(query):
        slot = _slot(airing, bulletin, recording, expires_at)
        yield airing.targets, Candidate(slot, Cause.CANCELLED if is_cleared else None)


def _slot(airing: Airing, bulletin: Bulletin, recording: Recording, ends_at: datetime) -> Slot:
    return Slot(
        airing=airing.id,
        bulletin=bulletin.id,
        title=bulletin.title,
        recording=recording.sha256,
        size=recording.size,
        samples=recording.samples,
        cls=Class(airing.cls),
        rank=airing.rank,
        starts_at=airing.starts_at,
        ends_at=ends_at,
    )
