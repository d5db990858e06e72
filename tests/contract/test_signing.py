"""Nothing is obeyed that its role did not sign, for this station, at this time."""

import json
from base64 import b64decode, b64encode
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey
from securesystemslib.dsse import Envelope as OtherEnvelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

from contract import codec, signing
from contract.errors import Refusal, RefusedMessage, Unreadable
from contract.messages import Emergency, Envelope, Order, Plan, Signature
from contract.trust import Role, key_id, public_text
from tests.contract import samples
from tests.contract.samples import KEYS, NOON, SIGNED, TRUST

PLAN_ENVELOPE = signing.sign(samples.PLAN, KEYS[Role.PLAN])
STRANGER = SigningKey(bytes([9]) * 32)


def refusal_of(kind, envelope, trust=TRUST):
    with pytest.raises(RefusedMessage) as caught:
        signing.verify(kind, envelope, trust)
    return caught.value.reason


def with_payload(envelope, payload):
    return msgspec.structs.replace(envelope, payload=b64encode(payload).decode())


def test_an_unsigned_plan_is_refused():
    bare = msgspec.structs.replace(PLAN_ENVELOPE, signatures=[])
    assert refusal_of(Plan, bare) is Refusal.UNSIGNED


def test_a_plan_signed_by_a_stranger_is_refused():
    assert refusal_of(Plan, signing.sign(samples.PLAN, [STRANGER])) is Refusal.UNSIGNED


def test_a_key_of_another_role_does_not_count():
    assert refusal_of(Plan, signing.sign(samples.PLAN, KEYS[Role.RELEASE])) is Refusal.UNSIGNED


@given(st.data())
def test_a_changed_byte_anywhere_in_the_payload_is_refused(data):
    body = bytearray(b64decode(PLAN_ENVELOPE.payload))
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= data.draw(st.integers(1, 255))
    assert refusal_of(Plan, with_payload(PLAN_ENVELOPE, bytes(body))) is Refusal.UNSIGNED


def test_a_changed_payload_type_is_refused():
    changed = msgspec.structs.replace(PLAN_ENVELOPE, payloadType="text/plain")
    assert refusal_of(Plan, changed) is Refusal.UNSIGNED


def test_a_good_signature_over_another_kind_of_message_is_refused():
    order = signing.sign(SIGNED["order-stop"], KEYS[Role.PLAN])
    assert refusal_of(Plan, order) is Refusal.UNREADABLE


def test_an_emergency_needs_two_people():
    one = signing.sign(SIGNED["emergency"], KEYS[Role.EMERGENCY][:1])
    assert refusal_of(Emergency, one) is Refusal.NOT_ENOUGH_SIGNATURES


def test_the_same_key_twice_is_one_person():
    key = KEYS[Role.EMERGENCY][0]
    twice = signing.sign(SIGNED["emergency"], [key, key])
    assert refusal_of(Emergency, twice) is Refusal.NOT_ENOUGH_SIGNATURES


def test_a_bad_signature_beside_good_ones_does_no_harm():
    good = signing.sign(SIGNED["emergency"], KEYS[Role.EMERGENCY])
    bad = [
        Signature(keyid=key_id(key.verify_key), sig=sig)
        for key in (KEYS[Role.PLAN][0], KEYS[Role.EMERGENCY][0])
        for sig in ("", "AAAA", "chữ ký", b64encode(bytes(64)).decode())
    ]
    noisy = msgspec.structs.replace(good, signatures=[*bad, *good.signatures])
    assert signing.verify(Emergency, noisy, TRUST) == SIGNED["emergency"]


def test_a_crowd_of_signatures_is_refused_before_any_is_checked():
    crowd = msgspec.structs.replace(PLAN_ENVELOPE, signatures=PLAN_ENVELOPE.signatures * 17)
    with pytest.raises(Unreadable, match="signatures"):
        codec.decode(Envelope, codec.encode(crowd))


def test_a_payload_of_an_unknown_version_is_refused_with_that_reason():
    future = msgspec.structs.replace(samples.SIGNED["order-stop"], v=2)
    envelope = signing.sign(future, KEYS[Role.PLAN])
    assert refusal_of(Order, envelope) is Refusal.UNKNOWN_VERSION


def test_a_payload_that_is_not_base64_is_refused():
    broken = msgspec.structs.replace(PLAN_ENVELOPE, payload="!!")
    assert refusal_of(Plan, broken) is Refusal.UNREADABLE


def test_a_message_for_others_is_refused_and_one_for_an_area_of_ours_is_not():
    signing.check_address(SIGNED["order-cancel"], {samples.STATION, samples.COMMUNE})
    with pytest.raises(RefusedMessage) as caught:
        signing.check_address(SIGNED["order-cancel"], {"sm-2", "another-commune"})
    assert caught.value.reason is Refusal.WRONG_ADDRESS


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (timedelta(seconds=-10), Refusal.NOT_YET_VALID),
        (timedelta(days=10), Refusal.EXPIRED),
        (timedelta(days=11), Refusal.EXPIRED),
    ],
)
def test_a_message_outside_its_time_is_refused(after, reason):
    with pytest.raises(RefusedMessage) as caught:
        signing.check_time(samples.PLAN, NOON + after)
    assert caught.value.reason is reason


@pytest.mark.parametrize("after", [timedelta(seconds=-1), timedelta(0), timedelta(days=9)])
def test_a_message_inside_its_time_passes(after):
    signing.check_time(samples.PLAN, NOON + after)


def other_key(key: SigningKey) -> SSlibKey:
    value = {"public": bytes(key.verify_key).hex()}
    return SSlibKey(key_id(key.verify_key), "ed25519", "ed25519", value)


def other_reading(envelope: Envelope) -> OtherEnvelope:
    data = json.loads(codec.encode(envelope))
    for signature in data["signatures"]:  # that library keeps signatures in hex
        signature["sig"] = b64encode(b64decode(signature["sig"])).decode()
    return OtherEnvelope.from_dict(data)


@pytest.mark.parametrize("name", SIGNED)
def test_another_dsse_implementation_accepts_our_envelopes(name):
    keys = KEYS[samples.ROLE_OF[type(SIGNED[name])]]
    envelope = other_reading(signing.sign(SIGNED[name], keys))
    accepted = envelope.verify([other_key(key) for key in keys], threshold=len(keys))
    assert len(accepted) == len(keys)


def test_another_dsse_implementation_refuses_what_we_refuse():
    envelope = other_reading(with_payload(PLAN_ENVELOPE, b"{}"))
    with pytest.raises(VerificationError):
        envelope.verify([other_key(KEYS[Role.PLAN][0])], threshold=1)


def test_signatures_are_ed25519_of_rfc_8032():
    # RFC 8032 §7.1, test 2
    key = SigningKey(
        bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    )
    expected = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert key.sign(b"\x72").signature.hex() == expected
    assert public_text(key) == "PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="
