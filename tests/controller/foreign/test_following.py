"""What an MQTT box is told, and which orders count as told."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import Class, OrderState
from controller import orders
from controller.foreign import boxes
from controller.foreign.boxes import Registered, Way
from controller.foreign.following import Following, last_given
from controller.model import Airing, ForeignOffer, OrderDelivery, Outgoing
from controller.outbox import Kind
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, approve, plan_all
from tests.controller.foreign.maker import sample, speaking
from tests.controller.foreign.test_offers import MINUTE, SECOND, SOON
from tests.controller.village import NOW, OneKey, Village, settle

ADDRESS = "https://loa.example"


def told(session: Session) -> list[str]:
    """The commands of the messages, in order."""
    query = select(Outgoing.payload).order_by(Outgoing.key)
    rows = session.scalars(query.where(Outgoing.key.startswith(f"{Kind.FOREIGN}/")))
    return [msgspec.json.decode(row, type=dict[str, object])["cmd"] for row in rows]  # type: ignore[misc]  # they are words


def order_of(session: Session) -> OrderDelivery:
    return session.scalars(select(OrderDelivery)).one()


def at_five(session: Session) -> tuple[Village, Registered]:
    v = settle(session)
    made = speaking(session, v)
    approve(session, v, OneKey(), rule=AT_FIVE)
    plan_all(session, OneKey(), NOW)
    return v, made


def test_a_volume_waits_until_an_airing_carries_it(store: Store) -> None:
    following = Following(store, ADDRESS)
    with store.writing() as session:
        v, _ = at_five(session)
        orders.set_volume(session, v.technician, [v.suoi_may], 30, signer=OneKey(), now=SOON)
    following(SOON + SECOND)
    with store.reading() as session:
        assert (order_of(session).state, told(session)) == (OrderState.QUEUED, [])
    following(FIVE)
    with store.reading() as session:
        assert (order_of(session).state, told(session)) == (OrderState.ACCEPTED, ["play"])


def test_a_volume_that_its_maker_has_no_word_for_is_refused(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        mute = sample()
        payload = mute.play.payload.replace("{volume}", "0")
        play = msgspec.structs.replace(mute.play, payload=payload)
        way = Way(profile=msgspec.structs.replace(mute, play=play), device="H7")
        boxes.register(session, v.technician, v.suoi_may, "Loa", way, now=NOW)
        orders.set_volume(session, v.technician, [v.suoi_may], 30, signer=OneKey(), now=SOON)
    Following(store, ADDRESS)(SOON)
    with store.reading() as session:
        assert order_of(session).state == OrderState.REFUSED


def test_a_stop_with_nothing_to_stop_says_so(store: Store) -> None:
    with store.writing() as session:
        v, _ = at_five(session)
        orders.stop(session, v.officer, [v.suoi_may], signer=OneKey(), now=SOON)
    Following(store, ADDRESS)(SOON)
    with store.reading() as session:
        assert told(session) == []
        assert order_of(session).state == OrderState.ACCEPTED
        assert "không còn lượt phát nào để dừng" in order_of(session).detail


def test_a_stop_is_sent_also_when_the_last_airing_should_be_over(store: Store) -> None:
    following, late = Following(store, ADDRESS), FIVE + 60 * MINUTE
    with store.writing() as session:
        v, _ = at_five(session)
    following(FIVE)
    following(late)
    with store.writing() as session:
        assert session.scalars(select(Airing.ends_at)).one() < late
        assert told(session) == ["play"]
        orders.stop(session, v.officer, [v.suoi_may], signer=OneKey(), now=late)
    following(late)
    with store.reading() as session:
        assert told(session) == ["play", "stop"]
        row = order_of(session)
        assert (row.state, row.detail) == (OrderState.ACCEPTED, "")


def test_what_is_told_ahead_hides_nothing_that_still_sounds(store: Store) -> None:
    with store.writing() as session:
        v, registered = at_five(session)
        station = registered.box.station_id
        (first,) = session.scalars(select(Airing.id))
        approve(session, v, OneKey(), cls=Class.EMERGENCY)
        (ahead,) = session.scalars(select(Airing.id).where(Airing.id != first))
        for given_at, airing in ((FIVE, first), (FIVE + MINUTE, ahead)):
            times = {"given_at": given_at, "ends_at": given_at + MINUTE}
            session.add(ForeignOffer(station_id=station, airing_id=airing, **times))
        session.flush()
        assert last_given(session, station, {ahead}) == (first,)
        assert last_given(session, station, set()) == (ahead,)
