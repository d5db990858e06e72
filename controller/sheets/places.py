"""Places: a cell that names a place, and the places that whoever imports may mean by it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import areas
from controller.areas import local_day
from controller.model import Area
from controller.model.folding import folded
from controller.permissions import Permission, Who
from controller.sheets.table import Line, Wrong

Named = Mapping[str, list[Area]]
"""Areas by folded name."""


def reachable(session: Session, asking: Who, permission: Permission, now: datetime) -> Named:
    """The places where the person has the permission, by name, alone and with the one above.

    "Thôn Đoàn Kết" may stand in ten communes: "Thôn Đoàn Kết, Xã Suối Mây" stands in one.
    """
    on = local_day(now)
    inside = areas.subtrees(session, asking.areas_of(permission), on)
    known = {area.id: area for area in session.scalars(select(Area).where(Area.id.in_(inside)))}
    found: dict[str, list[Area]] = {}
    for area_id, line in areas.lineages(session, inside, on).items():
        area = known[area_id]
        found.setdefault(folded(area.name), []).append(area)
        if len(line) > 1 and line[1] in known:
            found.setdefault(folded(f"{area.name}, {known[line[1]].name}"), []).append(area)
    return found


def meant(line: Line, named: Named, missing: str) -> Area | Wrong:
    """The one place that the cell `area` names; `missing` is said of an empty one."""
    area = line.text("area")
    found = named.get(folded(area), []) if area else []
    if not area:
        return line.wrong("area", missing)
    if not found:
        return line.wrong("area", f"Không có nơi nào tên “{area}” trong địa bàn của bạn.")
    if len(found) > 1:
        return line.wrong("area", f"Có {len(found)} nơi tên “{area}”: ghi rõ hơn.")
    return found[0]
