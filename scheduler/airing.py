"""Airing: an approved bulletin or programme at a time, for a set of stations."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from contract.ids import StationId
from contract.precedence import Standing
from contract.states import Class, Resume
from scheduler.pieces import Span
from scheduler.rules import Rule

LATE_LIMIT_MS = 120_000  # an ordinary item more than two minutes late is missed

LIVE_RANK = 1_000
"""A relay stands behind the recordings of its class (Standing.rank): they cannot be split, and a
commune orders far fewer of them."""


class Entry(Struct, frozen=True, kw_only=True):
    """What wants to be heard: an approved bulletin or a programme, with its rule and its targets.

    It may sound only within [released_from, released_until], which people approved (None: no end);
    a release never reaches back before its approval. `standing.id` names the entry.
    """

    standing: Standing
    title: str
    rule: Rule
    duration_ms: Annotated[int, Meta(ge=1)]
    targets: frozenset[StationId]
    released_from: datetime
    released_until: datetime | None = None
    resume: Resume = Resume.AT_CUT
    late_limit_ms: Annotated[int, Meta(ge=0)] = LATE_LIMIT_MS
    live: bool = False
    """Another's programme, which goes on without us: its equals take their parts out of it."""
    begun: Mapping[datetime, tuple[Span, ...]] = {}
    """Of a live one, by their due starts: slots that are on, and what stations hold of them."""

    @property
    def id(self) -> str:
        """The entry's name."""
        return self.standing.id

    @property
    def cls(self) -> Class:
        """The entry's bulletin class."""
        return self.standing.cls

    @property
    def duration(self) -> timedelta:
        """How long it sounds."""
        return timedelta(milliseconds=self.duration_ms)


class Airing(Struct, frozen=True):
    """An entry on the air on `targets` from `starts_at` (UTC).

    `due_at` is the start that its rule gave; `starts_at` is later when it waits for its turn.
    The pair (entry, due_at) may have several airings, for disjoint targets; a live entry also
    for the same ones, each of them a `piece`.
    """

    entry: Entry
    due_at: datetime
    starts_at: datetime
    targets: frozenset[StationId]
    piece: timedelta | None = None  # how long, when it is not the whole

    def __hash__(self) -> int:
        """Cheap: the whole would hash every target."""
        return hash((self.entry.id, self.due_at, self.starts_at))

    @property
    def ends_at(self) -> datetime:
        """When it ends if nothing cuts in."""
        return self.starts_at + (self.piece or self.entry.duration)
