"""Audit changes: what a line of the audit changed, fact by fact, in words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from contract.states import BulletinState, Class
from controller.declaring import Behalf
from controller.hooks.kinds import Kind
from controller.mails.periods import Every
from controller.model import AuditLine, Field, Role
from controller.permissions import Permission
from scheduler.description import describe
from scheduler.rules import Rule
from web.audit_words import FACT, ORDER
from web.dates import moment
from web.hook_words import KIND
from web.mail_words import EVERY
from web.words import BEHALF, BULLETIN, CLASS, FIELD, PERMISSION, ROLE

_SILENT = frozenset({"hash", "deputy_id"})
_OF_AREAS = frozenset({"area", "area_id", "targets"})
NOTHING: tuple[object, ...] = (None, "", [], {}, False)


class Change(msgspec.Struct, frozen=True):
    """One fact; `before` is empty where nothing was there."""

    label: str
    before: str
    after: str


def areas_in(lines: Iterable[AuditLine]) -> set[str]:
    """The ids of areas that the lines speak of, to be named at once."""
    return {
        area
        for line in lines
        for facts in (line.before or {}, line.after or {})
        for area in _areas(facts)
    }


def changes(line: AuditLine, names: Mapping[str, str]) -> list[Change]:
    """Of a change what differs, of something new what is there. `names` are those of areas."""
    before, after = line.before or {}, line.after or {}
    found = []
    for name in (*before, *(name for name in after if name not in before)):
        was, now = before.get(name), after.get(name)
        if name in _SILENT or was == now or (was in NOTHING and now in NOTHING):
            continue
        found.append(Change(FACT.get(name, name), _say(name, was, names), _say(name, now, names)))
    return found


def _areas(facts: Mapping[str, Any]) -> Iterator[str]:
    for name in _OF_AREAS & set(facts):
        value = facts[name]
        yield from value if isinstance(value, list) else [str(value)]
    for grant in facts.get("grants") or []:
        yield str(grant[-1])


def _say(name: str, value: Any, names: Mapping[str, str]) -> str:
    if value in NOTHING:
        return "không" if value is False else ""
    try:
        return _known(name, value, names)
    except (ValueError, KeyError, TypeError, msgspec.ValidationError):
        return _plain(value)


def _known(name: str, value: Any, names: Mapping[str, str]) -> str:
    if name in _OF_AREAS:
        return ", ".join(names[each] for each in (value if isinstance(value, list) else [value]))
    if name == "grants":
        return "; ".join(f"{ROLE[Role(role)]} · {names[area]}" for role, area in value)
    table = {"state": (BulletinState, BULLETIN), "cls": (Class, CLASS)}.get(name)
    if table:
        kind, words = table
        return str(words[kind(value)].text)  # type: ignore[index]  # of its own table
    if name == "rule":
        return describe(msgspec.convert(value, Rule))
    say = {
        "field": lambda: FIELD[Field(value)],
        "permissions": lambda: ", ".join(PERMISSION[Permission(each)] for each in value),
        "kinds": lambda: ", ".join(KIND[Kind(each)] for each in value),
        "type": lambda: ORDER[value],
        "every": lambda: EVERY[Every(value)],
        "behalf": lambda: BEHALF[Behalf(value)],
        "starts_at": lambda: moment(datetime.fromisoformat(value)),
        "ends_at": lambda: moment(datetime.fromisoformat(value)),
    }.get(name)
    return say() if say else _plain(value)


def _plain(value: Any) -> str:
    if value is True:
        return "có"
    if isinstance(value, dict):
        return "; ".join(f"{FACT.get(name, name)}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "không" if value is False or value is None else str(value)
