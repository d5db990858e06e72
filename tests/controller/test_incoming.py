"""One bad message never stops the others; it is kept for people."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import codec
from contract.errors import Unreadable
from contract.reports import Ack, Beat, State, Trouble
from controller import incoming, verdict_ledger
from controller.incoming import Arrived
from controller.model import Alarm, JournalLine, Quarantined, StationState
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
    statements_of,
)
from tests.controller.air import report as told
from tests.controller.village import NOW, OneKey, settle
from tests.fakes.hub import arrival

TOPIC = "tt/1/station/sm-1"
STATE = State(station="sm-1", boot="b", online=True, at=NOW)
KNOWN = {"sm-1"}


def beat(station: str, **changes: object) -> Beat:
    facts = {
        "station": station,
        "at": NOW,
        "uptime_s": 1,
        "free_bytes": 1,
        "recordings": 0,
        "volume": 50,
        "underruns": 0,
        "rss_bytes": 1,
        **changes,
    }
    return Beat(**facts)  # type: ignore[arg-type]  # a test knows its types


def take(session: Session, *arrivals: Arrived) -> int:
    """How many receipts it gives."""
    return len(incoming.take(session, arrivals, NOW))


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        (f"{TOPIC}/state", b""),
        (f"{TOPIC}/state", b"\xff\xfe"),
        (f"{TOPIC}/state", b"{}"),
        (f"{TOPIC}/state", b"[" * 100_000),
        (f"{TOPIC}/state", codec.encode(STATE).replace(b'"v":1', b'"v":2')),
        (f"{TOPIC}/state", codec.encode(STATE).replace(b"sm-1", b"sm-2")),
        ("tt/1/station/sm-2/state", codec.encode(STATE).replace(b"sm-1", b"sm-2")),
        (f"{TOPIC}/report", codec.encode(STATE)),
        (f"{TOPIC}/plan", codec.encode(STATE)),
        ("something/else", codec.encode(STATE)),
    ],
)
def test_what_is_not_a_stations_own_word_is_not_read(topic: str, payload: bytes) -> None:
    with pytest.raises(Unreadable):
        incoming.read(Arrived(topic, payload), KNOWN)
    assert incoming.read(Arrived(f"{TOPIC}/state", codec.encode(STATE)), KNOWN) == STATE


def test_the_good_ones_of_a_batch_are_stored_and_the_bad_one_is_kept(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        bad = Arrived(f"tt/1/station/{one}/report", b"\x00rubbish")
        receipts = take(
            session,
            arrival(told(one, Trouble(code="disk", detail="")), one),
            bad,
            arrival(told(two, Trouble(code="disk", detail="")), two),
            arrival(State(station=one, boot="b", online=True, at=NOW), one),
        )
        assert receipts == 2
        kept = session.scalars(select(Quarantined)).one()
        assert (kept.topic, kept.payload) == (bad.topic, bad.payload)
        alarm = session.scalars(select(Alarm).where(Alarm.code == incoming.QUARANTINE)).one()
        assert alarm.station_id == one
        assert session.get_one(StationState, one).online


def test_a_number_or_letter_that_the_database_cannot_hold_is_quarantined(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        take(
            session,
            arrival(told(one, Trouble(code="disk", detail=""), first=10**30), one),
            arrival(beat(one, free_bytes=10**30), one),
            arrival(beat(two, free_bytes=7), two),
            arrival(told(two, Trouble(code="x", detail="ok")), two),
        )
        assert len(session.scalars(select(Quarantined)).all()) == 2
        assert session.scalars(select(JournalLine.station_id)).all() == [two]
        session.expire_all()
        assert session.get_one(StationState, two).free_bytes == 7


def test_a_zero_letter_that_a_stranger_wrote_keeps_no_report_out(store: Store) -> None:
    """PostgreSQL cannot hold it."""
    with store.writing() as session:
        v = settle(session)
        (one,) = register(session, v.suoi_may)
        receipts = take(session, arrival(told(one, Trouble(code="disk", detail="a\0b")), one))
        assert receipts == 1
        assert session.scalars(select(Alarm.detail)).all() == ["a\ufffdb"]


def test_one_that_cannot_be_stored_holds_up_none_of_its_batch(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        session.delete(session.get_one(StationState, one))
        session.flush()
        take(
            session,
            arrival(State(station=one, boot="b", online=True, at=NOW), one),
            arrival(State(station=two, boot="b", online=True, at=NOW), two),
        )
        assert session.get_one(StationState, two).online
        assert session.scalars(select(Quarantined.topic)).all() == [f"tt/1/station/{one}/state"]


def test_messages_of_a_whole_province_cost_no_statement_each(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        codes = register(session, v.suoi_may, 60)
        approve(session, v, OneKey(), rule=AT_FIVE)
        plan_all(session, OneKey())
        (airing,) = airings(session)
        verdict_ledger.start_due(session, fleet(session), FIVE)
        statements = statements_of(session)
        take(
            session,
            *(arrival(told(code, ended(airing)), code) for code in codes),
            *(arrival(State(station=code, boot="b", online=True, at=NOW), code) for code in codes),
            *(arrival(Ack(station=code, of="x", topic="t", at=NOW), code) for code in codes),
        )
    assert len(statements) < 60


def test_of_what_cannot_be_read_the_newest_is_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "KEPT", 2)
    with store.writing() as session:
        for number in range(5):
            take(session, Arrived("nowhere", str(number).encode()))
            incoming.forget_old(session)
        kept = session.scalars(select(Quarantined.payload).order_by(Quarantined.id)).all()
    assert kept == [b"3", b"4"]


def test_a_station_that_sends_anything_is_there(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        one, two = register(session, v.suoi_may, 2)
        take(session, arrival(Ack(station=one, of="", topic="t", at=NOW), one))
        session.expire_all()
        assert session.get_one(StationState, one).seen_at == NOW
        assert session.get_one(StationState, two).seen_at is None


def test_of_what_waits_for_a_full_database_only_beats_may_be_lost() -> None:
    assert incoming.may_be_lost(arrival(beat("sm-1"), "sm-1"))
    assert not incoming.may_be_lost(arrival(STATE, "sm-1"))
    assert not incoming.may_be_lost(Arrived("something/else", b""))
