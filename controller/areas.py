"""The dated tree of areas: what lies above and below on a day, and how the tree changes."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, literal, or_, select, update
from sqlalchemy.orm import Session

from contract.ids import new_id
from contract.windows import ALL_DAY, Window
from controller import entered
from controller.errors import NotFound
from controller.model import Area, AreaKind, AreaPlace, AreaWindow
from controller.model.folding import folded
from scheduler import windows
from scheduler.calendar import ZONE

DEPTH = 8
"""No tree of places is deeper (province, khu vực, commune, hamlet); a slip in data ends here."""


def local_day(now: datetime) -> date:
    """The day that it is in the villages. Raises ValueError for a naive time."""
    if now.tzinfo is None:
        raise ValueError("naive datetime")
    return now.astimezone(ZONE).date()


def get(session: Session, area_id: str) -> Area:
    """Raises NotFound."""
    area = session.get(Area, area_id)
    if area is None:
        raise NotFound("area", area_id)
    return area


def lineages(session: Session, area_ids: Collection[str], on: date) -> dict[str, tuple[str, ...]]:
    """For each area the ids of itself and of all above it that day, nearest first.

    One query for any number of areas. An area that does not exist that day has an empty lineage.
    """
    start = select(
        Area.id.label("start"), Area.id.label("area_id"), literal(0).label("depth")
    ).where(Area.id.in_(area_ids), _valid(Area, on))
    line = start.cte("line", recursive=True)
    above = (
        select(line.c.start, AreaPlace.parent_id, line.c.depth + 1)
        .join(AreaPlace, AreaPlace.area_id == line.c.area_id)
        .where(_valid(AreaPlace, on), line.c.depth < DEPTH)
    )
    line = line.union_all(above)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(area_ids, ())
    rows = select(line.c.start, line.c.area_id).order_by(line.c.start, line.c.depth)
    for first, area_id in session.execute(rows):
        found[first] += (area_id,)
    return found


def communes(session: Session, area_ids: Collection[str], on: date) -> dict[str, tuple[str, str]]:
    """Id and name of the commune that each area lies in that day, or its own where none does."""
    lines = lineages(session, area_ids, on)
    wanted = {area for line in lines.values() for area in line} | set(area_ids)
    query = select(Area.id, Area.name, Area.kind).where(Area.id.in_(wanted))
    known = {id_: (name, kind) for id_, name, kind in session.execute(query)}

    def of(area_id: str) -> tuple[str, str]:
        above = (one for one in lines[area_id] if known[one][1] == AreaKind.COMMUNE)
        found = next(above, area_id)
        return found, known[found][0]

    return {area_id: of(area_id) for area_id in area_ids}


def subtrees(session: Session, area_ids: Collection[str], on: date) -> set[str]:
    """The ids of the areas and of everything below them that day."""
    tree = (
        select(Area.id.label("area_id"), literal(0).label("depth"))
        .where(Area.id.in_(area_ids), _valid(Area, on))
        .cte("tree", recursive=True)
    )
    below = (
        select(AreaPlace.area_id, tree.c.depth + 1)
        .join(tree, AreaPlace.parent_id == tree.c.area_id)
        .where(_valid(AreaPlace, on), tree.c.depth < DEPTH)
    )
    return set(session.scalars(select(tree.union_all(below).c.area_id)))


def children(session: Session, area_id: str, on: date) -> list[Area]:
    """What hangs directly below that day, by name."""
    return list(
        session.scalars(
            select(Area)
            .join(AreaPlace, AreaPlace.area_id == Area.id)
            .where(AreaPlace.parent_id == area_id, _valid(AreaPlace, on), _valid(Area, on))
            .order_by(Area.folded)
        )
    )


def search(session: Session, words: str, within: Collection[str], on: date) -> list[Area]:
    """Areas among `within` whose name holds the words, marks or not; at most 50, a screenful."""
    query = select(Area).where(
        Area.folded.contains(folded(entered.line(words)), autoescape=True), _valid(Area, on)
    )
    found = session.scalars(query.order_by(Area.folded))
    return [area for area in found if area.id in within][:50]


def add(
    session: Session,
    *,
    kind: AreaKind,
    name: str,
    parent_id: str | None,
    code: str | None,
    now: datetime,
) -> Area:
    """A new area from today on, under `parent_id`. Raises NotFound for an unknown parent."""
    today = local_day(now)
    name = entered.line(name)
    area = Area(
        id=new_id(now),
        kind=kind,
        code=code,
        name=name,
        folded=folded(name),
        valid_from=today,
        inbox=kind == AreaKind.COMMUNE,  # Thông tư 39/2020/TT-BTTTT: the commune chooses
    )
    session.add(area)
    session.flush()
    if parent_id is not None:
        get(session, parent_id)
        session.add(AreaPlace(area_id=area.id, parent_id=parent_id, valid_from=today))
    return area


def move(session: Session, area_id: str, parent_id: str, on: date) -> None:
    """Hang an area under another parent from that day on; before it, all stays as it was."""
    get(session, parent_id)
    current = session.scalars(
        select(AreaPlace).where(AreaPlace.area_id == area_id, AreaPlace.valid_to.is_(None))
    ).one_or_none()
    if current is not None and current.valid_from == on:
        current.parent_id = parent_id
        return
    if current is not None:
        current.valid_to = on
    session.add(AreaPlace(area_id=area_id, parent_id=parent_id, valid_from=on))


def close(session: Session, area_id: str, on: date) -> None:
    """The area is no more from that day on; it stays as history."""
    get(session, area_id).valid_to = on
    session.execute(
        update(AreaPlace)
        .where(AreaPlace.area_id == area_id, AreaPlace.valid_to.is_(None))
        .values(valid_to=on)
    )


def permitted_windows(
    session: Session, area_ids: Collection[str], on: date
) -> dict[str, tuple[Window, ...]]:
    """The permitted hours of each area: the top of its lineage decides, those below tighten."""
    lines = lineages(session, area_ids, on)
    decided: dict[str, list[Window]] = {}
    wanted = {area_id for line in lines.values() for area_id in line}
    for row in session.scalars(select(AreaWindow).where(AreaWindow.area_id.in_(wanted))):
        decided.setdefault(row.area_id, []).append(Window(row.start, row.end))
    return {area_id: _effective(line, decided) for area_id, line in lines.items()}


def _effective(line: Sequence[str], decided: dict[str, list[Window]]) -> tuple[Window, ...]:
    decisions = [_decision(decided.get(area_id)) for area_id in reversed(line)]
    return windows.effective(decisions[0], decisions[1:]) if decisions else ()


def _decision(rows: list[Window] | None) -> windows.Decision | None:
    """An area's own rows as the rule's value; the whole day is a decision of its own."""
    if rows is None:
        return None
    return windows.RoundTheClock() if tuple(rows) == ALL_DAY else windows.Hours(tuple(rows))


def _valid(kind: type[Area] | type[AreaPlace], on: date) -> ColumnElement[bool]:
    return and_(kind.valid_from <= on, or_(kind.valid_to.is_(None), kind.valid_to > on))
