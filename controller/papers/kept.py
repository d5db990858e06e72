"""Kept: documents beside a bulletin; whoever may see it may open them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import new_id
from contract.states import BulletinState
from controller import audit, bulletins
from controller.areas import local_day
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Bulletin, Paper
from controller.papers.wire import Kind
from controller.permissions import Permission, Who, require
from scheduler.problem import Problem

MOST, MOST_MB = 10, 20
"""Documents of one bulletin, and how large each may be."""

_DECIDED = frozenset({BulletinState.SUBMITTED, BulletinState.APPROVED, BulletinState.WITHDRAWN})


def keep(
    session: Session,
    asking: Who,
    bulletin_id: str,
    *,
    sha256: str,
    name: str,
    kind: Kind,
    size: int,
    now: datetime,
) -> None:
    """Put a file that Media keeps beside a bulletin; the same file twice is kept once.

    At any time: a signed original often comes after the approval, and changes no sound. Raises
    NotFound, and Invalid (field `paper`) when there are too many.
    """
    bulletin = _writable(session, asking, bulletin_id, now)
    there = of(session, bulletin_id)
    if any(paper.sha256 == sha256 for paper in there):
        return
    if len(there) >= MOST:
        raise Invalid([Problem("paper", f"Mỗi bản tin giữ được {MOST} tệp. Hãy bỏ bớt một tệp.")])
    paper = Paper(
        id=new_id(now),
        bulletin_id=bulletin.id,
        sha256=sha256,
        name=name.replace("\0", "")[:200] or f"ban-goc.{kind.value}",
        kind=kind.value,
        size=size,
        added_by=asking.person_id,
        added_at=now,
    )
    session.add(paper)
    session.flush()
    facts = {"name": paper.name, "sha256": sha256}
    audit.record(session, asking, "bulletin.paper", "bulletin", bulletin.id, now=now, after=facts)


def remove(
    session: Session, asking: Who, bulletin_id: str, paper_id: str, *, now: datetime
) -> None:
    """Take a file away again, until somebody has to decide about the bulletin.

    Raises NotFound and WrongState.
    """
    bulletin = _writable(session, asking, bulletin_id, now)
    paper = _one(session, bulletin_id, paper_id)
    if bulletin.state in _DECIDED:
        raise WrongState("Bản tin đã gửi duyệt: bản gốc kèm theo phải giữ nguyên.")
    facts = {"name": paper.name, "sha256": paper.sha256}
    session.delete(paper)
    audit.record(
        session, asking, "bulletin.paper_removed", "bulletin", bulletin.id, now=now, before=facts
    )


def of(session: Session, bulletin_id: str) -> list[Paper]:
    """The documents of a bulletin, the first one first; the caller knows that it may be seen."""
    query = select(Paper).where(Paper.bulletin_id == bulletin_id)
    return list(session.scalars(query.order_by(Paper.added_at, Paper.id)))


def get(session: Session, asking: Who, bulletin_id: str, paper_id: str, *, now: datetime) -> Paper:
    """One document of a bulletin that the person may see. Raises NotFound."""
    bulletins.get(session, asking, bulletin_id, now=now)
    return _one(session, bulletin_id, paper_id)


def may_be_removed(bulletin: Bulletin) -> bool:
    """Whether nobody has to decide about the bulletin yet."""
    return bulletin.state not in _DECIDED


def _one(session: Session, bulletin_id: str, paper_id: str) -> Paper:
    paper = session.get(Paper, paper_id)
    if paper is None or paper.bulletin_id != bulletin_id:
        raise NotFound("paper", paper_id)
    return paper


def _writable(session: Session, asking: Who, bulletin_id: str, now: datetime) -> Bulletin:
    bulletin = bulletins.get(session, asking, bulletin_id, now=now)
    require(session, asking, Permission.COMPOSE, {bulletin.area_id}, local_day(now))
    return bulletin
