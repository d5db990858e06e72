"""What sounds now, counted by the places of who asks."""

from datetime import timedelta

from contract.reports import OnAir, State
from contract.states import Class
from controller import presence
from controller.model import StationState
from controller.sounding import sounding
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, airings, approve, plan_all, register
from tests.controller.village import OneKey, settle


def test_what_sounds_now_is_counted_by_place(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        mine = register(session, v.suoi_may, 2)
        (theirs,) = register(session, v.na_may)
        bulletin = approve(session, v, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        on_air = OnAir(airing=airing.id, cls=Class.NORMAL, started_at=FIVE)
        for station in (*mine, theirs):
            state = State(station=station, boot="b", online=True, at=FIVE, on_air=on_air)
            presence.take_states(session, [state], FIVE)
        (found,) = sounding(session, v.officer, FIVE)
        assert (found.title, found.stations, found.may_stop) == (bulletin.title, 2, True)
        (seen,) = sounding(session, v.stranger, FIVE)
        assert (seen.stations, seen.may_stop) == (1, False)
        (whole,) = sounding(session, v.administrator, FIVE)
        assert (whole.stations, whole.may_stop) == (3, False)

        session.get_one(StationState, mine[0]).seen_at = FIVE - timedelta(minutes=5)
        quiet = State(station=mine[1], boot="b", online=True, at=FIVE + timedelta(seconds=1))
        presence.take_states(session, [quiet], FIVE)
        session.flush()
        assert sounding(session, v.officer, FIVE) == []
