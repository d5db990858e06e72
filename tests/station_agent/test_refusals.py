"""A station obeys what is signed, whole, new, for it and of this hour, and nothing else."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from contract import codec
from contract.errors import Refusal
from contract.messages import Plan
from contract.reports import Ended, MessageRefused, Receipt, Trouble
from contract.signing import sign
from contract.states import Cause, Class
from station_agent.events import MessageArrived
from tests.fakes.box_world import Box, topic_of
from tests.fakes.issuer import MINUTE, MORNING, STATION, Issuer, recording, tampered

SOUND = recording("tin", 60)
AT = MORNING + 2 * MINUTE
PLAN_TOPIC = f"tt/1/station/{STATION}/plan"
ORDER_TOPIC = f"tt/1/station/{STATION}/order"


@pytest.fixture
def box(issuer: Issuer) -> Box:
    found = Box(issuer)
    found.take(issuer.plan())
    found.lines.clear()
    found.answers.clear()
    return found


def refused(box: Box, topic: str, payload: bytes) -> Refusal:
    """Send it, and check that it was journalled and answered with one reason."""
    before = box.state.memory
    box.tell(MessageArrived(topic=topic, payload=payload))
    (line,) = box.of(MessageRefused)
    (answer,) = box.answers
    assert answer.refused is line.reason
    assert (before.plan, before.airings) == (box.state.memory.plan, box.state.memory.airings)
    return line.reason


def plan(box: Box, **more: object) -> Plan:
    return box.issuer.plan((box.issuer.item("a", AT, SOUND), SOUND), **more)


def test_an_unsigned_plan(box: Box) -> None:
    naked = replace(box.issuer.seal(plan(box)), signatures=[])
    assert refused(box, PLAN_TOPIC, codec.encode(naked)) is Refusal.UNSIGNED


def test_a_plan_signed_by_a_stranger(box: Box) -> None:
    assert refused(box, PLAN_TOPIC, Issuer().write(plan(box))) is Refusal.UNSIGNED


def test_a_tampered_order(box: Box) -> None:
    envelope = box.issuer.seal(box.issuer.set_volume(30))
    changed = tampered(envelope, b'"percent":30', b'"percent":99')
    assert refused(box, ORDER_TOPIC, changed) is Refusal.UNSIGNED
    assert box.state.memory.volume is None


def test_an_emergency_with_one_signature_of_two(box: Box) -> None:
    order = box.issuer.emergency("e", SOUND)
    alone = codec.encode(sign(order, box.issuer.emergency_keys[:1]))
    assert refused(box, topic_of(order), alone) is Refusal.NOT_ENOUGH_SIGNATURES


def test_an_emergency_signed_by_the_plan_key(box: Box) -> None:
    order = box.issuer.emergency("e", SOUND)
    assert refused(box, topic_of(order), codec.encode(sign(order, [box.issuer.plan_key]))) is (
        Refusal.UNSIGNED
    )


def test_an_expired_order(box: Box) -> None:
    order = box.issuer.stop()
    box.wait(timedelta(minutes=11))
    assert refused(box, ORDER_TOPIC, box.issuer.write(order)) is Refusal.EXPIRED


def test_an_order_of_tomorrow(box: Box) -> None:
    box.issuer.now = MORNING + timedelta(days=1)
    order = box.issuer.stop()
    assert refused(box, ORDER_TOPIC, box.issuer.write(order)) is Refusal.NOT_YET_VALID


def test_an_older_plan(box: Box) -> None:
    old = plan(box)
    box.take(box.issuer.plan())
    box.lines.clear()
    box.answers.clear()
    assert refused(box, PLAN_TOPIC, box.issuer.write(old)) is Refusal.STALE


def test_an_older_epoch_is_stale_however_high_its_version(box: Box) -> None:
    box.take(box.issuer.plan(epoch=2))
    box.lines.clear()
    box.answers.clear()
    old = box.issuer.write(plan(box, epoch=1, seq=10_000))
    assert refused(box, PLAN_TOPIC, old) is Refusal.STALE


def test_a_replayed_order_is_journalled(box: Box) -> None:
    order = replace(box.issuer.stop(), exp=MORNING + timedelta(hours=1))
    box.take(order)
    box.take(order)  # the server sends it again until it has heard our answer
    assert box.of(MessageRefused) == []
    box.wait(timedelta(minutes=11))
    box.take(order)
    (line,) = box.of(MessageRefused)
    assert (line.reason, line.of) == (Refusal.REPLAYED, order.id)


def test_a_plan_of_another_station(box: Box) -> None:
    foreign = box.issuer.write(plan(box, station="na-may-01"))
    assert refused(box, PLAN_TOPIC, foreign) is Refusal.WRONG_ADDRESS


def test_an_order_for_another_station(box: Box) -> None:
    order = replace(box.issuer.stop(), aud=("na-may-01", "na-may"))
    assert refused(box, ORDER_TOPIC, box.issuer.write(order)) is Refusal.WRONG_ADDRESS


def test_an_order_for_one_of_our_areas_is_obeyed(box: Box) -> None:
    order = replace(box.issuer.set_volume(30), aud=("may-trang",))
    topic = "tt/1/area/may-trang/order"
    box.tell(MessageArrived(topic=topic, payload=box.issuer.write(order)))
    assert box.state.memory.volume == 30


@pytest.mark.parametrize(
    "topic",
    [
        "tt/1/station/na-may-01/order",  # another's
        f"tt/1/station/{STATION}/ack",  # not downward
        f"tt/1/station/{STATION}/emergency/e-1",  # an order is no emergency
        PLAN_TOPIC,
        "tt/2/whatever",
        "",
    ],
)
def test_an_order_on_a_topic_where_it_does_not_belong(box: Box, topic: str) -> None:
    assert refused(box, topic, box.issuer.write(box.issuer.stop())) is Refusal.WRONG_TOPIC


def test_an_emergency_on_the_topic_of_another(box: Box) -> None:
    order = box.issuer.emergency("e", SOUND)
    topic = topic_of(box.issuer.emergency("f", SOUND))
    assert refused(box, topic, box.issuer.write(order)) is Refusal.WRONG_TOPIC


def test_a_message_of_a_later_contract(box: Box) -> None:
    order = replace(box.issuer.stop(), v=2)
    assert refused(box, ORDER_TOPIC, box.issuer.write(order)) is Refusal.UNKNOWN_VERSION


def test_a_receipt_of_a_later_contract(box: Box) -> None:
    topic = f"tt/1/station/{STATION}/receipt"
    assert refused(box, topic, b'{"v":2}') is Refusal.UNKNOWN_VERSION


@pytest.mark.parametrize("payload", [b"\xff\x00", b"{}", b"[]", b'{"payloadType":"x"}', b"null"])
def test_rubbish(box: Box, payload: bytes) -> None:
    assert refused(box, ORDER_TOPIC, payload) is Refusal.UNREADABLE


def test_a_plan_that_names_a_recording_it_does_not_list(box: Box) -> None:
    broken = box.issuer.write(plan(box, recordings=()))
    assert refused(box, PLAN_TOPIC, broken) is Refusal.UNREADABLE


@pytest.mark.parametrize("samples", [0, -1, 10**15])
def test_a_plan_with_a_recording_of_an_impossible_length(box: Box, samples: int) -> None:
    broken = plan(box, recordings=(replace(SOUND, samples=samples),))
    assert refused(box, PLAN_TOPIC, box.issuer.write(broken)) is Refusal.UNREADABLE


def test_a_cleared_retained_message_says_nothing(box: Box) -> None:
    box.tell(MessageArrived(topic=ORDER_TOPIC, payload=b""))
    assert (box.lines, box.answers) == ([], [])


@pytest.mark.parametrize(
    "change",
    [
        {"recording": "0" * 64},
        {"bulletin": "another"},
        {"cls": Class.PRIORITY},
        {"aud": ("na-may",)},
        {"starts": (AT + MINUTE,)},
        {"nbf": AT + MINUTE, "starts": ()},
        {"exp": AT, "starts": ()},
    ],
)
def test_an_item_without_a_release_for_it_is_not_aired_and_others_are(
    box: Box, change: dict[str, object]
) -> None:
    issuer = box.issuer
    bad, good = issuer.item("a", AT, SOUND), issuer.item("b", AT + 5 * MINUTE, SOUND)
    releases = (
        issuer.seal(replace(issuer.release(bad), **change)),
        issuer.seal(issuer.release(good)),
    )
    box.take(issuer.plan((bad, SOUND), (good, SOUND), releases=releases))
    (line,) = box.of(MessageRefused)
    assert (line.reason, line.of) == (Refusal.NOT_RELEASED, "a")
    box.wait_till(AT + 10 * MINUTE)
    assert box.ended("a").cause is Cause.NOT_RELEASED
    assert box.ended("b").cause is Cause.FINISHED


def test_a_release_signed_by_the_plan_key_releases_nothing(box: Box) -> None:
    item = box.issuer.item("a", AT, SOUND)
    release = sign(box.issuer.release(item), [box.issuer.plan_key])
    box.take(box.issuer.plan((item, SOUND), releases=(release,)))
    box.wait_till(AT + 10 * MINUTE)
    assert box.ended("a").cause is Cause.NOT_RELEASED


def test_a_flood_of_rubbish_fills_no_disk(box: Box) -> None:
    for number in range(500):
        box.tell(MessageArrived(topic=ORDER_TOPIC, payload=b"%d" % number))
    assert len(box.of(MessageRefused)) == len(box.answers) == 60
    assert [line.code for line in box.of(Trouble)] == ["refusals"]
    box.wait(timedelta(hours=1))
    box.tell(MessageArrived(topic=ORDER_TOPIC, payload=b"x"))
    assert len(box.of(MessageRefused)) == 61


def test_a_receipt_counts_for_this_journal_and_for_lines_that_there_are(box: Box) -> None:
    def told(journal: str, through: int) -> int:
        receipt = Receipt(station=STATION, journal=journal, through=through)
        topic = f"tt/1/station/{STATION}/receipt"
        box.tell(MessageArrived(topic=topic, payload=codec.encode(receipt)))
        return box.state.memory.through

    box.take(box.issuer.set_volume(30))
    box.take(box.issuer.set_volume(40))
    assert told("j-0", 2) == 0
    assert told("j-1", 2) == 2
    assert told("j-1", 10_000) == 2  # more than we have ever written
    assert told("j-1", 1) == 1  # the server was put back from a backup


@settings(max_examples=150, deadline=None)
@given(
    topic=st.sampled_from([PLAN_TOPIC, ORDER_TOPIC, f"tt/1/station/{STATION}/receipt", "x/y"]),
    payload=st.binary(max_size=60)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.dictionaries(
                st.sampled_from(["payloadType", "payload", "signatures", "keyid", "sig", "v"]),
                inner,
            )
            | st.lists(inner, max_size=3)
        ),
        max_leaves=8,
    ).map(codec.encode),
)
def test_nothing_that_arrives_raises_or_moves_the_air(topic: str, payload: bytes) -> None:
    box = Box(Issuer())
    box.tell(MessageArrived(topic=topic, payload=payload))
    assert box.state.memory.airings == {}
    assert box.of(Ended) == []
