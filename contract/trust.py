"""Who may sign what: `trust.json` names the public keys and the threshold of each role."""

from base64 import b64decode, b64encode
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from nacl.signing import SigningKey, VerifyKey

from contract.errors import Unreadable
from contract.messages import AllClear, Emergency, Grant, Order, Plan, Release, Signed


class Role(StrEnum):
    """The three roles of key (docs/decisions/0007)."""

    PLAN = "plan"
    RELEASE = "release"
    EMERGENCY = "emergency"


ROLE_OF: dict[type[Signed], Role] = {
    Plan: Role.PLAN,
    Order: Role.PLAN,
    Release: Role.RELEASE,
    Grant: Role.RELEASE,
    Emergency: Role.EMERGENCY,
    AllClear: Role.EMERGENCY,
}
"""Which role must have signed a payload for a station to obey it."""


class RoleKeys(Struct, frozen=True, kw_only=True):
    """The keys of one role: base64 Ed25519 public keys, and how many different ones must sign."""

    keys: tuple[str, ...]
    threshold: Annotated[int, Meta(ge=1)]


class Trust(Struct, frozen=True, kw_only=True):
    """The content of `trust.json`."""

    roles: dict[Role, RoleKeys]
    v: Literal[1] = 1

    def keys_of(self, role: Role) -> dict[str, VerifyKey]:
        """Key id to key; a key listed twice counts once."""
        return keys_in(self.roles[role])


def keys_in(role: RoleKeys) -> dict[str, VerifyKey]:
    """Key id to key; a key listed twice counts once. Raises ValueError for what is no key."""
    found = (VerifyKey(b64decode(text, validate=True)) for text in role.keys)
    return {key_id(key): key for key in found}


def key_id(key: VerifyKey) -> str:
    """The first 16 hex digits of the sha256 of the public key's 32 bytes."""
    return sha256(bytes(key)).hexdigest()[:16]


def public_text(key: SigningKey) -> str:
    """How `trust.json` writes a key."""
    return b64encode(bytes(key.verify_key)).decode("ascii")


def read_trust(data: bytes) -> Trust:
    """Read `trust.json`.

    Raises Unreadable: unknown version, missing role, bad key, threshold out of reach.
    """
    try:
        trust = msgspec.json.decode(data, type=Trust)
        for role in Role:
            _check_role(trust, role)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Unreadable(f"trust.json: {error}") from error
    return trust


def _check_role(trust: Trust, role: Role) -> None:
    if role not in trust.roles:
        raise ValueError(f"role {role} is missing")
    if trust.roles[role].threshold > len(trust.keys_of(role)):
        raise ValueError(f"role {role} needs more signatures than it has keys")
