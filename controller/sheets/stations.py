"""Stations: a list of loudspeaker clusters from a workbook, registered all or none."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.ids import is_topic_name
from controller import stations
from controller.errors import Invalid
from controller.model import Area, Station
from controller.permissions import Permission, Who
from controller.sheets import places
from controller.sheets.places import Named
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
    reachable = places.reachable(session, asking, Permission.MANAGE_STATIONS, now)
    taken = set(session.scalars(select(Station.id)))
    there = select(Station.area_id, Station.name)
    named = {(area_id, name) for area_id, name in session.execute(there)}
    wanted: list[Wanted] = []
    wrong = list(found.wrong)
    for line in found.lines:
        one, problems = _line(line, reachable)
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


def _line(line: Line, named: Named) -> tuple[Wanted | None, list[Wrong]]:
    name, code = line.text("name"), line.text("code")
    wrong = []
    if not name or len(name) > _NAME_LENGTH:
        wrong.append(line.wrong("name", "Tên cụm loa phải có từ 1 đến 120 ký tự."))
    if code and not is_topic_name(code):
        message = f"Mã “{code}” chỉ được có chữ thường không dấu, chữ số và dấu gạch nối."
        wrong.append(line.wrong("code", message))
    area = places.meant(line, named, "Ghi tên xã, thôn hoặc tổ đặt cụm loa.")
    if isinstance(area, Wrong):
        wrong.append(area)
    if wrong or not isinstance(area, Area):
        return None, wrong
    return Wanted(line.number, name, area.id, area.name, code or None), []
