"""Craft form: how a bulletin is to be announced, as typed, and the craft that it means."""

from collections.abc import Iterator, Mapping
from typing import cast, get_args

from msgspec import Struct
from werkzeug.datastructures import MultiDict

from controller.drafts import Draft, Place
from scheduler.problem import Problem
from tts.craft import Craft, Loudness
from tts.ports import Pace
from web.voices import Voices

PACES: Mapping[str, str] = {"slow": "Chậm", "normal": "Vừa", "fast": "Nhanh"}
LOUDNESSES: Mapping[str, str] = {"soft": "Nhẹ", "normal": "Vừa", "strong": "To"}
RECORDED_PLACES: Mapping[str, str] = {
    "": "Không có",
    "before": "Phát trước lời đọc",
    "after": "Phát sau lời đọc",
}
FIELDS = (
    "reader",
    "answer_voice",
    "pace",
    "loudness",
    "identification",
    "closing",
    "recorded_place",
    "part",
)
"""The inputs of this part of the form; it is unfolded when one of them is wrong."""


class Crafted(Struct, kw_only=True):
    """The fields behind `Tùy chọn đọc`; a voice is written `engine:voice`, "" is the usual one."""

    voice: str = ""
    pace: str = "normal"
    loudness: str = "normal"
    chime: bool = True
    identification: str = ""
    repeat: bool = False
    closing: str = ""
    answer_voice: str = ""
    recorded_place: str = ""


def typed(form: MultiDict[str, str]) -> Crafted:
    """What was sent, whatever it is."""
    return Crafted(
        voice=form.get("reader", ""),
        pace=form.get("pace", "normal"),
        loudness=form.get("loudness", "normal"),
        chime="chime" in form,
        identification=form.get("identification", ""),
        repeat="repeat_text" in form,
        closing=form.get("closing", ""),
        answer_voice=form.get("answer_voice", ""),
        recorded_place=form.get("recorded_place", ""),
    )


def of(draft: Draft) -> Crafted:
    """A saved craft as typed fields."""
    craft = draft.craft
    return Crafted(
        voice=draft.voice,
        pace=craft.pace,
        loudness=craft.loudness,
        chime=craft.chime,
        identification=craft.identification,
        repeat=craft.repeat,
        closing=craft.closing,
        answer_voice=craft.answer_voice,
        recorded_place=draft.recorded_place,
    )


def craft_of(given: Crafted) -> Craft:
    """The craft that fields without unknown choices mean."""
    return Craft(
        pace=cast("Pace", given.pace),
        loudness=cast("Loudness", given.loudness),
        chime=given.chime,
        identification=given.identification,
        repeat=given.repeat,
        closing=given.closing,
        answer_voice=given.answer_voice,
    )


def unknown_choices(given: Crafted, saved: Draft | None, voices: Voices) -> Iterator[Problem]:
    """Values that are not on the page, and voices that cannot be used.

    A voice that was saved before stays: what became of it is told when it is asked to read.
    """
    if given.pace not in get_args(Pace):
        yield Problem("pace", "Chọn lại tốc độ đọc.")
    if given.loudness not in get_args(Loudness):
        yield Problem("loudness", "Chọn lại độ to.")
    if given.recorded_place not in get_args(Place):
        yield Problem("recorded_place", "Chọn lại chỗ phát phần ghi sẵn.")
    before = of(saved) if saved else Crafted()
    for field in ("voice", "answer_voice"):
        name = getattr(given, field)
        if name in ("", getattr(before, field)):
            continue
        if problem := voices.problem(name):
            yield Problem(field, problem)
