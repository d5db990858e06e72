"""Telling: the bodies of messages, one shape for each kind of fact; docs/webhooks.md shows them.

Ids and words are those of the API (docs/api.md), where a receiver can ask for more.
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from contract.states import Cause, Verdict
from controller.hooks.kinds import Kind


class BulletinTold(Struct, frozen=True, kw_only=True):
    """What became of a bulletin; `reason` is why it was given back, or empty."""

    bulletin_id: str
    area_id: str
    title: str
    cls: int
    targets: list[str]
    reason: str


class AiringTold(Struct, frozen=True, kw_only=True):
    """An airing; `was` is its start before it was moved."""

    airing_id: str
    bulletin_id: str
    area_id: str
    title: str
    cls: int
    targets: list[str]
    starts_at: datetime
    was: datetime | None = None


class VerdictTold(Struct, frozen=True, kw_only=True):
    """What became of an airing on one station."""

    station_id: str
    area_id: str
    verdict: Verdict
    cause: Cause | None
    planned_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    played_s: float
    total_s: float
    evidence: str | None


class VerdictsTold(Struct, frozen=True, kw_only=True):
    """Verdicts that were decided together; those of other stations come later."""

    airing_id: str
    bulletin_id: str
    title: str
    cls: int
    verdicts: list[VerdictTold]


class AlarmTold(Struct, frozen=True, kw_only=True):
    """Trouble of a station, or of the server itself when it names none."""

    code: str
    detail: str
    since: datetime
    station_id: str | None
    area_id: str | None


class TestTold(Struct, frozen=True, kw_only=True):
    """A person tries whether messages arrive."""

    name: str


Told = BulletinTold | AiringTold | VerdictsTold | AlarmTold | TestTold

SHAPES: dict[Kind, type[Struct]] = {
    **dict.fromkeys(
        (
            Kind.SUBMITTED,
            Kind.APPROVED,
            Kind.RETURNED,
            Kind.EDITED,
            Kind.WITHDRAWN,
            Kind.SLOT_LOST,
        ),
        BulletinTold,
    ),
    **dict.fromkeys((Kind.CANCELLED, Kind.MOVED, Kind.EMERGENCY, Kind.ALL_CLEAR), AiringTold),
    Kind.VERDICT: VerdictsTold,
    **dict.fromkeys((Kind.SILENT, Kind.BACK, Kind.ALARM, Kind.ALARM_OVER), AlarmTold),
    Kind.TEST: TestTold,
}
"""The `data` of each kind of message."""


def body(kind: Kind, at: datetime, data: Told) -> str:
    """The JSON that is sent; `at` is when it happened, told in UTC."""
    content: dict[str, Any] = {"type": kind, "timestamp": at.astimezone(UTC), "data": data}
    return msgspec.json.encode(content).decode()
