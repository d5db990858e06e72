"""Station sound: how loud a station is, when it begins and how it fades, set by those who may."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contract.ids import StationId
from contract.messages import Sound
from controller import audit, stations
from controller.errors import Invalid, WrongState
from controller.model import StationSound
from controller.permissions import Permission, Who
from scheduler.problem import Problem


def read_sounds(session: Session) -> dict[StationId, Sound]:
    """The sounds that were set, by station."""
    return _sounds(session, select(StationSound))


def read_sounds_of(session: Session, stations: Sequence[str]) -> dict[StationId, Sound]:
    """The same, of these stations only."""
    return _sounds(session, select(StationSound).where(StationSound.station_id.in_(stations)))


def _sounds(session: Session, query: Select[StationSound]) -> dict[StationId, Sound]:
    return {StationId(row.station_id): _sound(row) for row in session.scalars(query)}


def sound_of(session: Session, station_id: str) -> Sound:
    """How a station is to sound."""
    row = session.get(StationSound, station_id)
    return Sound() if row is None else _sound(row)


def set_sound(
    session: Session, asking: Who, station_id: str, sound: Sound, *, now: datetime
) -> None:
    """Have a station sound like this from its next plan on, within seconds when it is on the net.

    Raises NotFound for a station that this person may not manage, Invalid for what contradicts
    itself.
    """
    station = stations.get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    problems = list(_problems(sound))
    if problems:
        raise Invalid(problems)
    before = sound_of(session, station.id)
    if sound == before:
        return
    row = session.get(StationSound, station.id)
    if row is None:
        row = StationSound(station_id=station.id, sound={}, changed_at=now)
        session.add(row)
    row.previous = msgspec.to_builtins(before)
    row.sound, row.changed_at = msgspec.to_builtins(sound), now
    audit.record(
        session,
        asking,
        "station.sound",
        "station",
        station.id,
        now=now,
        before=_changed(before, sound),
        after=_changed(sound, before),
    )


def previous_of(session: Session, station_id: str) -> Sound | None:
    """What it was before the last change; None: nothing was changed."""
    row = session.get(StationSound, station_id)
    if row is None or row.previous is None:
        return None
    return msgspec.convert(row.previous, Sound)


def mark(sound: Sound) -> str:
    """What tells one sound from another."""
    return sha256(msgspec.json.encode(sound)).hexdigest()[:16]


def take_back(session: Session, asking: Who, station_id: str, seen: str, *, now: datetime) -> None:
    """Have a station sound as before the last change; a second time undoes the undoing.

    `seen` is the mark of what the person saw: a tap that comes twice acts once. Raises NotFound
    as `set_sound`, and WrongState when nothing was changed, or something since.
    """
    station = stations.get(session, asking, Permission.MANAGE_STATIONS, station_id, now)
    before = previous_of(session, station.id)
    if before is None:
        raise WrongState("Chưa có thay đổi nào để quay lại.")
    if seen != mark(sound_of(session, station.id)):
        raise WrongState("Mức vừa được đổi. Trang này nay ghi mức mới: còn muốn đổi thì bấm lại.")
    set_sound(session, asking, station.id, before, now=now)


def _sound(row: StationSound) -> Sound:
    return msgspec.convert(row.sound, Sound)


def _problems(sound: Sound) -> Iterable[Problem]:
    if sound.volume is not None and sound.volume > sound.maximum:
        yield Problem("volume", f"Mức thường không được quá mức tối đa ({sound.maximum} %).")
    if sound.emergency < sound.maximum:
        yield Problem("emergency", "Tin khẩn cấp không được nhỏ hơn mức tối đa thường ngày.")
    spans = sorted(each.hours for each in sound.hours)
    for one, following in pairwise(spans):
        if following.start < one.end:
            yield Problem("hours", f"Khung {one.start}–{one.end} chồng lên {following.start}.")
    if any(each.percent > sound.maximum for each in sound.hours):
        yield Problem("hours", f"Âm lượng theo giờ không được quá mức tối đa ({sound.maximum} %).")


def _changed(sound: Sound, other: Sound) -> dict[str, Any]:
    mine, theirs = msgspec.to_builtins(sound), msgspec.to_builtins(other)
    return {name: value for name, value in mine.items() if theirs[name] != value}
