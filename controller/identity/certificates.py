"""Certificates of stations: issued for a while, renewed with the old one, taken back."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from controller import audit, stations
from controller.errors import Invalid
from controller.identity.authority import Authority, read_request
from controller.identity.errors import BadRequest
from controller.model import Station, StationCertificate
from controller.permissions import Permission, Who
from controller.station_secret import hash_secret
from scheduler.problem import Problem

LIFE = timedelta(days=90)
"""Renewed after two thirds: a station has a month to find its way to us."""


def issue(
    session: Session,
    authority: Authority,
    key: ed25519.Ed25519PublicKey,
    station_id: str,
    now: datetime,
) -> x509.Certificate:
    """A certificate, written down before anybody holds it."""
    issued = authority.issue(key, station_id, now, LIFE)
    session.add(
        StationCertificate(
            serial=serial_of(issued),
            station_id=station_id,
            issued_at=now,
            expires_at=issued.not_valid_after_utc,
        )
    )
    return issued


def renew(
    session: Session, authority: Authority, serial: str, request: str, *, now: datetime
) -> x509.Certificate:
    """A new certificate for whoever proved to hold the old one, which stays good until its end.

    A station whose answer was lost on the way asks again. Raises BadRequest.
    """
    asked = read_request(request)
    row = session.get(StationCertificate, serial)
    if row is not None:
        _alone(session, row.station_id)
        session.refresh(row)  # it may have been taken back while we waited
    station = holder(session, serial, now)
    if station is None:
        raise BadRequest("Chứng thư không còn giá trị")
    return issue(session, authority, asked, station.id, now)


def holder(session: Session, serial: str, now: datetime) -> Station | None:
    """The active station that this certificate makes, if it is good now."""
    row = session.get(StationCertificate, serial)
    if row is None or row.revoked_at is not None or now >= row.expires_at:
        return None
    station = session.get_one(Station, row.station_id)
    return station if station.active else None


def revoke(session: Session, asking: Who, station_id: str, reason: str, *, now: datetime) -> None:
    """The box is the station no more, until a new claim. Raises NotFound, Invalid."""
    stations.get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    reason = reason.strip()
    if not reason:
        raise Invalid([Problem("reason", "Hãy ghi lý do thu hồi.")])
    revoke_all(session, station_id, reason, now)
    audit.record(
        session, asking, "station.revoke", "station", station_id, now=now, after={"reason": reason}
    )


def revoke_all(session: Session, station_id: str, reason: str, now: datetime) -> None:
    """Take back all certificates of a station, also the one that is just being renewed.

    And its password: whoever holds that must not come back by another door.
    """
    _alone(session, station_id)
    nobodys = hash_secret(token_urlsafe(32))
    session.execute(update(Station).where(Station.id == station_id).values(secret_hash=nobodys))
    session.execute(
        update(StationCertificate)
        .where(StationCertificate.station_id == station_id, StationCertificate.revoked_at.is_(None))
        .values(revoked_at=now, reason=reason[:200])
    )


def _alone(session: Session, station_id: str) -> None:
    """One at a time gives or takes a station's certificates, until the end of the transaction.

    Rows that only name the station (a foreign key) are written meanwhile.
    """
    mine = select(Station.id).where(Station.id == station_id)
    session.execute(mine.with_for_update(key_share=True))


def revoked(session: Session, now: datetime) -> list[StationCertificate]:
    """Those taken back that have not ended by themselves, by serial."""
    query = (
        select(StationCertificate)
        .where(StationCertificate.revoked_at.is_not(None), StationCertificate.expires_at > now)
        .order_by(StationCertificate.serial)
    )
    return list(session.scalars(query))


def serial_of(certificate: x509.Certificate) -> str:
    """As the database has it."""
    return f"{certificate.serial_number:x}"
