"""Relays of a plan become airings like others, as long as their slot, held by their fallback."""

from collections.abc import Collection, Mapping

from msgspec import UnsetType
from msgspec.structs import replace

from contract.errors import Refusal, RefusedMessage
from contract.messages import DAY_MS, Grant, Plan, Recording, Relay
from contract.relay import covers, slot_samples
from contract.signing import verify
from contract.states import Late, Resume
from contract.trust import Trust
from station_agent.player import wire
from station_agent.state import Airing, Relayed


def of(plan: Plan) -> tuple[Relay, ...]:
    """The plan's relays; a plan of a server that knows none has none."""
    return () if isinstance(plan.relays, UnsetType) else plan.relays


def airing(
    relay: Relay, grant: Grant | None, recordings: Mapping[str, Recording], shift_ms: int
) -> Airing:
    """The airing that a relay is: joined late, and again after whatever cut in on it.

    Raises RefusedMessage(unreadable) for an unlisted fallback or an impossible slot.
    """
    samples = slot_samples(relay)
    if relay.fallback not in recordings or not 0 < samples <= DAY_MS * 48:
        raise RefusedMessage(Refusal.UNREADABLE, "a relay without its fallback, or its length")
    return Airing(
        id=relay.airing,
        bulletin=relay.bulletin,
        recording=replace(recordings[relay.fallback], samples=samples),
        cls=relay.cls,
        rank=relay.rank,
        planned_at=relay.starts_at,
        shift_ms=shift_ms,
        resume=Resume.JOIN,
        late=Late.JOIN,
        late_limit_ms=samples // 48,
        volume=relay.volume,
        relay=Relayed(
            stream=relay.stream, silence_s=relay.silence_s, hosts=grant.hosts if grant else ()
        ),
    )


def granted(relay: Relay, trust: Trust, names: Collection[str]) -> Grant | None:
    """What a person has signed of this stream in this slot; None when nobody has."""
    try:
        grant = verify(Grant, relay.grant, trust)
    except RefusedMessage:
        return None
    return grant if covers(grant, relay, names) else None


def count(relayed: Relayed | None, word: wire.Ended) -> Relayed | None:
    """The counts with those of a run that has ended."""
    if relayed is None:
        return None
    return replace(
        relayed,
        live=relayed.live + word.relayed_samples,
        fallback=relayed.fallback + word.fallback_samples,
        silent=relayed.silent + word.silent_samples,
    )
