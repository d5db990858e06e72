"""What tests of the stations' side start from: stations, approved bulletins, lines of journals."""

from datetime import datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from contract import codec, signing
from contract.messages import Envelope, Plan, Signed
from contract.reports import Ended, Event, Line, Receipt, Report
from contract.states import AiringState, Cause, Class
from contract.trust import Role, RoleKeys, Trust, public_text
from controller import approval, bulletins, planning, plans, reporting, stations
from controller.areas import local_day
from controller.content import content_hash
from controller.fleet import Fleet, read_fleet
from controller.model import Airing, Bulletin, Outgoing
from controller.ports import Signer
from scheduler.calendar import ZONE
from scheduler.patterns import Once
from scheduler.rules import Rule
from tests.controller.test_bulletins import ready
from tests.controller.village import NOW, TODAY, OneKey, Village

T = TypeVar("T", bound=Signed)
MINUTE = timedelta(minutes=1)
FIVE = datetime.combine(TODAY, time(17, 0), ZONE)  # when DAILY and AT_FIVE speak today
AT_FIVE = Rule(pattern=Once(TODAY), times=(time(17, 0),))


def register(session: Session, area_id: str, count: int = 1) -> list[str]:
    """Codes of new stations."""
    made = [
        stations.register(session, None, area_id, f"Cụm loa {n}", now=NOW) for n in range(count)
    ]
    return [each.station.id for each in made]


def approve(session: Session, v: Village, signer: Signer, **changes: object) -> Bulletin:
    """A bulletin through all hands; an emergency is on the air then."""
    bulletin = ready(session, v)
    if changes:
        draft = v.draft(**changes)
        bulletins.edit(session, v.officer, bulletin.id, bulletin.version, draft, now=NOW)
    return _decided(session, v, signer, bulletin, NOW)


def approve_at(session: Session, v: Village, signer: Signer, now: datetime) -> Bulletin:
    """A daily bulletin through all hands by the real clock."""
    return _decided(session, v, signer, ready(session, v), now)


def _decided(
    session: Session, v: Village, signer: Signer, bulletin: Bulletin, now: datetime
) -> Bulletin:
    bulletins.submit(session, v.officer, bulletin.id, bulletin.version, acknowledged=(), now=now)
    seen = content_hash(bulletin)
    approval.approve(session, v.approver, bulletin.id, seen, signer=signer, now=now)
    return bulletin


def fleet(session: Session, now: datetime = NOW) -> Fleet:
    return read_fleet(session, local_day(now))


def plan_all(session: Session, signer: Signer, now: datetime = NOW) -> int:
    """Planning and plans, as the chore does it; how many plans were made."""
    planning.reconcile(session, fleet(session, now), now)
    return plans.renew(session, fleet(session, now), signer, now)


def airings(session: Session, *states: AiringState) -> list[Airing]:
    query = select(Airing).order_by(Airing.starts_at, Airing.id)
    return [row for row in session.scalars(query) if not states or row.state in states]


def trust_in(signer: OneKey) -> Trust:
    keys = RoleKeys(keys=(public_text(signer.key),), threshold=1)
    return Trust(roles=dict.fromkeys(Role, keys))


def opened(kind: type[T], payload: bytes, signer: OneKey) -> T:
    """What a station reads from a downward message."""
    return signing.verify(kind, codec.decode(Envelope, payload), trust_in(signer))


def plan_of(session: Session, station: str, signer: OneKey) -> Plan:
    """The plan in the outbox."""
    row = session.get_one(Outgoing, f"plan/{station}")
    return opened(Plan, row.payload, signer)


def statements_of(session: Session) -> list[str]:
    """What the session asks the database from now on."""
    statements: list[str] = []
    event.listen(
        session.connection(), "before_cursor_execute", lambda *about: statements.append(about[2])
    )
    return statements


def take_report(session: Session, told: Report, now: datetime = NOW) -> Receipt:
    """One report is stored; its receipt."""
    (receipt,) = reporting.take_reports(session, [told], now)
    return receipt


def report(station: str, *events: Event, first: int = 1, journal: str = "j1") -> Report:
    """The events as consecutive lines."""
    lines = tuple(Line(n=n, at=NOW, event=event) for n, event in enumerate(events, first))
    return Report(station=station, journal=journal, lines=lines)


def ended(airing: Airing, played: int = 48_000, cause: Cause = Cause.FINISHED) -> Ended:
    """The final line of an airing of one second."""
    return Ended(
        airing=airing.id,
        bulletin=airing.bulletin_id,
        cls=Class(airing.cls),
        planned_at=airing.starts_at,
        cause=cause,
        played_samples=played,
        total_samples=48_000,
        started_at=airing.starts_at if played else None,
        ended_at=airing.ends_at if played else None,
    )
