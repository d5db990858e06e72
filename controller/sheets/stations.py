"""Stations: a list of loudspeaker clusters from a workbook, registered all or none."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import is_topic_name
from controller import areas, stations
from controller.areas import local_day
from controller.errors import Invalid
from controller.model import Area, Station
from controller.model.folding import folded
from controller.permissions import Permission, Who
from controller.sheets.table import Line, Wrong, table
from scheduler.problem import Problem

HEADS: Mapping[str, str] = {"name": "Tên cụm loa", "area": "Nơi đặt", "code": "Mã"}
OPTIONAL = frozenset({"code"})
_NAME_LENGTH = 120


class Wanted(Struct, frozen=True):
    """One station to be registered; `code` None: a readable one is made."""

    number: int  # its row in the workbook
    name: str
    area_id: str
    area: str
    code: str | None


class Checked(Struct, frozen=True):
    """What would be registered, and every problem; with a problem nothing is."""

    wanted: list[Wanted]
    wrong: list[Wrong]


def check(session: Session, asking: Who, rows: Sequence[Sequence[str]], now: datetime) -> Checked:
    """Look at every cell; nothing is written."""
    found = table(rows, HEADS, OPTIONAL)
    places = _places(session, asking, now)
    taken = set(session.scalars(select(Station.id)))
    there = select(Station.area_id, Station.name)
    named = {(area_id, name) for area_id, name in session.execute(there)}
    wanted: list[Wanted] = []
    wrong = list(found.wrong)
    for line in found.lines:
        one, problems = _line(line, places)
        wrong += problems
        if one is None:
            continue
        if one.code and one.code in taken:
            wrong.append(line.wrong("code", f"Mã “{one.code}” đã có cụm loa khác dùng."))
        if (one.area_id, one.name) in named:
            wrong.append(line.wrong("name", f"{one.area} đã có cụm loa “{one.name}”."))
        taken.add(one.code or "")
        named.add((one.area_id, one.name))
        wanted.append(one)
    if not wrong and not wanted:
        wrong.append(Wrong(2, 0, "Chưa có dòng nào dưới tên các cột."))
    return Checked(wanted, sorted(wrong))


def register_all(
    session: Session, asking: Who, rows: Sequence[Sequence[str]], now: datetime
) -> list[Station]:
    """Register every station of the list. Raises Invalid when a cell is wrong by now."""
    checked = check(session, asking, rows, now)
    if checked.wrong:
        raise Invalid([Problem("file", each.message) for each in checked.wrong])
    return [
        stations.register(session, asking, one.area_id, one.name, code=one.code, now=now).station
        for one in checked.wanted
    ]


def _line(line: Line, places: Mapping[str, list[Area]]) -> tuple[Wanted | None, list[Wrong]]:
    name, area, code = (" ".join(line.cells.get(each, "").split()) for each in HEADS)
    wrong = []
    if not name or len(name) > _NAME_LENGTH:
        wrong.append(line.wrong("name", "Tên cụm loa phải có từ 1 đến 120 ký tự."))
    if code and not is_topic_name(code):
        message = f"Mã “{code}” chỉ được có chữ thường không dấu, chữ số và dấu gạch nối."
        wrong.append(line.wrong("code", message))
    found = places.get(folded(area), []) if area else []
    if not area:
        wrong.append(line.wrong("area", "Ghi tên xã, thôn hoặc tổ đặt cụm loa."))
    elif not found:
        wrong.append(line.wrong("area", f"Không có nơi nào tên “{area}” trong địa bàn của bạn."))
    elif len(found) > 1:
        wrong.append(line.wrong("area", f"Có {len(found)} nơi tên “{area}”: ghi rõ hơn."))
    if wrong:
        return None, wrong
    return Wanted(line.number, name, found[0].id, found[0].name, code or None), []


def _places(session: Session, asking: Who, now: datetime) -> dict[str, list[Area]]:
    """The places that the person may put stations in, by folded name, alone and with the one above.

    "Thôn Đoàn Kết" may stand in ten communes: "Thôn Đoàn Kết, Xã Suối Mây" stands in one.
    """
    on = local_day(now)
    inside = areas.subtrees(session, asking.areas_of(Permission.MANAGE_STATIONS), on)
    known = {area.id: area for area in session.scalars(select(Area).where(Area.id.in_(inside)))}
    found: dict[str, list[Area]] = {}
    for area_id, line in areas.lineages(session, inside, on).items():
        area = known[area_id]
        found.setdefault(folded(area.name), []).append(area)
        if len(line) > 1 and line[1] in known:
            found.setdefault(folded(f"{area.name}, {known[line[1]].name}"), []).append(area)
    return found
