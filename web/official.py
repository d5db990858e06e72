"""Official: the head and foot that Nghị định 30/2020/NĐ-CP gives to a report on paper."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from controller.model import Area, AreaKind

LONGEST = 200  # characters of a field


class Official(Struct, frozen=True, kw_only=True):
    """What is not in the figures; each line of `signed_as` is a line on the paper."""

    above: str = ""  # cơ quan chủ quản; people's committees have none
    office: str = ""
    number: str = ""
    place: str = ""
    signed_as: str = ""
    signed_by: str = ""
    copies: str = ""


FIELDS: Mapping[str, str] = {
    "above": "Cơ quan chủ quản",
    "office": "Cơ quan ban hành",
    "number": "Số, ký hiệu",
    "place": "Địa danh",
    "signed_as": "Quyền hạn, chức vụ người ký",
    "signed_by": "Họ tên người ký",
    "copies": "Nơi nhận",
}
HINTS: Mapping[str, str] = {
    "above": "Ủy ban nhân dân thì để trống.",
    "number": "Để trống thì chừa chỗ ghi tay.",
    "signed_as": "Mỗi dòng một ý, ví dụ: TM. ỦY BAN NHÂN DÂN, rồi CHỦ TỊCH.",
    "signed_by": "Để trống thì chừa chỗ ký.",
    "copies": "Mỗi nơi một dòng.",
}
LINES = frozenset({"signed_as", "copies"})
"""Fields of several lines."""


def usual(area: Area | None) -> Official:
    """What most offices of such a place would write; nobody's name."""
    if area is None:
        return Official(copies="Như trên;\nLưu: VT.")
    if area.kind in (AreaKind.COMMUNE, AreaKind.PROVINCE):
        office = f"ỦY BAN NHÂN DÂN\n{area.name.upper()}"
        signed = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    else:
        office, signed = area.name.upper(), ""
    place = area.name.removeprefix("Xã ").removeprefix("Phường ").removeprefix("Tỉnh ")
    return Official(office=office, place=place, signed_as=signed, copies="Như trên;\nLưu: VT.")


def given(args: Mapping[str, str], otherwise: Official) -> Official:
    """What the person typed; a field that was not sent is the usual one."""
    typed = {name: args[name].replace("\r", "")[:LONGEST] for name in FIELDS if name in args}
    return Official(**{name: typed.get(name, getattr(otherwise, name)) for name in FIELDS})


def date_line(place: str, on: date) -> str:
    """`Suối Mây, ngày 05 tháng 02 năm 2026`: days below 10 and months 1 and 2 have a nought.

    Nghị định 30/2020/NĐ-CP, phụ lục I, phần I, mục II.4.
    """
    month = f"{on.month:02d}" if on.month <= 2 else str(on.month)
    return f"{place or '…'}, ngày {on.day:02d} tháng {month} năm {on.year}"
