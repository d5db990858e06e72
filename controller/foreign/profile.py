"""Profile: how one make of boxes speaks MQTT, as its maker or an operator writes it down. Pure."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from contract.errors import Unreadable
from contract.topics import ROOT

Topic = Annotated[str, Meta(min_length=1, max_length=120)]
DEVICE = "{device}"
LONGEST_LEAD = timedelta(minutes=5)
"""A box that is told to play holds that until it is told to stop."""

BOX = frozenset({"device", "station"})
AIRING = frozenset(
    {"airing", "url", "sha256", "title", "volume", "seconds", "starts_unix", "ends_unix", "class"}
)
"""The words that may stand between braces: of the box, and of what it is to play."""

_WORD = re.compile(r"\{([a-z0-9_]+)\}")


class Command(Struct, frozen=True, forbid_unknown_fields=True):
    """A message for the box."""

    topic: Topic
    payload: Annotated[str, Meta(max_length=4_000)]


class Status(Struct, frozen=True, forbid_unknown_fields=True):
    """What the box says: JSON, in which `airing`, `word` and `played_s` are found by their names.

    A name may lead inwards: `data.id`. Without `airing` the box means what it was given last, or
    ends what it began last. A word in none of the lists only says that the box is there.
    """

    topic: Topic
    word: str
    airing: str = ""
    played_s: str = ""
    detail: str = ""
    playing: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One make of boxes. `lead_s`: it is told to play so long before the start.

    Then it holds two airings at once, and both sides must name the one that they mean.
    """

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    play: Command
    stop: Command
    status: Status
    lead_s: Annotated[int, Meta(ge=0, le=LONGEST_LEAD // timedelta(seconds=1))] = 0

    @property
    def commands(self) -> tuple[Command, ...]:
        """All that the box is told."""
        return (self.play, self.stop)


def read(text: str) -> Profile:
    """A profile file (TOML). Raises Unreadable with what is wrong."""
    try:
        found = msgspec.convert(tomllib.loads(text), Profile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Unreadable(str(error)) from error
    problems = list(_problems(found))
    if problems:
        raise Unreadable("; ".join(problems))
    return found


def fill(template: str, words: Mapping[str, str | int | float]) -> str:
    """The template with its words, escaped as inside a JSON string; numbers as they are."""
    return _WORD.sub(lambda found: _escaped(words[found[1]]), template)


def unix(at: datetime) -> int:
    """Seconds since 1970."""
    return int(at.astimezone(UTC).timestamp())


def _escaped(value: str | int | float) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1] if isinstance(value, str) else str(value)


def _problems(profile: Profile) -> Iterator[str]:
    told = {command.topic for command in profile.commands}
    if profile.status.topic in told:
        yield "status.topic: thiết bị không được tự ra lệnh cho mình"
    for topic in sorted({*told, profile.status.topic}):
        yield from _topic_problems(topic)
    for command, known in (
        (profile.play, BOX | AIRING),
        (profile.stop, BOX | {"airing"}),
    ):
        for word in sorted(set(_WORD.findall(command.payload)) - known):
            yield f"{{{word}}}: không có từ này"
    if profile.status.airing and "{airing}" not in profile.play.payload:
        yield "play.payload: thiếu {airing}, mà status.airing hỏi lại nó"
    if profile.lead_s and not (profile.status.airing and "{airing}" in profile.stop.payload):
        yield "lead_s: ra lệnh trước giờ thì status.airing và {airing} trong stop.payload phải có"
    if "{url}" not in profile.play.payload:
        yield "play.payload: thiếu {url}"


def _topic_problems(topic: str) -> Iterator[str]:
    """A topic of one box alone, that is none of ours and none of the broker's."""
    levels = topic.split("/")
    if DEVICE not in levels:
        yield f"{topic}: thiếu {DEVICE} đứng riêng một cấp, kẻo thiết bị này nghe thiết bị kia"
    if levels[0] == ROOT.partition("/")[0] or topic.startswith(("$", DEVICE)):
        yield f"{topic}: không được đứng ở gốc này"
    rest = topic.replace(DEVICE, "")
    if not re.fullmatch(r"[A-Za-z0-9_./-]*", rest):
        yield f"{topic}: chỉ gồm chữ không dấu, chữ số và ._-/"
