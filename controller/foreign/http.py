"""Boxes that ask over HTTP for what they may play next, and post what became of it."""

from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from contract.errors import Unreadable
from contract.messages import Identity, Instant
from controller.foreign.ports import Offer, Said, Told, What
from controller.foreign.slots import SLACK, Slot

JSON, M3U = "lich.json", "lich.m3u"

AHEAD = timedelta(minutes=10)
"""Enough to fetch a long recording over a bad mobile link; a box holds nothing longer."""


MINUTES = AHEAD // timedelta(minutes=1)


class Entry(Struct, frozen=True):
    """One line of the programme. `volume` is a percentage; null: as the box is set itself."""

    airing: str
    title: str
    cls: int
    interrupt: bool  # play it as soon as this is read, whatever sounds
    starts_at: datetime
    ends_at: datetime
    seconds: float
    url: str
    sha256: str
    bytes: int
    volume: int | None


class Programme(Struct, frozen=True):
    """All that the box may play: what is not in it must not sound, and is deleted."""

    now: datetime
    ask_again_s: int
    play: tuple[Entry, ...]


class Result(Struct, frozen=True):
    """What became of one airing."""

    airing: Identity
    state: What
    started_at: Instant | None = None
    ended_at: Instant | None = None
    played_s: Annotated[float, Meta(ge=0, le=86_400)] | None = None
    detail: Annotated[str, Meta(max_length=200)] = ""


class Results(Struct, frozen=True):
    """The body of a post."""

    results: Annotated[tuple[Result, ...], Meta(max_length=100)] = ()


class HttpPolling(Struct, frozen=True):
    """A box that asks every `poll_s` seconds."""

    poll_s: int

    @property
    def ahead(self) -> timedelta:
        """As AHEAD says."""
        return AHEAD

    @property
    def limits(self) -> tuple[str, ...]:
        """What hangs on its asking."""
        return (
            f"Tin khẩn cấp, lệnh dừng, rút bản tin: chậm tới {self.poll_s} giây, khi thiết bị hỏi.",
            f"Không tự giữ khung giờ: máy chủ chỉ giao thứ sẽ phát trong {MINUTES} phút tới.",
            f"Mất mạng quá {MINUTES} phút là không phát được: thiết bị không giữ lịch dài.",
        )

    def takes_volume(self, _offer: Offer) -> bool:
        """Every answer says it."""
        return True

    def tell(self, offer: Offer) -> tuple[Told, ...]:
        """The same programme in two forms. M3U, which knows no times, has only what sounds now."""
        until = offer.now + timedelta(seconds=self.poll_s)
        programme = Programme(
            now=offer.now,
            ask_again_s=self.poll_s,
            play=tuple(_entry(slot, offer) for slot in offer.slots),
        )
        return (
            Told(JSON, msgspec.json.encode(programme), until),
            Told(M3U, _m3u(offer).encode(), until),
        )

    def read(self, payload: bytes) -> tuple[Said, ...]:
        """Raises Unreadable."""
        try:
            found = msgspec.json.decode(payload, type=Results)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Unreadable(str(error)) from error
        return tuple(
            Said(
                what=one.state,
                airing=one.airing,
                started_at=one.started_at,
                ended_at=one.ended_at,
                played_s=one.played_s,
                detail=one.detail,
            )
            for one in found.results
        )


def _entry(slot: Slot, offer: Offer) -> Entry:
    return Entry(
        airing=slot.airing,
        title=slot.title,
        cls=slot.cls,
        interrupt=slot.cuts_in,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        seconds=round(slot.seconds, 3),
        url=offer.urls[slot.airing],
        sha256=slot.recording,
        bytes=slot.size,
        volume=offer.volume_of(slot),
    )


def _is_heard(slot: Slot, offer: Offer) -> bool:
    """An emergency that was given so long ago: who plays lists would play it for an hour."""
    since = offer.given.get(slot.airing, offer.now)
    return slot.cuts_in and offer.now >= since + timedelta(seconds=slot.seconds) + SLACK


def _m3u(offer: Offer) -> str:
    lines = ["#EXTM3U"]
    for slot in offer.slots:
        if slot.starts_at <= offer.now and not _is_heard(slot, offer):
            title = " ".join(slot.title.split())  # a line break would begin another entry
            lines += [f"#EXTINF:{slot.seconds:.0f},{title}", offer.urls[slot.airing]]
    return "\n".join(lines) + "\n"
