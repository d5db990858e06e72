"""Whatever arrives is read into its type or refused with a sentence, and never crashes."""

import hashlib
import json
import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contract import codec, signing
from contract.errors import UnknownVersion, Unreadable
from contract.ids import new_id
from contract.messages import Envelope, Plan
from contract.reports import Ack, Beat, Receipt, Report, State
from contract.trust import Role
from tests.contract import samples
from tests.contract.samples import KEYS

KINDS = [State, Beat, Ack, Report, Receipt, Envelope]


@given(data=st.binary(max_size=400), kind=st.sampled_from(KINDS))
def test_any_bytes_are_read_or_refused(data, kind):
    try:
        codec.decode(kind, data)
    except Unreadable:
        return


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_any_json_is_read_or_refused(value):
    with pytest.raises(Unreadable):
        codec.decode(Report, json.dumps({"v": 1, "lines": value}).encode())


def test_deep_nesting_is_refused():
    with pytest.raises(Unreadable):
        codec.decode(State, b'{"v":1,"x":' + b"[" * 100_000)


@pytest.mark.parametrize(("name", "field"), [("receipt", "through"), ("beat", "underruns")])
@pytest.mark.parametrize("number", [-1, 2**53, 10**30, 10**5_000], ids=["-1", "2^53", "30", "5000"])
def test_a_count_that_no_database_can_hold_is_refused(name, field, number):
    # written by hand: Python refuses to print an integer of 5,000 digits
    digits = "1" + "0" * 5_000 if number > 10**30 else str(number)
    text = codec.encode(replace(samples.PLAIN[name], **{field: 77_777})).decode()
    with pytest.raises(Unreadable, match=field):
        codec.decode(type(samples.PLAIN[name]), text.replace("77777", digits).encode())


def test_a_message_larger_than_a_packet_is_refused_unread():
    with pytest.raises(Unreadable, match="bytes"):
        codec.decode(Envelope, b" " * (codec.PACKET_LIMIT + 1))


def test_the_name_of_a_recording_is_its_64_digits_and_nothing_after_them():
    line = codec.encode(samples.PLAIN["report"]).decode().replace(samples.SHA, samples.SHA + "\\n")
    with pytest.raises(Unreadable, match="recording"):
        codec.decode(Report, line.encode())


def test_a_naive_time_is_refused():
    data = json.loads(codec.encode(samples.PLAIN["ack"])) | {"at": "2026-12-01T05:00:00"}
    with pytest.raises(Unreadable, match="timezone"):
        codec.decode(Ack, json.dumps(data).encode())


def test_an_unknown_version_is_told_apart_from_rubbish():
    with pytest.raises(UnknownVersion):
        codec.decode(Ack, b'{"v":2}')


def test_a_plan_is_compressed_inside_its_envelope():
    kind, body = codec.wrap(samples.PLAN)
    assert kind.endswith("+zlib")
    assert zlib.decompress(body) == codec.canonical(samples.PLAN)
    assert codec.unwrap(Plan, kind, body) == samples.PLAN


def test_a_short_message_is_left_readable():
    kind, body = codec.wrap(samples.SIGNED["order-stop"])
    assert json.loads(body)["id"] == "order-1"
    assert not kind.endswith("+zlib")


@pytest.mark.parametrize(
    "body",
    [b"not zlib", zlib.compress(b"x" * 100)[:-5], zlib.compress(b" " * 5_000_000)],
    ids=["rubbish", "cut", "bomb"],
)
def test_a_bad_compressed_payload_is_refused(body):
    kind, _ = codec.wrap(samples.PLAN)
    with pytest.raises(Unreadable):
        codec.unwrap(Plan, kind, body)


def test_a_plan_of_ten_full_days_without_a_repetition_fits_into_a_packet():
    names = [{"bulletin": new_id(samples.NOON), "recording": random_sha()} for _ in range(10 * 60)]
    releases = [replace(samples.RELEASE, id=new_id(samples.NOON), **name) for name in names]
    plan = replace(
        samples.PLAN,
        items=tuple(
            replace(samples.ITEM, airing=new_id(samples.NOON), release=release.id, **name)
            for name, release in zip(names, releases, strict=True)
        ),
        recordings=tuple(
            replace(samples.RECORDING, sha256=name["recording"], path=f"{name['recording']}.ogg")
            for name in names
        ),
        releases=tuple(signing.sign(release, KEYS[Role.RELEASE]) for release in releases),
    )
    assert len(codec.encode(signing.sign(plan, KEYS[Role.PLAN]))) < codec.PACKET_LIMIT


def random_sha():
    return hashlib.sha256(os.urandom(32)).hexdigest()


@pytest.mark.parametrize(
    ("word", "instead", "field"),
    [("follows", "", "code"), ("follows", "x" * 41, "code"), ("L1", "L10", "level")],
)
def test_a_proof_that_nobody_could_keep_or_tell_is_refused(word, instead, field):
    sent = codec.encode(samples.PLAIN["report-proofs"]).decode()
    body = sent.replace(f'"{field}":"{word}"', f'"{field}":"{instead}"')
    assert body != sent
    with pytest.raises(Unreadable, match=field):
        codec.decode(Report, body.encode())
