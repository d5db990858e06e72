"""What stations decided is kept, found by moment and by airing, and told in sentences."""

from datetime import timedelta

from sqlalchemy.orm import Session

from contract.reports import Decided, Line, Report, State
from contract.stances import Decision, Doing, Hold, Stance, VolumeRule
from contract.states import Cause, Class
from controller import why
from controller.model import StationState
from controller.presence import take_states
from controller.store import Store
from tests.controller.air import AT_FIVE, airings, approve, plan_all, register, take_report
from tests.controller.village import NOW, OneKey, settle

MINUTE = timedelta(minutes=1)


def playing(airing: str) -> Stance:
    return Stance(
        doing=Doing.PLAYING,
        airing=airing,
        cls=Class.NORMAL,
        volume=80,
        rule=VolumeRule.PLAN,
    )


def say(session: Session, station: str, *stances: tuple[object, Stance]) -> None:
    lines = tuple(
        Line(n=n, at=at, event=Decided(stance=stance)) for n, (at, stance) in enumerate(stances, 1)
    )
    take_report(session, Report(station=station, journal="j1", lines=lines))


def test_the_answer_for_a_moment_is_what_was_decided_last_before_it(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        held = Stance(doing=Doing.HELD, hold=Hold.CLOCK)
        idle = Stance(doing=Doing.IDLE)
        say(session, ours, (NOW, held), (NOW + 10 * MINUTE, idle))
        found = why.latest(session, ours, NOW + 5 * MINUTE)
        assert [one.at for one in found] == [NOW]
        assert found[0].sentence.startswith("Chưa phát")
        assert len(why.latest(session, ours, NOW + 20 * MINUTE)) == 2
        assert why.latest(session, ours, NOW - MINUTE) == []


def test_an_airing_shows_what_the_station_did_meanwhile_by_its_title(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        bulletin = approve(session, v, signer, rule=AT_FIVE)
        plan_all(session, signer)
        (airing, *_) = airings(session)
        begins = airing.starts_at
        after = Stance(doing=Doing.IDLE, left=airing.id, cause=Cause.STOPPED, by="o-1")
        yesterday = begins - timedelta(days=1)
        say(
            session,
            ours,
            (yesterday, Stance(doing=Doing.IDLE)),
            (begins, playing(airing.id)),
            (begins + MINUTE / 4, after),
        )
        first, second = why.of_airing(session, ours, airing)
        assert first.sentence == (
            f"Đang phát “{bulletin.title}” theo lịch phát; âm lượng 80 % (mức thường của cụm loa)."
        )
        assert f"“{bulletin.title}” đã thôi: có lệnh dừng phát" in second.sentence


def test_the_same_report_twice_is_stored_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        say(session, ours, (NOW, Stance(doing=Doing.IDLE)))
        say(session, ours, (NOW, Stance(doing=Doing.IDLE)))
        assert len(why.latest(session, ours, NOW)) == 1


def test_decisions_of_a_quarter_ago_are_let_go(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        say(session, ours, (NOW, Stance(doing=Doing.IDLE)))
        why.forget_old(session, NOW + why.KEPT / 2)
        assert len(why.latest(session, ours, NOW)) == 1
        why.forget_old(session, NOW + why.KEPT + MINUTE)
        assert why.latest(session, ours, NOW) == []


def test_the_present_stance_comes_with_the_stations_state(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        (ours,) = register(session, v.suoi_may)
        stance = Decision(NOW, Stance(doing=Doing.HELD, hold=Hold.DISK))
        state = State(station=ours, boot="b", online=True, at=NOW, stance=stance)
        take_states(session, [state], NOW)
        row = session.get_one(StationState, ours)
        told = why.now_of(session, row.stance)
        assert told is not None
        assert "không ghi được nhật ký" in told.sentence
        take_states(session, [State(station=ours, boot="b", online=False, at=NOW)], NOW)
        assert row.stance is None
        assert why.now_of(session, row.stance) is None
