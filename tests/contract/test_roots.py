"""Which keys count changes only by the offline keys, old and new, one step at a time."""

import json
import subprocess
from base64 import b64decode
from datetime import timedelta

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey
from securesystemslib.dsse import Envelope as OtherEnvelope
from securesystemslib.signer import SSlibKey

from contract import codec, roots, signing
from contract.errors import Refusal, RefusedMessage
from contract.messages import Emergency
from contract.roots import RootChain
from contract.trust import Role, key_id
from tests.contract import samples
from tests.contract.roots_world import (
    CHAIN,
    CHAIN_VECTOR,
    EXP,
    FIRST,
    FIRST_SIGNED,
    NEW_EMERGENCY,
    NEXT_OFFLINE,
    OFFLINE,
    SECOND,
    SECOND_SIGNED,
    by,
    role,
    root,
)

BEFORE, AFTER = EXP - timedelta(days=1), EXP + timedelta(days=1)


def refusal_of(envelope, held=FIRST):
    with pytest.raises(RefusedMessage) as caught:
        roots.successor(held, envelope)
    return caught.value.reason


def test_the_golden_chain_leads_to_its_second_root():
    chain = codec.decode(RootChain, CHAIN_VECTOR.read_bytes())
    assert chain == CHAIN
    assert roots.walk(chain) == SECOND


def test_a_station_at_any_version_comes_to_the_newest():
    assert roots.follow(FIRST, CHAIN.chain, BEFORE) == SECOND
    assert roots.follow(SECOND, CHAIN.chain, BEFORE) is SECOND


def test_a_successor_needs_the_old_keys():
    assert refusal_of(by(SECOND, *NEXT_OFFLINE[1:])) is Refusal.UNSIGNED
    assert refusal_of(by(SECOND, *NEXT_OFFLINE)) is Refusal.NOT_ENOUGH_SIGNATURES


def test_a_successor_needs_its_own_keys_too():
    assert refusal_of(by(SECOND, *OFFLINE)) is Refusal.NOT_ENOUGH_SIGNATURES


def test_one_key_that_signs_twice_is_one_key():
    once = by(SECOND, OFFLINE[0])
    twice = msgspec.structs.replace(once, signatures=once.signatures * 2)
    assert refusal_of(twice) is Refusal.NOT_ENOUGH_SIGNATURES


def test_a_key_that_a_root_lists_twice_is_one_key():
    double = root(1, OFFLINE, root=role([OFFLINE[0], OFFLINE[0]], 2))
    with pytest.raises(ValueError, match="more signatures than it has keys"):
        roots.draft(double)


@pytest.mark.parametrize("version", [1, 3, 7])
def test_versions_go_up_by_one(version):
    assert refusal_of(by(root(version, OFFLINE), *OFFLINE)) is Refusal.STALE


def test_a_chain_that_ends_before_what_is_held_takes_nothing_back():
    with pytest.raises(RefusedMessage) as caught:
        roots.follow(SECOND, [FIRST_SIGNED], BEFORE)
    assert caught.value.reason is Refusal.STALE


def test_an_expired_root_is_not_taken_but_one_on_the_way_to_a_newer_may_be():
    with pytest.raises(RefusedMessage) as caught:
        roots.follow(FIRST, CHAIN.chain, AFTER)
    assert caught.value.reason is Refusal.EXPIRED
    third = by(root(3, NEXT_OFFLINE, exp=AFTER + timedelta(days=1)), *NEXT_OFFLINE)
    assert roots.follow(FIRST, [*CHAIN.chain, third], AFTER).version == 3


def test_by_an_unknown_time_nothing_is_expired():
    assert roots.follow(FIRST, CHAIN.chain, None) == SECOND


@pytest.mark.parametrize("which", ["root", "emergency"])
def test_no_root_lets_one_key_alone_change_keys_or_cut_in(which):
    changed = (
        {"root": role(OFFLINE, 1)}
        if which == "root"
        else {"roles": FIRST.roles | {Role.EMERGENCY: role(NEW_EMERGENCY, 1)}}
    )
    with pytest.raises(ValueError, match="at least 2"):
        roots.draft(root(1, OFFLINE, **changed))


def test_a_revoked_key_speaks_no_more():
    old = signing.sign(samples.SIGNED["emergency"], samples.KEYS[Role.EMERGENCY])
    assert signing.verify(Emergency, old, FIRST.trust)
    with pytest.raises(RefusedMessage) as caught:
        signing.verify(Emergency, old, SECOND.trust)
    assert caught.value.reason is Refusal.UNSIGNED


def test_signatures_made_on_different_machines_are_combined():
    apart = [by(SECOND, key) for key in (OFFLINE[0], OFFLINE[1], NEXT_OFFLINE[1])]
    assert roots.successor(FIRST, roots.combined(roots.draft(SECOND), apart)) == SECOND
    with pytest.raises(ValueError, match="different documents"):
        roots.combined(roots.draft(SECOND), [FIRST_SIGNED])


@given(st.data())
def test_a_changed_byte_anywhere_is_refused(data):
    wire = bytearray(codec.encode(SECOND_SIGNED))
    at = data.draw(st.integers(0, len(wire) - 1))
    wire[at] ^= data.draw(st.integers(1, 255))
    try:
        envelope = codec.decode(type(SECOND_SIGNED), bytes(wire))
        found = roots.successor(FIRST, envelope)
    except (RefusedMessage, codec.Unreadable):
        return
    assert found == SECOND  # what changed was white space of a name that nobody reads


def test_a_plan_is_no_root():
    assert refusal_of(signing.sign(samples.PLAN, OFFLINE)) is Refusal.UNREADABLE


def test_a_hundred_roots_are_one_message():
    keys = [SigningKey(bytes([n]) * 32) for n in range(1, 6)]
    widest = by(root(roots.LONGEST, keys), *keys)
    assert len(codec.encode(RootChain(chain=(widest,) * roots.LONGEST))) < codec.PACKET_LIMIT


def test_securesystemslib_agrees_about_who_has_signed():
    other = OtherEnvelope.from_dict(json.loads(codec.encode(SECOND_SIGNED)))
    keys = [
        SSlibKey(
            key_id(key.verify_key), "ed25519", "ed25519", {"public": bytes(key.verify_key).hex()}
        )
        for key in OFFLINE
    ]
    assert set(other.verify(keys, 2)) == {key_id(OFFLINE[n].verify_key) for n in (0, 2)}


def test_openssl_agrees_about_a_signature(tmp_path):
    one = SECOND_SIGNED.signatures[0]
    body = b64decode(SECOND_SIGNED.payload)
    public = Ed25519PublicKey.from_public_bytes(bytes(OFFLINE[0].verify_key))
    (tmp_path / "key.pem").write_bytes(
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    (tmp_path / "message").write_bytes(signing.pae(SECOND_SIGNED.payloadType, body))
    (tmp_path / "signature").write_bytes(b64decode(one.sig))
    said = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin",
         "-in", "message", "-sigfile", "signature"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verified Successfully" in said.stdout, said.stderr
