"""Rollouts: one person proposes a version, another approves it, the rings do the rest."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import StationId, new_id
from contract.messages import AgentWanted
from contract.reports import AgentStep
from contract.states import AgentPhase
from controller import audit
from controller.alarms import clear_alarm, sound_alarm
from controller.areas import local_day
from controller.errors import NotFound, WrongState
from controller.model import Rollout, Station, StationAgent
from controller.permissions import Permission, Who, require
from controller.releases import rings
from controller.releases.rings import Judgement, Standing
from controller.upsert import insert

HALTED_ALARM = "rollout_halted"


class RolloutState(StrEnum):
    """From the proposal to the last station."""

    PROPOSED = "proposed"
    RUNNING = "running"
    HALTED = "halted"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = (RolloutState.PROPOSED, RolloutState.RUNNING, RolloutState.HALTED)


def propose(session: Session, asking: Who, version: str, *, now: datetime) -> Rollout:
    """Ask for a version to be rolled out. Raises NotFound, WrongState while another is open."""
    require_all(session, asking, now)
    if current(session) is not None:
        raise WrongState("Một đợt cập nhật khác đang mở: hãy kết thúc hoặc hủy đợt đó trước.")
    row = Rollout(
        id=new_id(now),
        version=version,
        state=RolloutState.PROPOSED,
        ring=0,
        proposed_by=asking.person_id,
        made_at=now,
        why="",
    )
    session.add(row)
    _note(session, asking, "rollout.propose", row, now)
    return row


def approve(session: Session, asking: Who, rollout_id: str, *, now: datetime) -> Rollout:
    """Let it begin with its first ring. Raises NotFound, WrongState (also for one's own)."""
    row = _get(session, asking, rollout_id, now)
    if row.state != RolloutState.PROPOSED:
        raise WrongState("Đợt cập nhật này không còn chờ duyệt.")
    if row.proposed_by == asking.person_id:
        raise WrongState("Người đề nghị không được tự duyệt; cần một người khác.")
    row.state, row.approved_by, row.ring_since = RolloutState.RUNNING, asking.person_id, now
    _note(session, asking, "rollout.approve", row, now)
    return row


def halt(session: Session, asking: Who, rollout_id: str, *, now: datetime) -> Rollout:
    """No station begins any more until it goes on. Raises NotFound, WrongState."""
    row = _get(session, asking, rollout_id, now)
    if row.state != RolloutState.RUNNING:
        raise WrongState("Đợt cập nhật này không đang chạy.")
    row.state, row.why = RolloutState.HALTED, f"{asking.name} đã tạm dừng."
    _note(session, asking, "rollout.halt", row, now)
    return row


def go_on(session: Session, asking: Who, rollout_id: str, *, now: datetime) -> Rollout:
    """Go on after a halt: what failed so far is known and accepted. Raises NotFound, WrongState."""
    row = _get(session, asking, rollout_id, now)
    if row.state != RolloutState.HALTED:
        raise WrongState("Đợt cập nhật này không bị tạm dừng.")
    row.state, row.why, row.ring_since = RolloutState.RUNNING, "", now
    clear_alarm(session, HALTED_ALARM, now)
    _note(session, asking, "rollout.go_on", row, now)
    return row


def cancel(session: Session, asking: Who, rollout_id: str, *, now: datetime) -> Rollout:
    """End it; stations that have the version keep it. Raises NotFound, WrongState."""
    row = _get(session, asking, rollout_id, now)
    if row.state not in OPEN:
        raise WrongState("Đợt cập nhật này đã kết thúc.")
    row.state = RolloutState.CANCELLED
    clear_alarm(session, HALTED_ALARM, now)
    _note(session, asking, "rollout.cancel", row, now)
    return row


def current(session: Session) -> Rollout | None:
    """The one that is open, if any."""
    return session.scalar(select(Rollout).where(Rollout.state.in_(OPEN)))


def latest(session: Session, count: int) -> list[Rollout]:
    """The newest first."""
    return list(session.scalars(select(Rollout).order_by(Rollout.made_at.desc()).limit(count)))


def running(session: Session) -> Rollout | None:
    """The one whose rings are open, if any."""
    return session.scalar(select(Rollout).where(Rollout.state == RolloutState.RUNNING))


def wanted(session: Session, stations: Iterable[StationId]) -> dict[StationId, AgentWanted]:
    """What plans tell stations of their agent: those of the open rings of a running rollout."""
    row = running(session)
    if row is None or row.ring_since is None:
        return {}
    since = row.ring_since
    chosen = rings.members(stations, row.id, row.ring)
    return {
        StationId(station): AgentWanted(
            version=row.version, not_before=rings.begins_at(station, row.id, since)
        )
        for station in chosen
    }


def heard(session: Session, station: str, step: AgentStep, at: datetime, now: datetime) -> None:
    """A station tells how far it has come."""
    fields = {"phase": step.phase, "detail": step.detail[:400], "at": at}
    new = insert(session, StationAgent).values(
        station_id=station, version=step.version[:40], **fields
    )
    session.execute(
        new.on_conflict_do_update(index_elements=["station_id", "version"], set_=fields)
    )
    if step.phase is AgentPhase.GIVEN_UP:
        told = f"Cụm loa đã thử bản {step.version} rồi quay về bản cũ: {step.detail}"
        sound_alarm(session, "agent_given_up", told, now, station)


def standing(session: Session, row: Rollout, stations: Iterable[str], now: datetime) -> Standing:
    """How the open rings of a rollout stand."""
    chosen = rings.members(stations, row.id, row.ring)
    since = row.ring_since or now
    query = select(StationAgent).where(StationAgent.version == row.version)
    told = [one for one in session.scalars(query) if one.station_id in chosen]
    lost = [one for one in told if one.phase == AgentPhase.GIVEN_UP]
    # before a person let it go on: known and accepted, and waited for no more
    accepted = sum(one.at < since for one in lost)
    return Standing(
        ring=row.ring,
        since=since,
        total=len(chosen) - accepted,
        kept=sum(one.phase == AgentPhase.KEPT for one in told),
        lost=len(lost) - accepted,
    )


def follow(session: Session, stations: Iterable[str], now: datetime) -> None:
    """Open the next ring, end the rollout, or halt it: whatever the stations' words ask for."""
    row = running(session)
    if row is None:
        return
    found = standing(session, row, stations, now)
    match rings.judge(found, now):
        case Judgement.ADVANCE:
            row.ring, row.ring_since = row.ring + 1, now
        case Judgement.DONE:
            row.state = RolloutState.DONE
        case Judgement.HALT:
            why = f"{found.lost} trong {found.total} cụm loa phải quay về bản cũ."
            row.state, row.why = RolloutState.HALTED, why
            sound_alarm(session, HALTED_ALARM, f"Tự dừng cập nhật {row.version}: {why}", now)
        case Judgement.WAIT:
            return
    _note(session, None, "rollout.follow", row, now)


def _get(session: Session, asking: Who, rollout_id: str, now: datetime) -> Rollout:
    require_all(session, asking, now)
    row = session.get(Rollout, rollout_id, with_for_update=True)
    if row is None:
        raise NotFound("rollout", rollout_id)
    return row


def require_all(session: Session, asking: Who, now: datetime) -> None:
    """An agent is the same everywhere: who changes it must look after every station.

    Raises NotFound for whoever does not, and for whoever looks after none.
    """
    homes = session.scalars(select(Station.area_id).where(Station.active).distinct()).all()
    reach = homes or asking.areas_of(Permission.MANAGE_STATIONS) or ("",)
    require(session, asking, Permission.MANAGE_STATIONS, reach, local_day(now))


def _note(session: Session, asking: Who | None, action: str, row: Rollout, now: datetime) -> None:
    after = {"version": row.version, "state": row.state, "ring": row.ring, "why": row.why}
    audit.record(session, asking, action, "rollout", row.id, now=now, after=after)
