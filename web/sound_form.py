"""Sound form: what was typed about a station's sound becomes the sound, and fields again."""

import re
from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from contract.messages import HourVolume, Sound
from contract.states import Profile
from contract.windows import Window
from controller.errors import Invalid
from scheduler.problem import Problem

_LINE = re.compile(r"(\d{1,2}:\d\d)\s*(?:-|–|đến)\s*(\d{1,2}:\d\d)\s*[:,]?\s*(\d{1,3})\s*%?")

_LIMITS = {
    "volume": ("Mức thường", 0, 100, " %"),
    "maximum": ("Mức tối đa", 0, 100, " %"),
    "emergency": ("Mức tối đa cho tin khẩn cấp", 0, 100, " %"),
    "offset_ms": ("Lệch giờ bắt đầu", 0, 2_000, " ms"),
    "latency_ms": ("Bù trễ âm thanh", 0, 2_000, " ms"),
    "fade_in_ms": ("Thời gian to dần", 10, 1_000, " ms"),
    "fade_out_ms": ("Thời gian nhỏ dần", 10, 1_000, " ms"),
}
"""Each number with its name and bounds, those of contract.messages.Sound."""


class Typed(Struct, frozen=True, kw_only=True):
    """The fields as typed; `volume` and `profile` may be empty: the box's own setting."""

    volume: str = ""
    maximum: str = ""
    emergency: str = ""
    offset_ms: str = ""
    latency_ms: str = ""
    fade_in_ms: str = ""
    fade_out_ms: str = ""
    hours: str = ""
    profile: str = ""


def typed(form: Mapping[str, str]) -> Typed:
    """What was sent, whatever it is."""
    return Typed(**{name: form.get(name, "").strip() for name in Typed.__struct_fields__})


def of(sound: Sound) -> Typed:
    """A sound as typed fields."""
    numbers = {name: getattr(sound, name) for name in _LIMITS}
    hours = [f"{h.hours.start}-{h.hours.end} {h.percent} %" for h in sound.hours]
    shown = {name: "" if value is None else str(value) for name, value in numbers.items()}
    return Typed(**shown, hours="\n".join(hours), profile=sound.profile or "")


def sound_of(fields: Typed) -> Sound:
    """The sound that was typed. Raises Invalid with all that cannot be read."""
    problems: list[Problem] = []
    numbers = {name: _number(fields, name, problems) for name in _LIMITS}
    hours = tuple(_hours(fields.hours, problems))
    if fields.profile and fields.profile not in set(Profile):
        problems.append(Problem("profile", "Chọn kiểu loa có trong danh sách."))
    if problems:
        raise Invalid(problems)
    told = {**numbers, "hours": hours, "profile": fields.profile or None}
    return msgspec.convert(told, Sound, from_attributes=True)


def _number(fields: Typed, name: str, problems: list[Problem]) -> int | None:
    text, (label, low, high, unit) = getattr(fields, name), _LIMITS[name]
    if not text and name == "volume":
        return None
    if text.isdecimal() and low <= int(text) <= high:
        return int(text)
    problems.append(Problem(name, f"{label} là số từ {low} đến {high}{unit}."))
    return None


def _hours(text: str, problems: list[Problem]) -> Iterator[HourVolume]:
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            yield _hour(line)
        except ValueError as error:
            problems.append(Problem("hours", str(error)[:1].upper() + str(error)[1:] + "."))


def _hour(line: str) -> HourVolume:
    """Raises ValueError with what is wrong, for people."""
    found = _LINE.fullmatch(line)
    if found is None or int(found[3]) > 100:
        raise ValueError(f"không đọc được “{line}”; hãy viết như 05:00-06:00 40")
    start, end = (f"{time:0>5}" for time in (found[1], found[2]))
    return HourVolume(hours=Window(start, end), percent=int(found[3]))
