"""The topic table: what is built is read back, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract import topics
from contract.ids import TOPIC_NAME
from contract.topics import Channel, Direction, Place

names = st.from_regex(TOPIC_NAME, fullmatch=True)


@given(names, st.sampled_from([line for line in topics.TABLE if "<id>" in line.pattern]), names)
def test_a_topic_that_we_build_is_read_back(id_, line, order):
    whom = line.pattern.split("/")[2]
    order_id = order if "<order-id>" in line.pattern else None
    topic = topics.of(line.channel, whom, id_, order_id)
    assert topics.read(topic) == Place(line.channel, whom, id_, order_id)


@given(st.text(max_size=60))
def test_a_foreign_topic_is_not_ours(text):
    assert topics.read(text) is None or text.startswith("tt/1/")


@pytest.mark.parametrize(
    "topic",
    ["tt/2/station/a/plan", "tt/1/station/a/plan/x", "tt/1/station/A/plan", "tt/1/station//plan",
     "tt/1/station/+/plan", "tt/1/area/a/plan", "tt/1/station/a/emergency", "tt/1/server/x"],
)  # fmt: skip
def test_a_topic_outside_the_table_is_unknown(topic):
    assert topics.read(topic) is None


@pytest.mark.parametrize("id_", ["", "A", "a/b", "+", "#", "a" * 41, "-a", "đ"])
def test_an_id_that_cannot_be_a_topic_level_is_refused(id_):
    with pytest.raises(ValueError, match="topic name"):
        topics.of(Channel.PLAN, "station", id_)


def test_only_plans_emergencies_and_roots_go_down_retained():
    kept = {line.channel for line in topics.TABLE if line.retained}
    assert kept == {Channel.PLAN, Channel.EMERGENCY, Channel.STATE, Channel.ROOTS}
    down = {line.channel for line in topics.TABLE if line.direction is Direction.DOWN}
    assert kept & down == {Channel.PLAN, Channel.EMERGENCY, Channel.ROOTS}


def test_the_roots_have_one_topic_for_all_stations():
    assert topics.read(topics.ROOTS) == Place(Channel.ROOTS, "server", "")


def test_a_station_subscribes_to_its_own_topics_and_its_areas_without_a_wildcard_tail():
    filters = topics.for_station("sm-1", ("commune-1", "province-1"))
    assert filters[:5] == [
        "tt/1/station/sm-1/plan",
        "tt/1/station/sm-1/order",
        "tt/1/station/sm-1/receipt",
        "tt/1/station/sm-1/emergency/+",
        "tt/1/server/roots",
    ]
    assert "tt/1/area/province-1/emergency/+" in filters
    assert not any("#" in filter_ for filter_ in filters)
    assert len(filters) == 9


def test_the_server_listens_to_every_upward_channel():
    assert sorted(topics.upward_filters()) == [
        "tt/1/station/+/ack",
        "tt/1/station/+/beat",
        "tt/1/station/+/report",
        "tt/1/station/+/state",
    ]
