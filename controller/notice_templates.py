"""Notice templates: prepared words of ordinary bulletins; the nearest place's stand in first."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import audit, drafts, entered, nearest
from controller.areas import local_day
from controller.errors import Invalid, NotFound
from controller.model import Field, NoticeTemplate
from controller.model.folding import folded
from controller.permissions import Permission, Who, can, require
from controller.standard_notices import STANDARD
from scheduler.problem import Problem

NAME_LENGTH = 60  # the column's


class Notice(Struct, frozen=True, kw_only=True):
    """What a person enters; `standard` is the key of the standard notice whose stead it takes."""

    name: str
    text: str
    field: Field = Field.UNSAID
    standard: str = ""


class Offered(Struct, frozen=True, kw_only=True):
    """Words that may be used; `ref` is the id of a place's own, or the key of the standard's.

    `area_id` and `area` are empty for the standard.
    """

    ref: str
    notice: Notice
    area_id: str = ""
    area: str = ""


def offered(session: Session, area_id: str, now: datetime) -> list[Offered]:
    """What is prepared for an area, by name: for each occasion the words of the nearest place."""
    found: dict[str, Offered] = {}
    for row, area in nearest.of_area(session, NoticeTemplate, area_id, now):
        one = Offered(ref=row.id, notice=notice_of(row), area_id=row.area_id, area=area)
        found.setdefault(row.standard or row.id, one)
    for each in STANDARD:
        words = Notice(name=each.name, text=each.text, field=each.field, standard=each.key)
        found.setdefault(each.key, Offered(ref=each.key, notice=words))
    return sorted(found.values(), key=lambda one: (folded(one.notice.name), one.ref))


def get(session: Session, asking: Who, template_id: str, *, now: datetime) -> NoticeTemplate:
    """One that the person may change. Raises NotFound."""
    row = session.get(NoticeTemplate, template_id)
    if row is None or not can(session, asking, Permission.COMPOSE, row.area_id, local_day(now)):
        raise NotFound("notice_template", template_id)
    return row


def add(
    session: Session, asking: Who, area_id: str, notice: Notice, *, now: datetime
) -> NoticeTemplate:
    """Prepare words for an area. Raises NotFound, and Invalid with every problem."""
    notice = _checked(notice)
    require(session, asking, Permission.COMPOSE, [area_id], local_day(now))
    row = NoticeTemplate(
        id=new_id(now),
        area_id=area_id,
        edited_by=asking.person_id,
        edited_at=now,
        **_content(notice),
    )
    session.add(row)
    session.flush()
    _record(session, asking, "notice_template.add", row, now=now)
    return row


def change(
    session: Session, asking: Who, template_id: str, notice: Notice, *, now: datetime
) -> NoticeTemplate:
    """Put other words in its place. Raises as `add` does."""
    row = get(session, asking, template_id, now=now)
    notice, before = _checked(notice), _content(notice_of(row))
    for name, value in _content(notice).items():
        setattr(row, name, value)
    row.edited_by, row.edited_at = asking.person_id, now
    session.flush()
    _record(session, asking, "notice_template.change", row, now=now, before=before)
    return row


def remove(session: Session, asking: Who, template_id: str, *, now: datetime) -> None:
    """Forget it; where it took a stead, the words of the place above hold again."""
    row = get(session, asking, template_id, now=now)
    _record(session, asking, "notice_template.remove", row, now=now)
    session.delete(row)


def notice_of(row: NoticeTemplate) -> Notice:
    """The words of a row."""
    return Notice(name=row.name, text=row.text, field=Field(row.field), standard=row.standard)


def _checked(notice: Notice) -> Notice:
    name, text = entered.line(notice.name), entered.text(notice.text)
    found = list(drafts.text_problems(text))
    if not name or len(name) > NAME_LENGTH:
        found.insert(0, Problem("name", f"Đặt tên cho mẫu, tối đa {NAME_LENGTH} ký tự."))
    if notice.standard and notice.standard not in {each.key for each in STANDARD}:
        found.append(Problem("standard", "Chọn lại loại thông báo."))
    if found:
        raise Invalid(found)
    return Notice(name=name, text=text, field=notice.field, standard=notice.standard)


def _content(notice: Notice) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(notice)
    return found


def _record(
    session: Session,
    asking: Who,
    action: str,
    row: NoticeTemplate,
    *,
    now: datetime,
    before: dict[str, Any] | None = None,
) -> None:
    after = {**_content(notice_of(row)), "area": row.area_id}
    audit.record(
        session, asking, action, "notice_template", row.id, now=now, before=before, after=after
    )
