"""Claims: a code made on a station's page lets one box, once and within a day, be that station."""

from datetime import datetime, timedelta

from cryptography import x509
from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from contract.claims import Floor
from controller import audit, stations
from controller.errors import NotFound
from controller.identity import certificates, replacement
from controller.identity.authority import Authority, read_request
from controller.identity.code import digest, fresh_code
from controller.identity.errors import BadRequest, TooManyClaims
from controller.identity.floors import floor_of
from controller.model import ClaimFailure, ForeignBox, Station, StationClaim
from controller.permissions import Permission, Who
from controller.store import Store

LIVES = timedelta(hours=24)
FAILURES, WITHIN = 10, timedelta(minutes=15)
"""So many wrong codes from one address, then nothing is tried from there for a while."""


class Claimed(Struct, frozen=True):
    """The box's certificate, and above what it begins; None: its station had no box before."""

    certificate: x509.Certificate
    floor: Floor | None


def make(session: Session, asking: Who, station_id: str, *, now: datetime) -> str:
    """A new code for a station; one made before is worth nothing any more.

    Raises NotFound, also for a box of another maker: it gets no plan that ours could play.
    """
    stations.get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    if session.get(ForeignBox, station_id) is not None:
        raise NotFound("station", station_id)
    code = fresh_code()
    session.merge(
        StationClaim(
            station_id=station_id, code_hash=digest(code), made_at=now, expires_at=now + LIVES
        )
    )
    audit.record(session, asking, "station.claim_code", "station", station_id, now=now)
    return code


def redeem(
    store: Store, authority: Authority, code: str, request: str, address: str, *, now: datetime
) -> Claimed:
    """The box that holds this key is the station from now on; the box before it is not.

    Raises BadRequest, and TooManyClaims before anything is tried.
    """
    asked = read_request(request)
    _count(store, address, now)
    with store.writing() as session:
        claim = session.scalars(
            select(StationClaim).where(StationClaim.code_hash == digest(code)).with_for_update()
        ).one_or_none()
        if claim is None or now >= claim.expires_at:
            raise BadRequest("Mã nhận cụm loa không đúng, đã dùng hoặc đã hết hạn")
        station = session.get_one(Station, claim.station_id)
        if not station.active:
            raise BadRequest("Cụm loa này đã ngừng hoạt động")
        session.delete(claim)
        replaces = replacement.had_a_box(session, station.id)
        if replaces:
            replacement.hand_over(session, station.id, now)
        session.execute(delete(ClaimFailure).where(ClaimFailure.address == address))
        certificates.revoke_all(session, station.id, "thay bằng hộp khác", now)
        issued = certificates.issue(session, authority, asked, station.id, now)
        facts = {"address": address, "serial": certificates.serial_of(issued), "replaces": replaces}
        audit.record(session, None, "station.claim", "station", station.id, now=now, after=facts)
        return Claimed(issued, floor_of(session, station.id, now) if replaces else None)


def _count(store: Store, address: str, now: datetime) -> None:
    """Each try counts as a failure until it succeeds. Raises TooManyClaims."""
    with store.writing() as session:
        session.execute(delete(ClaimFailure).where(ClaimFailure.at <= now - WITHIN))
        count = session.scalar(select(func.count()).where(ClaimFailure.address == address)) or 0
        if count >= FAILURES:
            raise TooManyClaims
        session.add(ClaimFailure(address=address, at=now))
