"""Offers and what comes of them, on both databases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract import messages
from contract.ids import new_id
from contract.messages import HourVolume, Sound
from contract.reports import Started
from contract.states import AiringState, Cause, Class, OrderState, Verdict
from contract.windows import Window
from controller import bulletins, delivery, orders, station_sound
from controller.errors import NotFound
from controller.foreign import heard, offers, settling
from controller.foreign.ports import Offer, Said, What
from controller.identity import claims
from controller.model import (
    SELF_TOLD,
    Airing,
    Approval,
    AreaWindow,
    Bulletin,
    ForeignBox,
    ForeignOffer,
    JournalLine,
    Order,
    OrderDelivery,
    OrderKind,
    Recording,
    StationState,
    StationVerdict,
)
from controller.store import Store
from controller.verdict_ledger import start_due
from tests.controller.air import AT_FIVE, FIVE, approve, fleet, plan_all, statements_of
from tests.controller.foreign.maker import polling, speaking
from tests.controller.test_together import at_once
from tests.controller.village import NOW, OneKey, Village, settle

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
SOON = FIVE - MINUTE


def given(session: Session, box: ForeignBox, now: timedelta = timedelta()) -> Offer:
    """What the box holds so long after SOON; written down."""
    found = offers.offer(box, offers.read_scene(session, [box], SOON + now))
    offers.give(session, found, {})
    return found


def due_at_five(session: Session, *, signer: OneKey | None = None) -> tuple[Village, ForeignBox]:
    v = settle(session)
    box = polling(session, v).box
    approve(session, v, signer or OneKey(), rule=AT_FIVE)
    plan_all(session, signer or OneKey(), NOW)
    return v, box


def test_what_was_given_and_said_becomes_one_verdict(store: Store) -> None:
    with store.writing() as session:
        _, box = due_at_five(session)
        airing = session.scalars(select(Airing)).one()
        assert given(session, box).fresh == {airing.id}
        assert given(session, box).fresh == frozenset()
        at = FIVE + timedelta(seconds=1)
        heard.take(session, box, [Said(what=What.PLAYING, airing=airing.id)], FIVE)
        assert (session.get_one(StationState, box.station_id).on_air or {})["airing"] == airing.id
        start_due(session, fleet(session), at)
        heard.take(session, box, [Said(what=What.FINISHED)] * 2, at)
        row = session.scalars(select(StationVerdict)).one()
        assert (row.verdict, row.evidence, row.started_at) == (Verdict.AIRED, SELF_TOLD, FIVE)
        assert session.get_one(StationState, box.station_id).on_air is None
        lines = session.scalars(select(JournalLine).order_by(JournalLine.n)).all()
        assert [(line.n, line.type) for line in lines] == [
            (1, Started.__struct_config__.tag),
            (2, "ended"),
        ]


def test_a_box_that_stops_without_a_count_has_played_between_its_two_reports(store: Store) -> None:
    with store.writing() as session:
        _, box = due_at_five(session)
        given(session, box)
        start_due(session, fleet(session), FIVE)
        heard.take(session, box, [Said(what=What.PLAYING)], FIVE)
        heard.take(session, box, [Said(what=What.STOPPED)], FIVE + timedelta(milliseconds=250))
        row = session.scalars(select(StationVerdict)).one()
        assert (row.verdict, row.played_samples) == (Verdict.PARTIAL, 12_000)


def test_a_box_that_names_nothing_ends_what_it_began(store: Store) -> None:
    with store.writing() as session:
        v, box = due_at_five(session)
        (first,) = given(session, box).fresh
        heard.take(session, box, [Said(what=What.PLAYING)], FIVE)
        approve(session, v, OneKey(), cls=Class.EMERGENCY)
        second = session.scalars(select(Airing.id).where(Airing.id != first)).one()
        times = {"given_at": FIVE + SECOND, "ends_at": FIVE + MINUTE}
        session.add(ForeignOffer(station_id=box.station_id, airing_id=second, **times))
        session.flush()
        heard.take(session, box, [Said(what=What.STOPPED)], FIVE + 2 * SECOND)
        lines = session.execute(select(JournalLine.airing_id, JournalLine.type))
        assert {(airing, type_) for airing, type_ in lines} == {
            (first, "started"),
            (first, "ended"),
        }
        heard.take(session, box, [Said(what=What.FAILED)], FIVE + 3 * SECOND)
        failed = session.scalars(select(JournalLine.airing_id).order_by(JournalLine.n)).all()
        assert failed[-1] == second


def given_too(session: Session, v: Village, box: ForeignBox, at: datetime) -> str:
    """Another airing, at the time of the emergency that it is here."""
    before = set(session.scalars(select(Airing.id)))
    approve(session, v, OneKey(), cls=Class.EMERGENCY)
    (airing,) = set(session.scalars(select(Airing.id))) - before
    times = {"given_at": at, "ends_at": at + MINUTE}
    session.add(ForeignOffer(station_id=box.station_id, airing_id=airing, **times))
    session.flush()
    return airing


def ended(session: Session) -> list[str | None]:
    rows = select(JournalLine.airing_id).where(JournalLine.type == "ended").order_by(JournalLine.n)
    return list(session.scalars(rows))


@pytest.mark.parametrize("says_that_it_plays", [True, False])
def test_what_was_cut_off_is_not_finished_by_the_next(
    store: Store, says_that_it_plays: bool
) -> None:
    with store.writing() as session:
        v, box = due_at_five(session)
        given(session, box)
        heard.take(session, box, [Said(what=What.PLAYING)], FIVE)  # and the power is cut
        later = FIVE + timedelta(hours=1)
        second = given_too(session, v, box, later)
        if says_that_it_plays:
            heard.take(session, box, [Said(what=What.PLAYING)], later)
        heard.take(session, box, [Said(what=What.FINISHED)] * 2, later + SECOND)
        assert ended(session) == [second]


@pytest.mark.parametrize("what", [What.FINISHED, What.STOPPED, What.FAILED])
def test_an_end_that_is_told_twice_is_not_the_next_ones(store: Store, what: What) -> None:
    with store.writing() as session:
        v, box = due_at_five(session)
        (first,) = given(session, box).fresh
        heard.take(session, box, [Said(what=What.PLAYING)], FIVE)
        heard.take(session, box, [Said(what=what)], FIVE + SECOND)
        given_too(session, v, box, FIVE + SECOND)
        heard.take(session, box, [Said(what=what)], FIVE + 2 * SECOND)
        assert ended(session) == [first]


def test_who_asks_twice_at_once_is_given_everything_once(store: Store) -> None:
    with store.writing() as session:
        _, box = due_at_five(session)
        station = box.station_id

    def ask() -> None:
        with store.writing() as session:
            offers.hand(session, station, SOON)

    assert at_once(ask, ask, ask) == {"done": 3}
    with store.reading() as session:
        assert len(session.scalars(select(ForeignOffer)).all()) == 1


def test_what_leaves_the_schedule_is_taken_back(store: Store) -> None:
    with store.writing() as session:
        v, box = due_at_five(session)
        (airing,) = given(session, box).fresh
        row = session.scalars(select(Bulletin)).one()
        bulletins.withdraw(session, v.officer, row.id, row.version, now=SOON)
        plan_all(session, OneKey(), SOON)
        assert session.get_one(Airing, airing).state == AiringState.CANCELLED
        found = given(session, box)
        assert (found.slots, found.gone) == ((), (airing,))
        assert given(session, box).gone == ()


def test_an_order_that_only_our_stations_understand_is_refused(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v, box = due_at_five(session, signer=signer)
        payload = messages.Order(
            id=new_id(SOON),
            aud=(box.station_id,),
            seq=1,
            iat=SOON,
            nbf=SOON,
            exp=FIVE,
            do=messages.SelfTest(),
        )
        made_by = v.technician.person_id
        order = delivery.order_row(payload, OrderKind.ORDER, made_by, None, signer)
        delivery.deliver(session, order, fleet(session), SOON)
        given(session, box)
        row = session.scalars(select(OrderDelivery)).one()
        assert (row.state, "hãng khác" in row.detail) == (OrderState.REFUSED, True)


def test_hours_that_people_narrow_take_back_what_a_box_holds(store: Store) -> None:
    with store.writing() as session:
        v, box = due_at_five(session)
        (airing,) = given(session, box).fresh
        session.add(AreaWindow(area_id=v.suoi_may, start="05:00", end="06:00"))
        session.flush()
        assert given(session, box).gone == (airing,)
        assert session.get_one(ForeignOffer, (box.station_id, airing)).withdrawn_at == SOON


def long_airing(session: Session) -> tuple[Village, ForeignBox, Airing]:
    """One of two minutes from FIVE on."""
    v, box = due_at_five(session)
    airing = session.scalars(select(Airing)).one()
    airing.ends_at = FIVE + 2 * MINUTE
    session.get_one(Recording, airing.recording_sha256).samples = 120 * 48_000
    return v, box, airing


def test_what_the_permitted_hours_cut_is_stopped_when_they_end(store: Store) -> None:
    with store.writing() as session:
        v, box, airing = long_airing(session)
        session.add(AreaWindow(area_id=v.suoi_may, start="05:00", end="17:01"))
        session.flush()
        (slot,) = given(session, box).slots
        assert slot.ends_at == FIVE + MINUTE
        assert given(session, box, 2 * MINUTE - SECOND).gone == ()
        assert given(session, box, 2 * MINUTE).gone == (airing.id,)
        assert given(session, box, 2 * MINUTE + SECOND).gone == (), "it is told once"


def test_what_is_over_by_itself_is_not_stopped(store: Store) -> None:
    with store.writing() as session:
        _, box, _ = long_airing(session)
        given(session, box)
        assert given(session, box, 3 * MINUTE).gone == ()


def test_what_began_late_is_stopped_at_its_end(store: Store) -> None:
    with store.writing() as session:
        _, box, airing = long_airing(session)
        given(session, box, 2 * MINUTE)
        assert given(session, box, 3 * MINUTE).gone == (airing.id,)


def test_an_approval_withdrawn_while_it_sounds_stops_it(store: Store) -> None:
    with store.writing() as session:
        _, box, airing = long_airing(session)
        given(session, box)
        session.get_one(Approval, airing.approval_id).voided_at = FIVE + SECOND
        session.flush()
        assert given(session, box, MINUTE + 2 * SECOND).gone == (airing.id,)


@pytest.mark.parametrize("reason", [Cause.WINDOW, Cause.STOPPED, Cause.DISPLACED])
def test_what_was_withheld_is_skipped_for_the_reason(store: Store, reason: Cause) -> None:
    signer = OneKey()
    with store.writing() as session:
        v, box = due_at_five(session, signer=signer)
        airing = session.scalars(select(Airing)).one()
        start_due(session, fleet(session), FIVE)
        if reason is Cause.WINDOW:
            session.add(AreaWindow(area_id=v.suoi_may, start="05:00", end="06:00"))
        elif reason is Cause.STOPPED:
            orders.stop(session, v.officer, [v.suoi_may], FIVE, signer)
        else:
            approve(session, v, signer, cls=Class.EMERGENCY)
            loud = next(row for row in session.scalars(select(Airing)) if row.id != airing.id)
            loud.starts_at = FIVE - timedelta(seconds=5)
            session.scalars(select(Order)).one().expires_at = FIVE + timedelta(hours=1)
        settling.tidy(session, FIVE + timedelta(minutes=4))
        row = session.get_one(StationVerdict, (airing.id, box.station_id))
        assert (row.verdict, row.cause) == (Verdict.SKIPPED, reason)


def test_an_emergency_that_still_stands_is_not_judged_before_it_is_over(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        polling(session, v)
        approve(session, v, OneKey(), cls=Class.EMERGENCY)
        settling.tidy(session, NOW + timedelta(minutes=30))
        assert session.scalars(select(StationVerdict.verdict)).one() == Verdict.PENDING
        settling.tidy(session, NOW + timedelta(hours=2))
        assert session.scalars(select(StationVerdict.verdict)).one() == Verdict.MISSED


def test_the_volume_is_that_of_the_place_and_the_last_order(store: Store) -> None:
    signer = OneKey()
    with store.writing() as session:
        v, box = due_at_five(session, signer=signer)
        sound = Sound(
            volume=50,
            maximum=80,
            emergency=90,
            hours=(HourVolume(hours=Window("16:00", "17:00"), percent=30),),
        )
        station_sound.set_sound(session, v.technician, box.station_id, sound, now=NOW)
        found = given(session, box)
        assert (found.volume, found.loudest) == (30, 90)
        orders.set_volume(session, v.technician, [v.suoi_may], 95, signer=signer, now=SOON)
        assert given(session, box).volume == 80


def test_a_silent_box_is_away(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        box = polling(session, v).box
        heard.there(session, box.station_id, NOW)
        session.flush()
        settling.tidy(session, NOW + timedelta(minutes=2))
        assert session.get_one(StationState, box.station_id).online
        settling.tidy(session, NOW + timedelta(minutes=4))
        session.expire_all()
        assert not session.get_one(StationState, box.station_id).online


def test_many_boxes_cost_as_many_questions_as_one(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        boxes = [speaking(session, v, "H0").box]
        statements = statements_of(session)
        offers.read_scene(session, boxes, NOW)
        alone = len(statements)
        boxes += [speaking(session, v, f"H{n}").box for n in range(1, 5)]
        statements.clear()
        scene = offers.read_scene(session, boxes, NOW)
        assert len(statements) == alone
        assert [offers.offer(box, scene).slots for box in boxes] == [()] * 5


def test_no_box_of_ours_takes_the_place_of_another_makers(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        station = polling(session, v).station.id
        with pytest.raises(NotFound):
            claims.make(session, v.technician, station, now=NOW)


def test_our_stations_hold_plans_and_boxes_hold_none(store: Store) -> None:
    with store.writing() as session:
        _, box = due_at_five(session)
        found = fleet(session)
        assert found.ours == []
        assert found.foreign == {box.station_id}
        assert session.scalars(select(Airing.state)).one() == AiringState.PLANNED
