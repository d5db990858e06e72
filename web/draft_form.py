"""Draft form: what was typed about a bulletin, kept as typed, and the draft that it means."""

from datetime import date, datetime, time
from pathlib import PurePath
from typing import cast

import msgspec
from msgspec import Struct
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict

from contract.states import Class
from controller import bulletins
from controller.areas import local_day
from controller.content import draft_of
from controller.drafts import TITLE_LENGTH, Draft, Place, problems, tidied
from controller.errors import Invalid
from controller.model import Bulletin, BulletinKind, Field
from controller.permissions import Who
from scheduler.patterns import Daily
from scheduler.problem import Problem
from scheduler.rules import Rule
from web import craft_form, places, relay_form, rule_form, voices
from web.craft_form import Crafted
from web.heading import heading_of
from web.parts import parts
from web.relay_form import Relayed
from web.rule_form import Unreadable
from web.when import When
from web.when import typed as typed_when

MOST_MB = 50
"""The largest upload: an hour of MP3 at 112 kbit/s."""

MOST_BYTES = (MOST_MB + 3) * 1024 * 1024
"""The largest request: the file, and the fields around it."""

INPUT_OF = {
    "pattern": "repeat",
    "extras": "repeat",
    "moves": "repeat",
    "times": "time",
    "audio": "file",
    "voice": "reader",  # `voice` is the part of the page about the recording
}
"""Where a problem of the use cases is shown when the input has another name."""


class Typed(Struct, kw_only=True):
    """The fields of the page; `version` is the one that the person saw, 0 for a new bulletin.

    `new_id` names what a form of something new makes (web.made_once).
    """

    version: int = 0
    new_id: str = ""
    kind: str = "text"
    text: str = ""
    title: str = ""
    cls: int = Class.NORMAL
    valid_h: int = 1
    field: int = Field.UNSAID
    expires_on: str = ""
    targets: list[str] = []
    when: When = msgspec.field(default_factory=When)
    crafted: Crafted = msgspec.field(default_factory=Crafted)
    relayed: Relayed = msgspec.field(default_factory=Relayed)
    original_name: str = ""
    recorded_name: str = ""


def typed(form: MultiDict[str, str]) -> Typed:
    """What was sent, whatever it is; a number that is none becomes the default."""
    return Typed(
        version=form.get("version", 0, type=int),
        new_id=form.get("new_id", ""),
        kind="audio" if form.get("kind") == "audio" else "text",
        text=form.get("text", "").replace("\r\n", "\n"),
        title=form.get("title", ""),
        cls=form.get("cls", int(Class.NORMAL), type=int),
        valid_h=form.get("valid_h", 1, type=int),
        field=form.get("field", int(Field.UNSAID), type=int),
        expires_on=form.get("expires_on", "").strip(),
        targets=form.getlist("targets"),
        when=typed_when(form),
        crafted=craft_form.typed(form),
        relayed=relay_form.typed(form),
    )


def of(bulletin: Bulletin) -> Typed:
    """A bulletin as typed fields."""
    draft = draft_of(bulletin)
    return Typed(
        version=bulletin.version,
        kind=draft.kind.value,
        text=draft.text,
        title=draft.title,
        cls=draft.cls,
        valid_h=draft.valid_h,
        field=draft.field,
        expires_on=draft.expires_on.isoformat() if draft.expires_on else "",
        targets=list(draft.targets),
        when=rule_form.typed_of(draft.rule),
        crafted=craft_form.of(draft),
        relayed=relay_form.of(draft),
        original_name=bulletin.original_name or "",
        recorded_name=bulletin.recorded_name or "",
    )


def draft(
    session: Session, who: Who, given: Typed, file: FileStorage | None, saved: Draft | None
) -> Draft:
    """The draft that the fields mean; what the form does not ask stays as in `saved`.

    Without a typed title it is called by what it relays, by the heading of its text, or by the
    name of its file. A relay without a text has one that says that it is disturbed.
    Raises Invalid with every problem when some field cannot be read.
    """
    now = parts().now()
    unreadable = [
        *_unknown_choices(given),
        *craft_form.unknown_choices(given.crafted, saved, voices.of_server()),
    ]
    try:
        rule = _rule(session, given, saved, now)
    except Unreadable as error:
        unreadable += error.problems
        rule = _ANY_RULE
    source, seconds = relay_form.slot_of(given.relayed)
    found = Draft(
        area_id=places.owner(
            session, who, given.targets, local_day(now), saved.area_id if saved else ""
        ),
        title=given.title.strip()
        or relay_form.own_name(session, given.relayed)
        or _own_name(given, file),
        kind=BulletinKind(given.kind),
        targets=tuple(given.targets),
        rule=rule,
        text=_text(given),
        cls=Class.NORMAL if unreadable else Class(given.cls),
        field=Field.GENERAL if unreadable else Field(given.field),
        voice=given.crafted.voice,
        craft=craft_form.craft_of(given.crafted),
        recorded_place=cast("Place", given.crafted.recorded_place),
        relay_source=source,
        relay_s=seconds,
        valid_h=given.valid_h,
        expires_on=_day(given.expires_on),
    )
    if unreadable:
        raise Invalid([*problems(tidied(found), now, ()), *unreadable])
    return found


def _rule(session: Session, given: Typed, saved: Draft | None, now: datetime) -> Rule:
    if given.cls == Class.EMERGENCY:
        return saved.rule if saved else _ANY_RULE  # not asked: it sounds when it is approved
    if saved is None:
        return rule_form.rule_of(given.when)
    rule = rule_form.rule_of(given.when, saved.rule)
    return rule_form.keeping(rule, saved.rule, now, bulletins.holidays(session))


def _text(given: Typed) -> str:
    """What is read; of a relay for which nothing was written, that it is disturbed."""
    stands_in = given.relayed.relay and given.kind == "text" and not given.text.strip()
    return relay_form.STAND_IN if stands_in else given.text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _own_name(given: Typed, file: FileStorage | None) -> str:
    if given.kind == "text":
        return heading_of(given.text)[:TITLE_LENGTH]
    return PurePath(file.filename or "").stem if file else ""


_ANY_RULE = Rule(pattern=Daily(), times=(time(12),))
"""Stands in for a rule that is not asked, or that cannot be read while the others are."""


def _unknown_choices(given: Typed) -> list[Problem]:
    """Values that are not on the page: a changed form, or an old one."""
    found = []
    if given.cls not in set(Class):
        found.append(Problem("cls", "Chọn lại loại bản tin."))
    if given.field not in set(Field):
        found.append(Problem("field", "Chọn lại lĩnh vực."))
    if given.expires_on and _day(given.expires_on) is None:
        found.append(Problem("expires_on", "Chọn ngày hết hiệu lực, như 31/12/2026."))
    return found


def errors(found: Invalid) -> dict[str, str]:
    """What to show at each input, in the order of the problems; the first of an input counts."""
    shown: dict[str, str] = {}
    for problem in found.problems:
        shown.setdefault(INPUT_OF.get(problem.field, problem.field), problem.message)
    return shown
