"""When a relay may sound, from where, what its grant must say, and how long the slot is. Pure."""

from collections.abc import Collection
from ipaddress import ip_address

from contract.messages import Grant, Relay


def covers(grant: Grant, relay: Relay, names: Collection[str]) -> bool:
    """Whether a person has granted this very stream, in this slot, class and place."""
    return (
        grant.bulletin == relay.bulletin
        and grant.stream == relay.stream
        and grant.fallback == relay.fallback
        and grant.cls == relay.cls
        and bool(set(names) & set(grant.aud))
        and grant.nbf <= relay.starts_at
        and relay.ends_at <= grant.exp
    )


def slot_samples(relay: Relay) -> int:
    """Length of the slot at 48 kHz; not positive when it ends before it begins."""
    span = relay.ends_at - relay.starts_at
    return span.days * 86_400 * 48_000 + span.seconds * 48_000 + span.microseconds * 48 // 1000


def may_connect(ip: str, named: Collection[str]) -> bool:
    """Whether a stream may come from there: a public address, or one that was named as a number.

    Whoever may type the name of a host could else have us knock at doors inside a network.
    """
    found = ip_address(ip)
    mapped = getattr(found, "ipv4_mapped", None) or found
    return (mapped.is_global and not mapped.is_multicast) or str(mapped) in named
