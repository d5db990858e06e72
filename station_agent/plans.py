"""A plan becomes what the station holds: its items with their releases, and what changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import UnsetType
from msgspec.structs import replace

from contract import codec
from contract.errors import Refusal, RefusedMessage, Unreadable
from contract.messages import Envelope, Item, Plan, Recording, Release
from contract.signing import verify
from contract.states import Cause, Phase
from contract.trust import Trust
from station_agent import relays
from station_agent.actions import Subscribe
from station_agent.beginnings import over
from station_agent.draft import Draft
from station_agent.state import Airing, HeldPlan

KEPT = timedelta(days=30)
"""What is over is remembered three plan lengths, so that no wrong clock lets it air again."""

LONGEST = 24 * 3_600 * 48_000
"""Samples of a day: more cannot lie in any permitted window."""


def hold(plan: Plan, trust: Trust) -> HeldPlan:
    """The plan's items as airings, first start first, and those with a valid release.

    Raises RefusedMessage(unreadable) when it names a recording that it does not list, an airing
    twice, or a recording longer than a day.
    """
    recordings = {recording.sha256: recording for recording in plan.recordings}
    if any(not 0 < recording.samples <= LONGEST for recording in plan.recordings):
        raise RefusedMessage(Refusal.UNREADABLE, "a recording of an impossible length")
    items = plan.items
    if any(item.recording not in recordings for item in items):
        raise RefusedMessage(Refusal.UNREADABLE, "the plan names a recording it does not list")
    shift_ms = _shift_ms(plan)
    taken_over = relays.of(plan)
    found = [_airing(item, recordings[item.recording], shift_ms) for item in items]
    names = {plan.station, *plan.areas}
    signed = [(relay, relays.granted(relay, trust, names)) for relay in taken_over]
    found += [relays.airing(relay, grant, recordings, shift_ms) for relay, grant in signed]
    airings = {a.id: a for a in sorted(found, key=lambda a: a.planned_at)}
    if len(airings) < len(found):
        raise RefusedMessage(Refusal.UNREADABLE, "the plan names an airing twice")
    releases = _releases(plan.releases, trust)
    released = {item.airing for item in items if _covers(releases.get(item.release), item, names)}
    granted = {relay.airing for relay, grant in signed if grant is not None}
    return HeldPlan(plan, airings, frozenset(released | granted))


def wake_plan(envelope: bytes, trust: Trust) -> HeldPlan | None:
    """The plan that was held when the agent stopped; None when the keys have changed since."""
    try:
        return hold(verify(Plan, codec.decode(Envelope, envelope), trust), trust)
    except (Unreadable, RefusedMessage):
        return None


def take(draft: Draft, held: HeldPlan, envelope: bytes) -> None:
    """Obey a verified newer plan from now on."""
    old = draft.state.plan
    plan = held.plan
    _close_unknown(draft, held)
    draft.change(plan=held)
    draft.remember(plan=envelope, highest=(plan.epoch, plan.seq))
    forget_old(draft)
    if old is None or old.plan.areas != plan.areas:
        draft.act(Subscribe(plan.areas))
    for airing in draft.state.open_airings:
        if not airing.emergency:
            _follow(draft, airing, held.airings.get(airing.id))


def _close_unknown(draft: Draft, held: HeldPlan) -> None:
    """End what has left the plan while the clock is not believed: its time is surely over."""
    if draft.state.plan is None or not draft.state.clock_unsure:
        return
    known = {**held.airings, **draft.state.memory.airings}
    for item in draft.state.plan.airings.values():
        if item.id not in known and over(item, held.plan.iat):
            draft.end(item, Cause.CLOCK)


def _follow(draft: Draft, airing: Airing, item: Airing | None) -> None:
    """What a newer plan means for an airing that has begun."""
    if item is None:
        # an airing that is over by the plan leaves it of itself; one that is not was taken out
        if draft.at.now < airing.planned_end:
            draft.halt(airing, Cause.CANCELLED)
    elif airing.started_at is None and item.planned_at != airing.planned_at:
        _move(draft, airing, item)


def _move(draft: Draft, airing: Airing, item: Airing) -> None:
    """An airing that was being made ready, and has not sounded, follows its plan."""
    counters = {"phase": airing.phase, "run": airing.run, "runs": airing.runs}
    moved = draft.keep(replace(item, **counters))
    if moved.run is not None:
        draft.halt(moved, Cause.DISPLACED)


def _shift_ms(plan: Plan) -> int:
    """How long after its instant an item's first sample leaves the player; less than 0: before."""
    sound = plan.sound
    return 0 if isinstance(sound, UnsetType) else sound.offset_ms - sound.latency_ms


def _airing(item: Item, recording: Recording, shift_ms: int) -> Airing:
    return Airing(
        id=item.airing,
        bulletin=item.bulletin,
        recording=recording,
        cls=item.cls,
        rank=item.rank,
        planned_at=item.starts_at,
        shift_ms=shift_ms,
        resume=item.resume,
        late=item.late,
        late_limit_ms=item.late_limit_ms,
        volume=item.volume,
    )


def _releases(envelopes: Iterable[Envelope], trust: Trust) -> dict[str, Release]:
    found: dict[str, Release] = {}
    for envelope in envelopes:
        try:
            release = verify(Release, envelope, trust)
        except RefusedMessage:
            continue  # its items have no release, and say so when their time comes
        found[release.id] = release
    return found


def _covers(release: Release | None, item: Item, names: set[str]) -> bool:
    """Whether a person has approved this recording, class, place and time."""
    return (
        release is not None
        and release.recording == item.recording
        and release.bulletin == item.bulletin
        and release.cls == item.cls
        and bool(names & set(release.aud))
        and _in_time(release, item.starts_at)
    )


def _in_time(release: Release, start: datetime) -> bool:
    listed = not release.starts or start in release.starts
    return listed and release.nbf <= start < release.exp


def forget_old(draft: Draft) -> None:
    """Let go of what can never matter again, so that the memory of a box stays small.

    By a clock that is not believed nothing is forgotten: it may show a year that is far ahead.
    """
    if draft.state.clock_unsure:
        return
    memory, now = draft.state.memory, draft.at.now
    planned = draft.state.plan.airings if draft.state.plan else {}

    def old(airing: Airing) -> bool:
        done = airing.phase is Phase.DONE and airing.id not in planned
        return done and now - airing.planned_at > KEPT

    draft.remember(
        airings={a.id: a for a in memory.airings.values() if not old(a)},
        seen={name: seen for name, seen in memory.seen.items() if now - seen.until < KEPT},
        barred={name: until for name, until in memory.barred.items() if now - until < KEPT},
    )
