"""DSSE envelopes with Ed25519: sign for a role, check against a trust, judge address and time.

DSSE: secure-systems-lab/dsse protocol v1.0.2 (the pre-authentication encoding, PAE).
Ed25519: RFC 8032.
"""

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from contract import codec
from contract.errors import Refusal, RefusedMessage, UnknownVersion, Unreadable
from contract.messages import Envelope, Signature, Signed
from contract.trust import ROLE_OF, RoleKeys, Trust, key_id

T = TypeVar("T", bound=Signed)

CLOCK_TOLERANCE = timedelta(seconds=2)
"""How far ahead of the station's clock `nbf` may lie: a small box keeps time by NTP, not better."""


def pae(payload_type: str, body: bytes) -> bytes:
    """What is signed: `DSSEv1 SP len(type) SP type SP len(body) SP body`."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(body), body)


def sign(payload: Signed, keys: Iterable[SigningKey]) -> Envelope:
    """An envelope over `payload` with one signature by each key."""
    kind, body = codec.wrap(payload)
    bare = Envelope(payloadType=kind, payload=b64encode(body).decode("ascii"), signatures=[])
    return replace(bare, signatures=[signature(key, bare) for key in keys])


def signature(key: SigningKey, envelope: Envelope) -> Signature:
    """One key's signature over an envelope's type and payload."""
    message = pae(envelope.payloadType, body_of(envelope))
    return Signature(
        keyid=key_id(key.verify_key), sig=b64encode(key.sign(message).signature).decode("ascii")
    )


def verify(kind: type[T], envelope: Envelope, trust: Trust) -> T:
    """The payload, when enough different keys of its role have signed it.

    Signatures are checked before a byte of the payload is read.
    Raises RefusedMessage (unsigned, not_enough_signatures, unreadable, unknown_version).
    """
    body = body_of(envelope)
    role = ROLE_OF[kind]
    wanted(role, trust.roles[role], good_signers(envelope, trust.keys_of(role)))
    try:
        return codec.unwrap(kind, envelope.payloadType, body)
    except UnknownVersion as error:
        raise RefusedMessage(Refusal.UNKNOWN_VERSION, error.detail) from error
    except Unreadable as error:
        raise RefusedMessage(Refusal.UNREADABLE, error.detail) from error


def check_address(payload: Signed, names: Collection[str]) -> None:
    """The payload is for one of `names`. Raises RefusedMessage(wrong_address)."""
    if not set(payload.aud) & set(names):
        raise RefusedMessage(Refusal.WRONG_ADDRESS, f"for {', '.join(payload.aud)}")


def check_time(payload: Signed, now: datetime) -> None:
    """`now` lies in [nbf, exp). Raises RefusedMessage(not_yet_valid, expired)."""
    if now + CLOCK_TOLERANCE < payload.nbf:
        raise RefusedMessage(Refusal.NOT_YET_VALID, f"valid from {payload.nbf.isoformat()}")
    if now >= payload.exp:
        raise RefusedMessage(Refusal.EXPIRED, f"valid until {payload.exp.isoformat()}")


def good_signers(envelope: Envelope, keys: Mapping[str, VerifyKey]) -> set[str]:
    """Which of these keys have signed the envelope; a key that signs twice is one key."""
    message = pae(envelope.payloadType, body_of(envelope))
    good: set[str] = set()
    for one in envelope.signatures:
        key = keys.get(one.keyid)
        if key is None:
            continue
        try:
            key.verify(message, _decode64(one.sig))
        except (BadSignatureError, ValueError, RefusedMessage):
            continue  # a bad signature beside good ones is no reason to refuse, and no help
        good.add(one.keyid)
    return good


def wanted(role: str, keys: RoleKeys, signers: Collection[str]) -> None:
    """Enough of a role have signed. Raises RefusedMessage (unsigned, not_enough_signatures)."""
    if not signers:
        raise RefusedMessage(Refusal.UNSIGNED, f"no signature by a key of role {role}")
    if len(signers) < keys.threshold:
        detail = f"{len(signers)} of {keys.threshold} signatures of role {role}"
        raise RefusedMessage(Refusal.NOT_ENOUGH_SIGNATURES, detail)


def body_of(envelope: Envelope) -> bytes:
    """The bytes that were signed. Raises RefusedMessage(unreadable)."""
    return _decode64(envelope.payload)


def _decode64(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise RefusedMessage(Refusal.UNREADABLE, f"base64: {error}") from error
