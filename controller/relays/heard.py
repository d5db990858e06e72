"""What was heard of a relay the last time, over all stations that told."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from controller.live import SAMPLES_PER_S, Heard
from controller.model import Airing, StationVerdict


class LastHeard(Struct, frozen=True, kw_only=True):
    """The mean of the stations that told what they relayed, and how many these are."""

    airing_id: str
    starts_at: datetime
    stations: int
    heard: Heard


def last(session: Session, bulletin_id: str) -> LastHeard | None:
    """Of the latest airing of which some station told."""
    counts = (
        StationVerdict.relayed_samples,
        StationVerdict.fallback_samples,
        StationVerdict.silent_samples,
    )
    query = (
        select(Airing.id, Airing.starts_at, func.count(), *(func.avg(count) for count in counts))
        .join(StationVerdict, StationVerdict.airing_id == Airing.id)
        .where(Airing.bulletin_id == bulletin_id, StationVerdict.relayed_samples.is_not(None))
        .group_by(Airing.id, Airing.starts_at)
        .order_by(Airing.starts_at.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    airing_id, starts_at, stations, *means = row
    heard = Heard(*(float(mean) / SAMPLES_PER_S for mean in means))
    return LastHeard(airing_id=airing_id, starts_at=starts_at, stations=stations, heard=heard)
