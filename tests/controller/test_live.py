"""How an airing stands with each station, for those who may see it."""

import pytest

from contract.reports import Ack, OnAir, RecordingHeld, State
from contract.states import Cause, Class, Verdict
from controller import live, plans, presence, verdict_ledger
from controller.errors import NotFound
from controller.live import Stage
from controller.model import StationPlan
from controller.permissions import Who
from controller.store import Store
from tests.controller.air import (
    AT_FIVE,
    FIVE,
    airings,
    approve,
    ended,
    fleet,
    plan_all,
    register,
    take_report,
)
from tests.controller.air import report as told
from tests.controller.village import NOW, OneKey, settle


def test_a_station_goes_from_waiting_to_its_verdict(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        approve(session, v, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)

        def stage() -> Stage:
            (line,) = live.of_airing(session, v.officer, airing.id, NOW).lines
            return line.stage

        assert stage() is Stage.WAITING
        plan = session.get_one(StationPlan, one)
        plans.answered(session, [Ack(station=one, of=plan.id, topic="t", at=NOW)], NOW)
        assert stage() is Stage.PLANNED
        held = RecordingHeld(recording=airing.recording_sha256)
        take_report(session, told(one, held), NOW)
        assert stage() is Stage.FETCHED
        on_air = OnAir(airing=airing.id, cls=Class.NORMAL, started_at=FIVE)
        state = State(station=one, boot="b", online=True, at=FIVE, on_air=on_air)
        presence.take_states(session, [state], FIVE)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        assert stage() is Stage.PLAYING
        cut = ended(airing, 24_000, Cause.STOPPED)
        take_report(session, told(one, cut, first=2), FIVE)
        view = live.of_airing(session, v.officer, airing.id, NOW)
    (line,) = view.lines
    assert (line.stage, line.verdict) == (Stage.DONE, Verdict.PARTIAL)
    assert (line.played_s, line.reason) == (0.5, "có lệnh dừng phát")
    assert view.tally == {Verdict.PARTIAL: 1}


def test_each_sees_their_own_stations_only(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (mine,) = register(session, v.suoi_may)
        (theirs,) = register(session, v.na_may)
        bulletin = approve(session, v, OneKey(), rule=AT_FIVE)
        bulletin.targets = [v.zone]
        plan_all(session, OneKey())
        (airing,) = airings(session)

        def seen_by(who: Who) -> list[str]:
            view = live.of_airing(session, who, airing.id, NOW)
            return [line.station for line in view.lines]

        assert seen_by(v.officer) == [mine]
        assert seen_by(v.stranger) == [theirs]
        assert seen_by(v.staff) == sorted([mine, theirs])
        bulletin.targets = [v.suoi_may]
        plan_all(session, OneKey())
        for who, id_ in ((v.stranger, airing.id), (v.officer, "unknown")):
            with pytest.raises(NotFound):
                live.of_airing(session, who, id_, NOW)
