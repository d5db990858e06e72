"""When nobody heard from a station is written down, with a last will and without one."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from contract.reports import State
from controller import gaps, presence
from controller.gaps import Gap
from controller.model import StationState
from controller.store import Store
from tests.controller.air import register, statements_of
from tests.controller.village import NOW, settle

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def say(session: Session, station: str, at: datetime, *, online: bool = True) -> None:
    presence.take_states(session, [State(station=station, boot="b", online=online, at=at)], at)
    session.flush()


def gaps_of(session: Session, station: str, now: datetime) -> list[Gap]:
    state = session.get_one(StationState, station)
    return gaps.between(session, state, NOW - DAY, NOW + DAY, now)


def test_a_last_will_opens_a_gap_and_a_birth_closes_it(store: Store) -> None:
    with store.writing() as session:
        (ours,) = register(session, settle(session).suoi_may)
        say(session, ours, NOW)
        assert gaps_of(session, ours, NOW) == []
        say(session, ours, NOW + MINUTE, online=False)
        assert gaps_of(session, ours, NOW + 5 * MINUTE) == [Gap(NOW, NOW + 5 * MINUTE)]
        say(session, ours, NOW + 10 * MINUTE)
        say(session, ours, NOW + 11 * MINUTE)
        whole = [Gap(NOW, NOW + 10 * MINUTE)]
        assert gaps_of(session, ours, NOW + 12 * MINUTE) == whole


def test_a_whole_fleet_that_goes_and_comes_back_costs_no_statement_each(store: Store) -> None:
    with store.writing() as session:
        fleet = register(session, settle(session).suoi_may, 30)
        for station in fleet:
            say(session, station, NOW)
        statements = statements_of(session)
        at = NOW + MINUTE
        turns = [
            State(station=station, boot="b", online=online, at=at)
            for online in (False, True)
            for station in fleet
        ]
        presence.take_states(session, turns, at)
        session.flush()
        assert gaps_of(session, fleet[0], at + MINUTE) == [Gap(NOW, at)]
        assert sum("station_gap" in one for one in statements) < len(fleet)


@pytest.mark.parametrize("by", ["state", "anything"])
def test_a_silence_without_a_will_is_a_gap_too(store: Store, by: str) -> None:
    with store.writing() as session:
        (ours,) = register(session, settle(session).suoi_may)
        say(session, ours, NOW)
        later = NOW + 7 * MINUTE
        assert gaps_of(session, ours, later) == [Gap(NOW, later)]
        if by == "state":
            say(session, ours, later)
        else:
            presence.seen(session, [ours], later)
        session.expire_all()
        assert gaps_of(session, ours, later + MINUTE) == [Gap(NOW, later)]


def test_a_gap_is_cut_to_the_span_and_let_go_after_its_days(store: Store) -> None:
    with store.writing() as session:
        (ours,) = register(session, settle(session).suoi_may)
        say(session, ours, NOW - 2 * DAY)
        say(session, ours, NOW)
        assert gaps_of(session, ours, NOW) == [Gap(NOW - DAY, NOW)]
        gaps.forget_old(session, NOW + gaps.KEPT - DAY)
        assert gaps_of(session, ours, NOW) != []
        gaps.forget_old(session, NOW + gaps.KEPT + DAY)
        assert gaps_of(session, ours, NOW) == []
