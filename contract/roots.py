"""Roots: which keys count for which role, in documents that only the offline keys can replace.

The chain is that of TUF (The Update Framework 1.0.34 §5.3): version n+1 is signed by the threshold
of version n's root keys *and* of its own; versions go up by one. Signatures are DSSE, as
elsewhere. Documents are named by their place in the chain, so that nothing is read unchecked.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec
import rfc8785
from msgspec import Meta, Struct
from nacl.signing import SigningKey

from contract.errors import Refusal, RefusedMessage
from contract.messages import Envelope, Instant, Signature
from contract.signing import body_of, good_signers, signature, wanted
from contract.trust import Role, RoleKeys, Trust, keys_in

PAYLOAD_TYPE = "application/vnd.truyenthanh.root+json"

LONGEST = 100
"""Roots in a chain: six changes a year for sixteen years; at about 2 kB each they are one message
of the contract."""

TOGETHER = 2
"""The least that root and emergency may ask for: no single key changes keys or cuts in."""


class Root(Struct, frozen=True, kw_only=True):
    """One root document: the offline keys themselves, and the keys of every role."""

    version: Annotated[int, Meta(ge=1, le=LONGEST)]
    exp: Instant  # no station takes it after that; one that holds it goes on (decision 15)
    root: RoleKeys
    roles: dict[Role, RoleKeys]
    v: Literal[1] = 1

    @property
    def trust(self) -> Trust:
        """What `signing.verify` asks."""
        return Trust(roles=self.roles)


class RootChain(Struct, frozen=True, kw_only=True):
    """Every root from version 1 on, in order: what is retained on the topic, and kept in a file."""

    chain: Annotated[tuple[Envelope, ...], Meta(min_length=1, max_length=LONGEST)]
    v: Literal[1] = 1


def draft(root: Root) -> Envelope:
    """An envelope without signatures. Raises ValueError when no station would take such a root."""
    problems = faults(root)
    if problems:
        raise ValueError("; ".join(problems))
    body = bytes(rfc8785.dumps(msgspec.to_builtins(root)))
    return Envelope(payloadType=PAYLOAD_TYPE, payload=b64encode(body).decode(), signatures=[])


def signed(envelope: Envelope, keys: Iterable[SigningKey]) -> Envelope:
    """The envelope with these keys' signatures added; a key's earlier one is replaced."""
    new = [signature(key, envelope) for key in keys]
    return combined(envelope, [msgspec.structs.replace(envelope, signatures=new)])


def combined(envelope: Envelope, others: Iterable[Envelope]) -> Envelope:
    """All signatures of copies of one document. Raises ValueError when one is of another."""
    found: dict[str, Signature] = {one.keyid: one for one in envelope.signatures}
    for other in others:
        if (other.payloadType, other.payload) != (envelope.payloadType, envelope.payload):
            raise ValueError("signatures of different documents")
        found.update({one.keyid: one for one in other.signatures})
    return msgspec.structs.replace(envelope, signatures=list(found.values()))


def first(envelope: Envelope) -> Root:
    """Version 1, which nobody vouches for but who installs it; signed by itself.

    Raises RefusedMessage.
    """
    root = _read(envelope)
    if root.version != 1:
        raise RefusedMessage(Refusal.STALE, f"the chain begins with version {root.version}")
    _demand(envelope, root.root)
    return root


def successor(held: Root, envelope: Envelope) -> Root:
    """The root after `held`. Raises RefusedMessage."""
    _demand(envelope, held.root)
    root = _read(envelope)
    if root.version != held.version + 1:
        detail = f"version {root.version} after {held.version}"
        raise RefusedMessage(Refusal.STALE, detail)
    _demand(envelope, root.root)
    return root


def follow(held: Root, chain: Sequence[Envelope], now: datetime | None) -> Root:
    """The newest root, coming from `held`; `held` itself when the chain has nothing newer.

    `now` None: the time is not known, and nothing is judged by it. Raises RefusedMessage; also
    when the newest has expired, or the chain ends before `held`: roots never go back.
    """
    if len(chain) < held.version:
        raise RefusedMessage(Refusal.STALE, f"{len(chain)} roots; version {held.version} is held")
    newest = held
    for envelope in chain[held.version :]:
        newest = successor(newest, envelope)
    if newest is not held and now is not None and now >= newest.exp:
        raise RefusedMessage(Refusal.EXPIRED, f"root {newest.version} ended {newest.exp}")
    return newest


def walk(chain: RootChain) -> Root:
    """The newest root of a chain that somebody whom we trust has handed us. Raises RefusedMessage.

    Not judged by time: this is read at a start, perhaps before the clock is right.
    """
    return follow(first(chain.chain[0]), chain.chain, None)


def faults(root: Root) -> list[str]:
    """What no root may say."""
    named: Mapping[str, RoleKeys] = {"root": root.root} | {
        str(role): keys for role, keys in root.roles.items()
    }
    found = [f"role {role} is missing" for role in Role if role not in root.roles]
    found += [fault for name, keys in named.items() for fault in _key_faults(name, keys)]
    together = {"root": root.root, "emergency": root.roles.get(Role.EMERGENCY)}
    found += [
        f"role {name} needs at least {TOGETHER} signatures"
        for name, keys in together.items()
        if keys is not None and keys.threshold < TOGETHER
    ]
    return found


def _key_faults(name: str, keys: RoleKeys) -> list[str]:
    try:
        held = keys_in(keys)
    except ValueError as error:
        return [f"role {name}: {error}"]
    short = keys.threshold > len(held)
    return [f"role {name} needs more signatures than it has keys"] if short else []


def _read(envelope: Envelope) -> Root:
    if envelope.payloadType != PAYLOAD_TYPE:
        raise RefusedMessage(Refusal.UNREADABLE, f"{envelope.payloadType} is no root")
    try:
        root = msgspec.json.decode(body_of(envelope), type=Root)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise RefusedMessage(Refusal.UNREADABLE, f"root: {error}") from error
    problems = faults(root)
    if problems:
        raise RefusedMessage(Refusal.UNREADABLE, f"root {root.version}: {'; '.join(problems)}")
    return root


def _demand(envelope: Envelope, keys: RoleKeys) -> None:
    wanted("root", keys, good_signers(envelope, keys_in(keys)))
