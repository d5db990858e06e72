"""Decrees: areas are added, renamed, merged and split from today on, and nothing is lost.

Merged communes become parts of the new one, and a commune that is split stays as the area over
its parts. So whatever names an area keeps its meaning: who may act where, what was approved for
which places, what is chosen there of what comes from above, what was heard. Only new acts name the
new areas.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import new_id
from controller import areas, audit, entered
from controller.areas import local_day
from controller.errors import Invalid
from controller.model import Area, AreaChange, AreaKind, Deed, Station
from controller.model.folding import folded
from controller.permissions import Permission, Who, require
from scheduler.problem import Problem

NAME_LENGTH, NUMBER_LENGTH, CODE_LENGTH = 120, 80, 16


class Decree(Struct, frozen=True):
    """The document that orders a change: its number and its day."""

    number: str
    day: date


class Part(Struct, frozen=True, kw_only=True):
    """A commune that is made of another: the areas and stations of the old one that it takes."""

    name: str
    code: str = ""
    area_ids: Sequence[str] = ()
    station_ids: Sequence[str] = ()


def rename(
    session: Session, asking: Who, area_id: str, name: str, *, decree: Decree, now: datetime
) -> None:
    """Another name from today on. Raises NotFound, Invalid."""
    area = _changeable(session, asking, area_id, now)
    _check([name], decree, now)
    before = area.name
    _note(session, asking, area, Deed.RENAMED, decree=decree, now=now)
    area.name = entered.line(name)
    area.folded = folded(area.name)
    _record(session, asking, area, Deed.RENAMED, decree=decree, now=now, before={"name": before})


def add(
    session: Session,
    asking: Who,
    parent_id: str,
    kind: AreaKind,
    part: Part,
    *,
    decree: Decree,
    now: datetime,
) -> Area:
    """A new area below another from today on. Raises NotFound, Invalid."""
    parent = _changeable(session, asking, parent_id, now)
    _check([part.name], decree, now)
    if _RANK[kind] <= _RANK[parent.kind] and kind is not AreaKind.HAMLET:
        raise Invalid([Problem("kind", "Chọn cấp thấp hơn đơn vị ở trên.")])
    made = _made(session, asking, parent_id, kind, part, decree=decree, now=now)
    _record(session, asking, made, Deed.ADDED, decree=decree, now=now)
    return made


def merge(
    session: Session,
    asking: Who,
    parent_id: str,
    area_ids: Collection[str],
    part: Part,
    *,
    decree: Decree,
    now: datetime,
) -> Area:
    """Two communes or more of one parent become one new commune. Raises NotFound, Invalid."""
    _changeable(session, asking, parent_id, now)
    olds = [old for old in communes_of(session, parent_id, local_day(now)) if old.id in area_ids]
    if len(olds) < 2 or len(olds) != len(set(area_ids)):
        raise Invalid([Problem("areas", "Chọn ít nhất hai xã để sáp nhập.")])
    _check([part.name], decree, now)
    made = _made(session, asking, parent_id, AreaKind.COMMUNE, part, decree=decree, now=now)
    made.inbox = False  # the old ones go on choosing for their parts
    for old in olds:
        _note(session, asking, old, Deed.MERGED, decree=decree, now=now)
        areas.move(session, old.id, made.id, local_day(now))
        old.kind = AreaKind.HAMLET
        after = {"into": made.name}
        _record(session, asking, old, Deed.MERGED, decree=decree, now=now, after=after)
    _record(session, asking, made, Deed.ADDED, decree=decree, now=now)
    _stay_shallow(session, made.id, now)
    return made


def split(
    session: Session,
    asking: Who,
    area_id: str,
    parts: Sequence[Part],
    *,
    decree: Decree,
    now: datetime,
) -> list[Area]:
    """A commune becomes two or more; what no part takes stays with the area over them.

    Raises NotFound, Invalid.
    """
    old = _changeable(session, asking, area_id, now)
    if old.kind != AreaKind.COMMUNE or len(parts) < 2:
        raise Invalid([Problem("names", "Chia một xã thành ít nhất hai xã mới.")])
    _check([part.name for part in parts], decree, now)
    _note(session, asking, old, Deed.SPLIT, decree=decree, now=now)
    below = {child.id for child in areas.children(session, area_id, local_day(now))}
    made = []
    for part in parts:
        new = _made(session, asking, area_id, AreaKind.COMMUNE, part, decree=decree, now=now)
        new.inbox = False  # what the old one chose still holds for all
        for child in below.intersection(part.area_ids):
            areas.move(session, child, new.id, local_day(now))
        for station in _stations(session, area_id, part.station_ids):
            station.area_id = new.id
        _record(session, asking, new, Deed.ADDED, decree=decree, now=now)
        made.append(new)
    old.kind = AreaKind.ZONE
    after = {"parts": [new.name for new in made]}
    _record(session, asking, old, Deed.SPLIT, decree=decree, now=now, after=after)
    _stay_shallow(session, area_id, now)
    return made


def regroup(
    session: Session,
    asking: Who,
    parent_id: str,
    area_ids: Collection[str],
    to_id: str,
    *,
    decree: Decree,
    now: datetime,
) -> None:
    """Areas directly below one area hang below another from today on: a khu vực looks after other
    communes. Raises NotFound, Invalid.
    """
    today = local_day(now)
    parent = _changeable(session, asking, parent_id, now)
    moved = [one for one in areas.children(session, parent_id, today) if one.id in area_ids]
    if not moved or len(moved) != len(set(area_ids)):
        raise Invalid([Problem("areas", "Chọn ít nhất một đơn vị để chuyển.")])
    if not to_id or to_id == parent_id:
        raise Invalid([Problem("to", "Chọn đơn vị khác để chuyển tới.")])
    to = _changeable(session, asking, to_id, now)
    if to_id in areas.subtrees(session, area_ids, today):
        raise Invalid([Problem("to", f"{to.name} nằm trong nơi đang chuyển.")])
    low = [one for one in moved if _RANK[one.kind] <= _RANK[to.kind]]
    if low and to.kind != AreaKind.HAMLET:
        raise Invalid([Problem("to", f"{low[0].name} không thể ở dưới {to.name}: khác cấp.")])
    _check([], decree, now)
    for one in moved:
        _note(session, asking, one, Deed.MOVED, decree=decree, now=now)
        areas.move(session, one.id, to_id, today)
        before, after = {"under": parent.name}, {"under": to.name}
        _record(
            session, asking, one, Deed.MOVED, decree=decree, now=now, before=before, after=after
        )
    _stay_shallow(session, to_id, now)


def communes_of(session: Session, parent_id: str, on: date) -> list[Area]:
    """The communes directly below an area that day."""
    below = areas.children(session, parent_id, on)
    return [area for area in below if area.kind == AreaKind.COMMUNE]


_RANK = {AreaKind.PROVINCE: 1, AreaKind.ZONE: 2, AreaKind.COMMUNE: 3, AreaKind.HAMLET: 4}


def _changeable(session: Session, asking: Who, area_id: str, now: datetime) -> Area:
    require(session, asking, Permission.MANAGE_AREAS, [area_id], local_day(now))
    return session.get_one(Area, area_id, with_for_update=True)


def _check(names: Sequence[str], decree: Decree, now: datetime) -> None:
    found = []
    if not all(1 <= len(entered.line(name)) <= NAME_LENGTH for name in names):
        found.append(Problem("name", f"Nhập tên đơn vị, tối đa {NAME_LENGTH} ký tự."))
    if not 1 <= len(entered.line(decree.number)) <= NUMBER_LENGTH:
        found.append(Problem("decree", "Nhập số văn bản, ví dụ 1673/NQ-UBTVQH15."))
    if decree.day > local_day(now):
        found.append(Problem("decree_day", "Ngày văn bản không thể sau hôm nay."))
    if found:
        raise Invalid(found)


def _made(
    session: Session,
    asking: Who,
    parent_id: str,
    kind: AreaKind,
    part: Part,
    *,
    decree: Decree,
    now: datetime,
) -> Area:
    code = entered.line(part.code)[:CODE_LENGTH] or None
    made = areas.add(session, kind=kind, name=part.name, parent_id=parent_id, code=code, now=now)
    session.flush()
    session.add(_change(asking, made, Deed.ADDED, decree=decree, now=now))
    return made


def _stay_shallow(session: Session, area_id: str, now: datetime) -> None:
    """Raises Invalid when the tree below would be deeper than `areas` follows it."""
    day = local_day(now)
    lines = areas.lineages(session, areas.subtrees(session, [area_id], day), day)
    if max(map(len, lines.values())) > areas.DEPTH:
        raise Invalid([Problem("areas", "Cây đơn vị đã quá nhiều tầng để chia hoặc gộp thêm.")])


def _note(
    session: Session, asking: Who, area: Area, deed: Deed, *, decree: Decree, now: datetime
) -> None:
    """Keep what the area was until today."""
    change = _change(asking, area, deed, decree=decree, now=now)
    change.name_before, change.kind_before = area.name, area.kind
    session.add(change)


def _change(asking: Who, area: Area, deed: Deed, *, decree: Decree, now: datetime) -> AreaChange:
    return AreaChange(
        id=new_id(now),
        area_id=area.id,
        day=local_day(now),
        deed=deed,
        decree=entered.line(decree.number),
        decree_day=decree.day,
        at=now,
        person_id=asking.person_id,
    )


def _stations(session: Session, area_id: str, ids: Sequence[str]) -> Sequence[Station]:
    query = select(Station).where(Station.area_id == area_id, Station.id.in_(ids))
    return session.scalars(query).all()


def _record(
    session: Session,
    asking: Who,
    area: Area,
    deed: Deed,
    *,
    decree: Decree,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    facts = {"name": area.name, "decree": decree.number, "decree_day": decree.day, **(after or {})}
    audit.record(
        session, asking, f"area.{deed}", "area", area.id, now=now, before=before, after=facts
    )
