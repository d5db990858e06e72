"""Tally: the verdicts of each airing by place, counted in the transaction that writes them.

It says exactly what the ledger says (tests/controller/test_tally.py recounts it), only shorter.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import delete, func, literal, select
from sqlalchemy.orm import Session

from contract.states import Verdict
from controller.model import Airing, Station, StationVerdict, Tally
from controller.upsert import insert

LATE = timedelta(seconds=60)
"""People set their clocks by the minute: whoever begins a whole one after it began late."""

HEARD = (Verdict.AIRED, Verdict.PARTIAL)
"""Only these count as played: `unverified` is nobody's word that anything sounded."""

_SUMS = ("stations", "late", "asked_ms", "played_samples")


class Standing(Struct, frozen=True):
    """What a report asks of one verdict."""

    verdict: Verdict
    cause: str
    late: int  # 1 or 0
    played_samples: int


class Moved(Struct, frozen=True):
    """One station's verdict on one airing, before and after."""

    airing: str
    station: str
    before: Standing
    after: Standing


PENDING = Standing(Verdict.PENDING, "", 0, 0)
UNVERIFIED = Standing(Verdict.UNVERIFIED, "", 0, 0)


class Told(NamedTuple):
    """The columns of a StationVerdict that say how it counts."""

    verdict: str
    cause: str | None
    planned_at: datetime
    started_at: datetime | None
    played_samples: int
    silent_samples: int | None


def standing(row: StationVerdict | Told) -> Standing:
    """How a verdict counts; what was not heard has no length and is not late."""
    verdict = Verdict(row.verdict)
    if verdict not in HEARD:
        return Standing(verdict, row.cause or "", 0, 0)
    late = row.started_at is not None and row.started_at - row.planned_at >= LATE
    heard = row.played_samples - (row.silent_samples or 0)
    return Standing(verdict, row.cause or "", int(late), heard)


def begin(session: Session, airing: Airing) -> None:
    """Count the pending verdicts of an airing that starts now."""
    asked = asked_ms(airing)
    pending = (
        select(
            StationVerdict.airing_id,
            Station.area_id,
            StationVerdict.verdict,
            literal(""),
            func.count(),
            literal(0),
            func.count() * asked,
            literal(0),
        )
        .join(Station, Station.id == StationVerdict.station_id)
        .where(StationVerdict.airing_id == airing.id)
        .group_by(StationVerdict.airing_id, Station.area_id, StationVerdict.verdict)
    )
    columns = ["airing_id", "area_id", "verdict", "cause", *_SUMS]
    # frozen twice, its targets are counted once
    session.execute(insert(session, Tally).from_select(columns, pending).on_conflict_do_nothing())


def move(session: Session, moves: Sequence[Moved]) -> None:
    """Count verdicts elsewhere than before; as many statements for one as for thousands."""
    sums = _sums(session, moves)
    if not sums:
        return
    new = insert(session, Tally)
    added = {name: getattr(Tally, name) + new.excluded[name] for name in _SUMS}
    keys = ("airing_id", "area_id", "verdict", "cause")
    rows = [
        {**dict(zip(keys, key, strict=True)), **{name: counted[name] for name in _SUMS}}
        for key, counted in sorted(sums.items())  # one order: writers never wait in a ring
    ]
    session.execute(new.on_conflict_do_update(index_elements=list(keys), set_=added), rows)
    session.execute(
        delete(Tally)
        .where(Tally.airing_id.in_({each.airing for each in moves}), Tally.stations == 0)
        .execution_options(synchronize_session=False)
    )


def asked_ms(airing: Airing) -> int:
    """How long one station was to sound."""
    return round((airing.ends_at - airing.starts_at) / timedelta(milliseconds=1))


def _sums(
    session: Session, moves: Sequence[Moved]
) -> dict[tuple[str, str, str, str], Counter[str]]:
    moved = [each for each in moves if each.before != each.after]
    if not moved:
        return {}
    at = select(Station.id, Station.area_id).where(Station.id.in_({m.station for m in moved}))
    places = dict(list(session.execute(at)))
    of = select(Airing).where(Airing.id.in_({each.airing for each in moved}))
    asked = {airing.id: asked_ms(airing) for airing in session.scalars(of)}
    sums: dict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
    for each in moved:
        for sign, one in ((-1, each.before), (1, each.after)):
            count = sums[each.airing, places[each.station], one.verdict, one.cause]
            count["stations"] += sign
            count["late"] += sign * one.late
            count["asked_ms"] += sign * asked[each.airing]
            count["played_samples"] += sign * one.played_samples
    return sums
