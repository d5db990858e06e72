"""A version goes out when two people want it, ring by ring, and is halted when it fails."""

from datetime import datetime, timedelta

import pytest
from msgspec import UNSET
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.reports import AgentStep, Line, Report
from contract.states import AgentPhase
from controller import reporting
from controller.alarms import open_alarms
from controller.errors import NotFound, WrongState
from controller.model import AuditLine, Grant, Role, Rollout
from controller.permissions import Who, who
from controller.releases import rings, rollouts
from controller.releases.rings import SOAK
from controller.releases.rollouts import RolloutState
from controller.store import Store
from tests.controller.air import fleet, plan_all, plan_of, register
from tests.controller.village import NOW, OneKey, Village, settle

VERSION = "1.4.0"


def second_pair_of_eyes(session: Session, v: Village) -> Who:
    """Another person who looks after every station: the staff's Tuấn becomes one."""
    session.add(Grant(person_id=v.staff.person_id, role=Role.TECHNICIAN, area_id=v.province))
    session.flush()
    return who(session, v.staff.person_id)


def running(session: Session, v: Village) -> Rollout:
    row = rollouts.propose(session, v.technician, VERSION, now=NOW)
    return rollouts.approve(session, second_pair_of_eyes(session, v), row.id, now=NOW)


def tell(session: Session, station: str, phase: AgentPhase, n: int = 1, at: datetime = NOW) -> None:
    step = AgentStep(phase=phase, version=VERSION, detail="lý do")
    report = Report(station=station, journal="j", lines=(Line(n=n, at=at, event=step),))
    reporting.take_reports(session, [report], NOW)


def follow(session: Session, now: object = NOW) -> None:
    rollouts.follow(session, fleet(session).chains, now)  # type: ignore[arg-type]


def test_one_proposes_another_approves_and_the_first_station_is_told(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        stations = register(session, v.suoi_may, 20)
        running(session, v)
        plan_all(session, signer)
        told = {s: plan_of(session, s, signer).agent for s in stations}
    wanted = {s: agent for s, agent in told.items() if agent is not UNSET}
    assert len(wanted) == 1
    (agent,) = wanted.values()
    assert agent.version == VERSION
    assert NOW <= agent.not_before < NOW + timedelta(seconds=rings.SPREAD_S)


def test_one_person_is_not_enough(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        row = rollouts.propose(session, v.technician, VERSION, now=NOW)
        with pytest.raises(WrongState, match="người khác"):
            rollouts.approve(session, v.technician, row.id, now=NOW)
        assert rollouts.wanted(session, fleet(session).chains) == {}


def test_who_does_not_look_after_every_station_finds_nothing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        register(session, v.na_may)
        row = rollouts.propose(session, v.technician, VERSION, now=NOW)
        for asking in (v.officer, v.approver, v.staff, v.auditor):
            for act in (rollouts.approve, rollouts.halt, rollouts.go_on, rollouts.cancel):
                with pytest.raises(NotFound):
                    act(session, asking, row.id, now=NOW)
            with pytest.raises(NotFound):
                rollouts.propose(session, asking, VERSION, now=NOW)


def test_before_there_is_a_station_only_those_who_will_look_after_them_may_ask(
    store: Store,
) -> None:
    with store.writing() as session:
        v = settle(session)
        with pytest.raises(NotFound):
            rollouts.propose(session, v.officer, VERSION, now=NOW)
        assert rollouts.propose(session, v.technician, VERSION, now=NOW).version == VERSION


def test_a_ring_that_is_well_for_a_day_opens_the_next_until_all_have_it(store: Store) -> None:
    signer, moment = OneKey(), NOW
    with store.writing() as session:
        v = settle(session)
        stations = register(session, v.suoi_may, 20)
        row = running(session, v)
        told: list[int] = []
        while row.state == RolloutState.RUNNING:
            chosen = rollouts.wanted(session, fleet(session).chains)
            told.append(len(chosen))
            for station in chosen:
                tell(session, station, AgentPhase.KEPT)
            moment += SOAK
            follow(session, moment)
        assert told == [1, 1, 10, 20]  # five in a hundred of twenty is one again
        assert row.state == RolloutState.DONE
        plan_all(session, signer)
        assert plan_of(session, stations[0], signer).agent is UNSET
        acts = session.scalars(select(AuditLine.action).order_by(AuditLine.n)).all()
    assert acts[-6:] == ["rollout.propose", "rollout.approve", *["rollout.follow"] * 4]


def test_a_station_that_goes_back_halts_it_and_people_are_told(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 3)
        row = running(session, v)
        (station,) = rollouts.wanted(session, fleet(session).chains)
        tell(session, station, AgentPhase.GIVEN_UP)
        follow(session)
        assert row.state == RolloutState.HALTED
        assert rollouts.wanted(session, fleet(session).chains) == {}
        alarms = {alarm.code: alarm.detail for alarm in open_alarms(session)}
        assert set(alarms) == {"agent_given_up", rollouts.HALTED_ALARM}
        assert VERSION in alarms[rollouts.HALTED_ALARM]
        follow(session, NOW + SOAK)
        assert row.state == RolloutState.HALTED  # only a person lets it go on
        rollouts.cancel(session, v.technician, row.id, now=NOW)
        assert rollouts.HALTED_ALARM not in {alarm.code for alarm in open_alarms(session)}


def test_a_person_may_halt_it_and_let_it_go_on(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        row = running(session, v)
        rollouts.halt(session, v.technician, row.id, now=NOW)
        assert rollouts.wanted(session, fleet(session).chains) == {}
        with pytest.raises(WrongState):
            rollouts.halt(session, v.technician, row.id, now=NOW)
        rollouts.go_on(session, v.technician, row.id, now=NOW)
        assert len(rollouts.wanted(session, fleet(session).chains)) == 1


def test_what_failed_before_a_person_let_it_go_on_does_not_halt_it_again(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may, 3)
        row = running(session, v)
        (station,) = rollouts.wanted(session, fleet(session).chains)
        tell(session, station, AgentPhase.GIVEN_UP)
        follow(session)
        assert row.state == RolloutState.HALTED
        later = NOW + timedelta(hours=1)
        rollouts.go_on(session, v.technician, row.id, now=later)
        follow(session, later)
        assert (row.state, row.ring) == (RolloutState.RUNNING, 0)
        follow(session, later + SOAK)
        assert (row.state, row.ring) == (RolloutState.RUNNING, 1)  # nobody is left to wait for
        tell(session, station, AgentPhase.GIVEN_UP, n=2, at=later + SOAK)
        follow(session, later + SOAK)
        assert row.state == RolloutState.HALTED


def test_only_one_is_open_at_a_time(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        row = rollouts.propose(session, v.technician, VERSION, now=NOW)
        with pytest.raises(WrongState, match="đang mở"):
            rollouts.propose(session, v.technician, "1.5.0", now=NOW)
        rollouts.cancel(session, v.technician, row.id, now=NOW)
        rollouts.propose(session, v.technician, "1.5.0", now=NOW + timedelta(minutes=1))
        assert [one.version for one in rollouts.latest(session, 5)] == ["1.5.0", VERSION]
