"""Boxes that are told to play and to stop by MQTT messages of their maker's own."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import Struct

from contract.errors import Unreadable
from controller.foreign import profile as profiles
from controller.foreign.ports import Offer, Said, Told, What
from controller.foreign.profile import Profile, unix
from controller.foreign.slots import LATE_LIMIT, Slot

STOP_VALID = timedelta(minutes=10)
"""A box that comes back later has nothing left that plays: it was told of one airing at a time."""

NO_VOLUME = 80
"""What a message that must name a volume says when nobody has set one."""


class OwnMqtt(Struct, frozen=True):
    """A box called `device`, of the make that the profile tells of."""

    profile: Profile
    device: str

    @property
    def ahead(self) -> timedelta:
        """As its profile says."""
        return timedelta(seconds=self.profile.lead_s)

    @property
    def limits(self) -> tuple[str, ...]:
        """What hangs on its connection."""
        return (
            "Tin khẩn cấp, lệnh dừng, rút bản tin: gửi ngay, chỉ thiết bị đang có mạng mới nhận.",
            "Không tự giữ khung giờ: máy chủ chỉ ra lệnh phát trong khung giờ được phát.",
            "Mất mạng vào giờ phát là không phát được: thiết bị không giữ lịch.",
            "Âm lượng mới: chỉ đi cùng lượt phát sau, đến lúc đó lệnh còn chờ.",
            "Lệnh đã gửi nghĩa là trạm MQTT đã nhận, chưa chắc thiết bị đã nhận.",
        )

    def takes_volume(self, offer: Offer) -> bool | None:
        """With an airing only, and not in every maker's words."""
        if "{volume}" not in self.profile.play.payload:
            return False
        normal = (slot for slot in offer.slots if not slot.cuts_in)
        return True if any(slot.airing in offer.fresh for slot in normal) else None

    def tell(self, offer: Offer) -> tuple[Told, ...]:
        """Stop what is gone first, then play what is new."""
        gone = [self._stop(airing, offer) for airing in offer.gone]
        fresh = [self._play(slot, offer) for slot in offer.slots if slot.airing in offer.fresh]
        return (*gone, *fresh)

    def read(self, payload: bytes) -> tuple[Said, ...]:
        """Raises Unreadable."""
        try:
            told = msgspec.json.decode(payload, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Unreadable(str(error)) from error
        status = self.profile.status
        what = self._what(_found(told, status.word))
        if what is None:
            return ()
        return (
            Said(
                what=what,
                airing=_found(told, status.airing)[:40],
                played_s=_seconds(_found(told, status.played_s)),
                detail=_found(told, status.detail)[:200],
            ),
        )

    @property
    def topics_read(self) -> tuple[str, ...]:
        """What the box listens to."""
        return tuple(dict.fromkeys(self._topic(one.topic) for one in self.profile.commands))

    @property
    def status_topic(self) -> str:
        """Where the box speaks."""
        return self._topic(self.profile.status.topic)

    def _topic(self, template: str) -> str:
        return template.replace(profiles.DEVICE, self.device)

    def _play(self, slot: Slot, offer: Offer) -> Told:
        volume = offer.volume_of(slot)
        words: dict[str, str | int | float] = {
            "airing": slot.airing,
            "url": offer.urls[slot.airing],
            "sha256": slot.recording,
            "title": slot.title,
            "volume": NO_VOLUME if volume is None else volume,
            "seconds": round(slot.seconds),
            "starts_unix": unix(slot.starts_at),
            "ends_unix": unix(slot.ends_at),
            "class": int(slot.cls),
            **self._box(offer),
        }
        until = slot.ends_at if slot.cuts_in else slot.starts_at + LATE_LIMIT
        payload = profiles.fill(self.profile.play.payload, words)
        return Told(self._topic(self.profile.play.topic), payload.encode(), until)

    def _stop(self, airing: str, offer: Offer) -> Told:
        command, words = self.profile.stop, {"airing": airing, **self._box(offer)}
        payload = profiles.fill(command.payload, words)
        return Told(self._topic(command.topic), payload.encode(), offer.now + STOP_VALID)

    def _box(self, offer: Offer) -> dict[str, str]:
        return {"device": self.device, "station": offer.station}

    def _what(self, word: str) -> What | None:
        status = self.profile.status
        lists: Iterable[tuple[What, tuple[str, ...]]] = (
            (What.PLAYING, status.playing),
            (What.FINISHED, status.finished),
            (What.STOPPED, status.stopped),
            (What.FAILED, status.failed),
        )
        return next((what for what, words in lists if word in words), None)


def _found(told: dict[str, Any], path: str) -> str:
    """The text or number under a name like `data.id`; "" when there is none."""
    found: Any = told
    for name in filter(None, path.split(".")):
        found = found.get(name) if isinstance(found, dict) else None
    return str(found) if path and isinstance(found, str | int | float) else ""


def _seconds(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 <= found <= 86_400 else None
