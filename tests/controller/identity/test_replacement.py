"""A box is replaced: the station keeps its name, its plan and its history, and nothing else."""

import threading
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.reports import Ack, PlanHeld, RecordingHeld, State
from contract.states import AgentPhase, AiringState, Class, OrderState
from controller import orders, planning, plans, presence, reporting
from controller.alarms import sound_alarm
from controller.identity import certificates, claims
from controller.identity.authority import Authority
from controller.model import (
    Alarm,
    AuditLine,
    Order,
    OrderDelivery,
    OrderKind,
    StationAgent,
    StationPlan,
    StationRecording,
    StationState,
)
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, airings, approve, fleet, plan_of, register, report
from tests.controller.identity.boxes import csr
from tests.controller.village import NOW, OneKey, Village, settle

SECOND = timedelta(seconds=1)
DURING = FIVE + timedelta(milliseconds=500)


def claim(store: Store, authority: Authority, v: Village, station: str, now: datetime) -> None:
    """A new box takes the station over."""
    with store.writing() as session:
        code = claims.make(session, v.technician, station, now=now)
    request = csr(Ed25519PrivateKey.generate())
    claims.redeem(store, authority, code, request, "192.0.2.7", now=now)


def at_work(session: Session, station: str) -> None:
    """The first box took its plan, holds a recording and has an alarm."""
    row = session.get_one(StationPlan, station)
    plans.answered(session, [Ack(station=station, of=row.id, topic="plan", at=NOW)], NOW)
    held = PlanHeld(epoch=row.epoch, version=row.version)
    presence.take_states(session, [state(station, "first", NOW, held)], NOW)
    session.add(StationRecording(station_id=station, sha256="0" * 64, held_at=NOW))
    sound_alarm(session, "station_disk", "Đĩa sắp đầy.", NOW, station)


def state(station: str, boot: str, at: datetime, plan: PlanHeld | None = None) -> State:
    return State(station=station, boot=boot, online=True, at=at, agent="1", plan=plan)


def test_the_new_box_starts_clean_and_gets_the_plan_without_what_the_old_one_began(
    store: Store, tmp_path: object
) -> None:
    signer, authority = OneKey(), Authority(tmp_path / "identity", NOW)  # type: ignore[operator]
    with store.writing() as session:
        v = settle(session)
        approve(session, v, signer, rule=AT_FIVE)
        approve(session, v, signer)
        station, neighbour = register(session, v.suoi_may, 2)
    claim(store, authority, v, station, NOW)
    with store.writing() as session:
        planning.reconcile(session, fleet(session), NOW)
        plans.renew(session, fleet(session), signer, NOW)
        at_work(session, station)
        before = plan_of(session, station, signer)
    assert sum(item.starts_at == FIVE for item in before.items) == 1

    claim(store, authority, v, station, DURING)
    with store.writing() as session:
        for row in airings(session):
            row.state = AiringState.STARTED if row.starts_at <= DURING else AiringState.PLANNED
        assert plans.renew(session, fleet(session), signer, DURING + SECOND) == 1, "only its own"
        plan = plan_of(session, station, signer)
        known = session.get_one(StationState, station)
        row = session.get_one(StationPlan, station)
        assert plan.seq == before.seq + 1
        assert [item.airing for item in plan.items] == [
            item.airing for item in before.items if item.starts_at > DURING
        ]
        assert FIVE in {item.starts_at for item in plan_of(session, neighbour, signer).items}
        assert (known.online, known.plan_version, row.accepted_at) == (False, None, None)
        assert not session.scalars(select(StationRecording)).all()
        assert not session.scalars(select(Alarm).where(Alarm.cleared_at.is_(None))).all()
        claims_made = select(AuditLine).where(AuditLine.action == "station.claim")
        told = session.scalars(claims_made.order_by(AuditLine.n)).all()
        assert [line.after["replaces"] for line in told if line.after] == [False, True]


def test_a_new_box_whose_clock_is_slow_is_believed(store: Store, tmp_path: object) -> None:
    signer, authority = OneKey(), Authority(tmp_path / "identity", NOW)  # type: ignore[operator]
    with store.writing() as session:
        v = settle(session)
        (station,) = register(session, v.suoi_may)
        plans.renew(session, fleet(session), signer, NOW)
        at_work(session, station)
    claim(store, authority, v, station, NOW)
    long_ago = NOW - timedelta(days=20_000)
    with store.writing() as session:
        presence.take_states(session, [state(station, "second", long_ago)], NOW)
        known = session.get_one(StationState, station)
        assert (known.online, known.boot) == (True, "second")


def test_what_was_ordered_and_told_of_the_old_box_ends_with_it(
    store: Store, tmp_path: object
) -> None:
    signer, authority = OneKey(), Authority(tmp_path / "identity", NOW)  # type: ignore[operator]
    with store.writing() as session:
        v = settle(session)
        station, neighbour = register(session, v.suoi_may, 2)
        plans.renew(session, fleet(session), signer, NOW)
        at_work(session, station)
        orders.set_volume(session, v.technician, (v.suoi_may,), 40, signer=signer, now=NOW)
        approve(session, v, signer, cls=Class.EMERGENCY)
        known = session.get_one(StationState, station)
        known.volume, known.telemetry, known.receivers = 40, {"load": 1}, "online"
        kept = {"phase": AgentPhase.KEPT, "at": NOW}
        session.add(StationAgent(station_id=station, version="9.9", **kept))
        asked = [row.state for row in session.scalars(select(OrderDelivery))]
        assert asked == [OrderState.QUEUED] * 4
    claim(store, authority, v, station, NOW)
    with store.writing() as session:
        known = session.get_one(StationState, station)
        assert (known.volume, known.telemetry, known.receivers) == (None, None, "")
        assert not session.scalars(select(StationAgent)).all()
        query = select(OrderDelivery.station_id, Order.kind, OrderDelivery.state).join(Order)
        assert {tuple(row) for row in session.execute(query)} == {
            (station, OrderKind.ORDER, OrderState.EXPIRED),
            (station, OrderKind.EMERGENCY, OrderState.QUEUED),
            (neighbour, OrderKind.ORDER, OrderState.QUEUED),
            (neighbour, OrderKind.EMERGENCY, OrderState.QUEUED),
        }


@pytest.mark.parametrize(
    "store", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_a_claim_waits_for_no_report_of_the_old_box(store: Store) -> None:
    """Each would wait for the other: the report for the state, the claim for the station."""
    with store.writing() as session:
        v = settle(session)
        (station,) = register(session, v.suoi_may)

    def claim_in_part() -> None:
        with store.writing() as session:
            certificates.revoke_all(session, station, "thay bằng hộp khác", NOW)

    thread = threading.Thread(target=claim_in_part)
    with store.writing() as session:
        lines = report(station, RecordingHeld(recording="0" * 64))
        reporting.take_reports(session, [lines], NOW)
        session.flush()
        thread.start()
        thread.join(5)
        waits = thread.is_alive()
    thread.join()
    assert not waits
