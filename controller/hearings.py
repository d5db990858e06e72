"""Hearings: which recordings somebody who decides has heard to their end."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import approval, bulletins
from controller.model import Bulletin, Hearing
from controller.permissions import Who
from controller.upsert import insert


def heard(
    session: Session, asking: Who, bulletin_id: str, recording_sha256: str, *, now: datetime
) -> None:
    """The first time counts. A recording that is no longer this bulletin's is passed over.

    Raises NotFound for who may not decide about it.
    """
    bulletin = bulletins.get(session, asking, bulletin_id, now=now)
    approval.require_decider(session, asking, bulletin, now)
    if bulletin.recording_sha256 == recording_sha256:
        row = {"person_id": asking.person_id, "recording_sha256": recording_sha256, "at": now}
        session.execute(insert(session, Hearing).values(row).on_conflict_do_nothing())


def unheard(session: Session, asking: Who, found: Iterable[Bulletin]) -> set[str]:
    """The ids of those whose recording this person has not heard to its end."""
    wanted = {each.id: each.recording_sha256 for each in found if each.recording_sha256}
    query = select(Hearing.recording_sha256).where(
        Hearing.person_id == asking.person_id, Hearing.recording_sha256.in_(set(wanted.values()))
    )
    known = set(session.scalars(query))
    return {bulletin_id for bulletin_id, sha256 in wanted.items() if sha256 not in known}
