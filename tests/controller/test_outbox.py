"""What must reach stations is sent again until it is answered or its time is over."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from controller import outbox
from controller.model import Outgoing
from controller.outbox import Kind, Message
from controller.store import Store
from tests.controller.village import NOW

SECOND = timedelta(seconds=1)


def message(key: str = "order/1/sm-1", **changes: object) -> Message:
    facts = {"key": key, "topic": "t", "payload": b"p", "retained": False, **changes}
    return Message(**facts)  # type: ignore[arg-type]  # a test knows its types


def taken(session: Session, after_s: float = 0) -> list[str]:
    return [each.key for each in outbox.take(session, NOW + after_s * SECOND)]


def test_an_order_is_sent_again_after_three_seconds_then_later_and_later(store: Store) -> None:
    with store.writing() as session:
        outbox.put(session, [message()], NOW)
        assert taken(session) == ["order/1/sm-1"]
        assert taken(session, 2.9) == []
        assert taken(session, 3) == ["order/1/sm-1"]
        assert taken(session, 8.9) == []
        assert taken(session, 9) == ["order/1/sm-1"]


@pytest.mark.parametrize(
    ("key", "attempts", "seconds"),
    [
        ("order/1/sm-1", 0, 3),
        ("order/1/sm-1", 50, 60),
        ("emergency/1/tinh", 50, 60),
        ("plan/sm-1", 0, 30),
        ("plan/sm-1", 50, 3_600),
    ],
)
def test_waits_double_up_to_a_limit(key: str, attempts: int, seconds: int) -> None:
    assert outbox.retry_after(key, attempts) == seconds * SECOND


def test_the_oldest_goes_first_and_a_batch_is_bounded(store: Store) -> None:
    with store.writing() as session:
        outbox.put(session, [message("order/late/a")], NOW + SECOND)
        outbox.put(session, [message(f"order/{n:03}/a") for n in range(outbox.BATCH)], NOW)
        first = taken(session, 1)
        assert len(first) == outbox.BATCH
        assert taken(session, 1) == ["order/late/a"]


def test_plans_for_a_whole_province_do_not_hold_up_an_emergency(store: Store) -> None:
    with store.writing() as session:
        outbox.put(session, [message(f"plan/{n:03}") for n in range(2 * outbox.BATCH)], NOW)
        outbox.put(session, [message("emergency/1/tinh"), message("order/1/a")], NOW + SECOND)
        assert {"emergency/1/tinh", "order/1/a"} <= set(taken(session, 1))


def test_a_later_message_takes_the_place_of_an_earlier_one(store: Store) -> None:
    with store.writing() as session:
        outbox.put(session, [message("plan/a", payload=b"old", retained=True)], NOW)
        taken(session)
        outbox.put(session, [message("plan/a", payload=b"new", retained=True)], NOW + SECOND)
        (found,) = outbox.take(session, NOW + SECOND)
        assert found.payload == b"new"
        assert session.query(Outgoing).count() == 1


def test_what_is_answered_is_done_and_what_is_retained_stays_for_a_forgetful_broker(
    store: Store,
) -> None:
    keys = ["order/1/a", "plan/a"]
    with store.writing() as session:
        outbox.put(session, [message(keys[0]), message(keys[1], retained=True)], NOW)
        outbox.settle(session, keys)
        assert outbox.next_due(session) is None
        assert taken(session, 3_600) == []
        outbox.republish(session, [Kind.PLAN], NOW)
        assert taken(session) == ["plan/a"]


def test_only_the_kinds_that_were_lost_are_sent_again(store: Store) -> None:
    keys = ["emergency/1/a", "plan/a"]
    with store.writing() as session:
        outbox.put(session, [message(key, retained=True) for key in keys], NOW)
        outbox.settle(session, keys)
        outbox.republish(session, [Kind.EMERGENCY], NOW)
        assert taken(session) == ["emergency/1/a"]


def test_what_was_not_handed_over_is_due_at_once(store: Store) -> None:
    with store.writing() as session:
        outbox.put(session, [message()], NOW)
        taken(session)
        outbox.hasten(session, ["order/1/sm-1", "order/gone/x"], NOW + SECOND)
        assert taken(session, 1) == ["order/1/sm-1"]


def test_a_message_whose_time_is_over_is_forgotten(store: Store) -> None:
    with store.writing() as session:
        outbox.put(session, [message(expires_at=NOW + SECOND)], NOW)
        outbox.expire(session, NOW)
        assert session.query(Outgoing).count() == 1
        outbox.expire(session, NOW + SECOND)
        assert session.query(Outgoing).count() == 0
