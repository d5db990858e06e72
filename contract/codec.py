"""Bytes to messages and back: JSON, checked against the types, unknown fields ignored."""

import zlib
from typing import Any, TypeVar

import msgspec
import rfc8785

from contract.errors import UnknownVersion, Unreadable
from contract.messages import PAYLOAD_TYPES, VERSION, Envelope, Signed

PACKET_LIMIT = 262_144
"""The broker's packet limit in bytes. An envelope with a plan of 10 days x 60 items takes about
40 kB when it repeats 60 bulletins, and 240 kB when no two are the same."""

UNPACKED_LIMIT = 4_194_304
"""A compressed payload that unpacks past this is refused, so that no bomb fills a station."""

ZLIB_SUFFIX = "+zlib"

P = TypeVar("P")
T = TypeVar("T", bound=Signed)
_TYPES = {name: kind for kind, name in PAYLOAD_TYPES.items()}


class _Versioned(msgspec.Struct):
    v: int


def encode(message: Any) -> bytes:
    """A plain message, or an envelope, as JSON."""
    return msgspec.json.encode(message)


def decode(kind: type[P], data: bytes) -> P:
    """Read a plain message or an envelope.

    Raises Unreadable, or UnknownVersion when the `v` of a plain message is not ours.
    """
    if len(data) > PACKET_LIMIT:  # a broker of ours passes none; another one might
        raise Unreadable(f"{len(data)} bytes; a message has at most {PACKET_LIMIT}")
    if kind is not Envelope:
        _check_version(data)
    return _read(kind, data)


def canonical(payload: Signed) -> bytes:
    """RFC 8785 canonical JSON: the one spelling of a payload, so that signatures are stable."""
    return bytes(rfc8785.dumps(msgspec.to_builtins(payload)))


def wrap(payload: Signed) -> tuple[str, bytes]:
    """The DSSE payload type and body; a long body (a plan) is compressed inside the envelope."""
    kind, body = PAYLOAD_TYPES[type(payload)], canonical(payload)
    packed = zlib.compress(body, 9)
    # worth it from about 1 kB on: below, an unpacked payload is easier to look at
    if len(body) > 1_024 and len(packed) < len(body):
        return kind + ZLIB_SUFFIX, packed
    return kind, body


def unwrap(kind: type[T], payload_type: str, body: bytes) -> T:
    """The payload of a *checked* envelope. Raises Unreadable or UnknownVersion."""
    plain = payload_type.removesuffix(ZLIB_SUFFIX)
    if _TYPES.get(plain) is not kind:
        raise Unreadable(f"payload type {payload_type!r} is not {PAYLOAD_TYPES[kind]!r}")
    if payload_type != plain:
        body = _inflate(body)
    _check_version(body)
    return _read(kind, body)


def _inflate(body: bytes) -> bytes:
    engine = zlib.decompressobj()
    try:
        found = engine.decompress(body, UNPACKED_LIMIT)
    except zlib.error as error:
        raise Unreadable(f"compressed payload: {error}") from error
    if not engine.eof:
        raise Unreadable(f"compressed payload is cut, or unpacks past {UNPACKED_LIMIT} bytes")
    return found


def _check_version(data: bytes) -> None:
    found = _read(_Versioned, data).v
    if found != VERSION:
        raise UnknownVersion(f"contract version {found}; this release speaks {VERSION}")


def _read(kind: type[P], data: bytes) -> P:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from error
