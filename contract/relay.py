"""When a relay may sound, from where, what its grant must say, and how long the slot is. Pure."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from contract.messages import Grant, Relay

GIVEN_OUT = ip_network("2000::/3")  # all unicast IPv6 that anybody is given (IANA)
NAT64 = ip_network("64:ff9b::/96")  # ends in the IPv4 address that it leads to (RFC 6052)


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
    return str(mapped) in named or _is_public(mapped)


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    """Also when a translator or tunnel of the network makes an IPv4 address of it."""
    if isinstance(found, IPv6Address):
        if found in NAT64:
            return _is_public(IPv4Address(found.packed[-4:]))
        if found not in GIVEN_OUT or (found.sixtofour and not _is_public(found.sixtofour)):
            return False
    return found.is_global and not found.is_multicast
