"""What is said to a box of another maker and what it says; each way of speaking is an adapter."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from controller.foreign.slots import Slot


class Offer(Struct, frozen=True, kw_only=True):
    """What may sound on one box now and soon. What is not in `slots` must not sound.

    `fresh` are the airings that it has not been given before, `gone` those that it was given and
    must end; `given` says when the others were given. `urls` say where the recordings of slots
    are fetched, by airing. `loudest` is the volume of an emergency.
    """

    station: str
    now: datetime
    slots: tuple[Slot, ...] = ()
    fresh: frozenset[str] = frozenset()
    gone: tuple[str, ...] = ()
    given: Mapping[str, datetime] = {}
    volume: int | None = None
    loudest: int = 100
    urls: Mapping[str, str] = {}

    def volume_of(self, slot: Slot) -> int | None:
        """How loud it is to sound: `loudest` for an emergency; None: as the box is set itself."""
        return self.loudest if slot.cuts_in else self.volume


class Told(Struct, frozen=True):
    """One message for a box; `place` is the form of an answer, or a topic.

    After `until` it says nothing true any more.
    """

    place: str
    payload: bytes
    until: datetime


class What(StrEnum):
    """What became of an airing, as a box says."""

    PLAYING = "playing"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


class Said(Struct, frozen=True, kw_only=True):
    """What a box says of an airing; an empty `airing` is what it began or was given last."""

    what: What
    airing: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    played_s: float | None = None
    detail: str = ""


class ForeignStations(Protocol):
    """One way of speaking with boxes of other makers. Pure: whoever calls it sends and stores."""

    @property
    def ahead(self) -> timedelta:
        """How long before its start an airing is given: a box may hold nothing longer."""

    @property
    def limits(self) -> tuple[str, ...]:
        """What our own stations guarantee and such a box does not; sentences for people."""

    def takes_volume(self, offer: Offer) -> bool | None:
        """Whether the offer tells it a new volume; None: a later one will."""

    def tell(self, offer: Offer) -> tuple[Told, ...]:
        """Push the programme, and the stop of what is gone."""

    def read(self, payload: bytes) -> tuple[Said, ...]:
        """What the box says; nothing when it only says that it is there. Raises Unreadable."""
