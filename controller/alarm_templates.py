"""Alarm templates: prepared words of emergencies; the nearest place's stand in for the others'."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, drafts, entered, nearest
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.model import AlarmTemplate
from controller.model.folding import folded
from controller.permissions import Permission, Who, can, require
from controller.standard_alarms import STANDARD
from scheduler.problem import Problem

NAME_LENGTH = 60  # the column's


class Words(Struct, frozen=True, kw_only=True):
    """What a person enters; `standard` is the key of the standard alarm whose stead it takes."""

    name: str
    text: str
    valid_h: int
    standard: str = ""


class Offered(Struct, frozen=True, kw_only=True):
    """Words that may be used; `ref` is the id of a place's own, or the key of the standard's.

    `area_id` and `area` are empty for the standard.
    """

    ref: str
    words: Words
    area_id: str = ""
    area: str = ""


def offered(session: Session, area_id: str, now: datetime) -> list[Offered]:
    """What is prepared for an area, by name: of each danger the words of the nearest place."""
    found: dict[str, Offered] = {}
    for row, area in nearest.of_area(session, AlarmTemplate, area_id, now):
        found.setdefault(row.standard or row.id, _offered(row, area))
    for each in STANDARD:
        words = Words(name=each.name, text=each.text, valid_h=each.valid_h, standard=each.key)
        found.setdefault(each.key, Offered(ref=each.key, words=words))
    return sorted(found.values(), key=lambda one: (folded(one.words.name), one.ref))


def get(session: Session, asking: Who, template_id: str, *, now: datetime) -> AlarmTemplate:
    """One that the person may change. Raises NotFound."""
    row = session.get(AlarmTemplate, template_id)
    if row is None or not can(
        session, asking, Permission.RAISE_EMERGENCY, row.area_id, local_day(now)
    ):
        raise NotFound("alarm_template", template_id)
    return row


def add(
    session: Session, asking: Who, area_id: str, words: Words, *, now: datetime
) -> AlarmTemplate:
    """Prepare words for an area. Raises NotFound, and Invalid with every problem."""
    words = _checked(words)
    require(session, asking, Permission.RAISE_EMERGENCY, [area_id], local_day(now))
    row = AlarmTemplate(
        id=new_id(now),
        area_id=area_id,
        edited_by=asking.person_id,
        edited_at=now,
        **_content(words),
    )
    session.add(row)
    session.flush()
    _record(session, asking, "alarm_template.add", row, now=now)
    return row


def change(
    session: Session, asking: Who, template_id: str, words: Words, *, now: datetime
) -> AlarmTemplate:
    """Put other words in its place. Raises as `add` does."""
    row = get(session, asking, template_id, now=now)
    words, before = _checked(words), _content(_words(row))
    for name, value in _content(words).items():
        setattr(row, name, value)
    row.edited_by, row.edited_at = asking.person_id, now
    session.flush()
    _record(session, asking, "alarm_template.change", row, now=now, before=before)
    return row


def remove(session: Session, asking: Who, template_id: str, *, now: datetime) -> None:
    """Forget it; where it took a stead, the words of the place above hold again."""
    row = get(session, asking, template_id, now=now)
    _record(session, asking, "alarm_template.remove", row, now=now)
    session.delete(row)


def _checked(words: Words) -> Words:
    name, text = entered.line(words.name), entered.text(words.text)
    found = list(drafts.text_problems(text)) + list(drafts.life_problems(words.valid_h))
    if not name or len(name) > NAME_LENGTH:
        found.insert(0, Problem("name", f"Đặt tên cho mẫu, tối đa {NAME_LENGTH} ký tự."))
    known = {each.key for each in STANDARD}
    if words.standard and words.standard not in known:
        found.append(Problem("standard", "Chọn lại loại nguy hiểm."))
    if found:
        raise Invalid(found)
    return Words(name=name, text=text, valid_h=words.valid_h, standard=words.standard)


def _offered(row: AlarmTemplate, area: str) -> Offered:
    return Offered(ref=row.id, words=_words(row), area_id=row.area_id, area=area)


def _words(row: AlarmTemplate) -> Words:
    return Words(name=row.name, text=row.text, valid_h=row.valid_h, standard=row.standard)


def _content(words: Words) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(words)
    return found


def _record(
    session: Session,
    asking: Who,
    action: str,
    row: AlarmTemplate,
    *,
    now: datetime,
    before: dict[str, Any] | None = None,
) -> None:
    after = {**_content(_words(row)), "area": row.area_id}
    audit.record(
        session, asking, action, "alarm_template", row.id, now=now, before=before, after=after
    )
