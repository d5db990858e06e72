"""The golden vectors: what is on the wire today must be readable for as long as boxes hang."""

import json
from typing import Any, get_args

import pytest

from contract import codec, reports, signing
from contract.messages import PAYLOAD_TYPES, Envelope, Order
from contract.trust import ROLE_OF
from tests.contract import samples


def golden(name: str) -> dict[str, Any]:
    return json.loads((samples.VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def test_the_folder_holds_exactly_one_vector_for_each_message():
    found = {path.stem for path in samples.VECTORS.glob("*.json")}
    assert found == set(samples.SIGNED) | set(samples.PLAIN)


@pytest.mark.parametrize("name", samples.SIGNED)
def test_a_signed_message_is_spelled_as_in_its_vector(name):
    assert codec.canonical(samples.SIGNED[name]).decode() == golden(name)["canonical"]


@pytest.mark.parametrize("name", samples.SIGNED)
def test_a_golden_envelope_verifies_and_gives_the_message_back(name):
    expected = samples.SIGNED[name]
    envelope = codec.decode(Envelope, golden(name)["envelope"].encode())
    assert signing.verify(type(expected), envelope, samples.TRUST) == expected


@pytest.mark.parametrize("name", samples.PLAIN)
def test_a_plain_message_is_spelled_as_in_its_vector_and_read_back(name):
    expected = samples.PLAIN[name]
    data = golden(name)["json"].encode()
    assert codec.encode(expected) == data
    assert codec.decode(type(expected), data) == expected


def test_every_signed_kind_has_a_role_a_payload_type_and_a_vector():
    kinds = {type(payload) for payload in samples.SIGNED.values()}
    assert kinds == set(PAYLOAD_TYPES) == set(ROLE_OF)


def test_every_order_and_every_journal_event_has_a_vector():
    actions = {type(m.do) for m in samples.SIGNED.values() if isinstance(m, Order)}
    assert actions == set(get_args(Order.__annotations__["do"]))
    events = samples.EVENTS + samples.NEWER_EVENTS + samples.AGENT_EVENTS + samples.TEST_EVENTS
    assert {type(event) for event in events} == set(get_args(reports.Event))


@pytest.mark.parametrize("name", samples.PLAIN)
def test_unknown_fields_of_a_newer_release_are_ignored(name):
    data = json.loads(golden(name)["json"]) | {"invented_later": 1}
    read = codec.decode(type(samples.PLAIN[name]), json.dumps(data).encode())
    assert read == samples.PLAIN[name]


def test_every_message_is_frozen():
    for message in [*samples.SIGNED.values(), *samples.PLAIN.values(), *samples.EVENTS]:
        assert type(message).__struct_config__.frozen, type(message)
