"""What a workbook's cells are, and why there are none."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from controller.sheets.process import read
from controller.sheets.table import table
from controller.sheets.wire import Rows, Trouble
from controller.sheets.workbook import MOST_ROWS
from tests.controller.sheets.books import book


def test_cells_are_what_people_see() -> None:
    body = io.BytesIO()
    with xlsxwriter.Workbook(body) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Tên", 7, 7.5, "=1+1"])
        sheet.write_datetime(1, 0, date(2026, 12, 31), made.add_format({"num_format": "dd/mm/yy"}))
        sheet.write_blank(5, 0, None)
    first, second = read(body.getvalue()).rows
    assert [*filter(None, first)] == ["Tên", "7", "7.5", "0"]
    assert [*filter(None, second)] == ["2026-12-31"]


def _bomb() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(200 * 2**20))
    return into.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], Trouble]] = {
    "junk": (lambda: b"x" * 100, Trouble.UNREADABLE),
    "an old .xls": (lambda: b"\xd0\xcf\x11\xe0" + bytes(1_000), Trouble.UNREADABLE),
    "a bomb": (_bomb, Trouble.TOO_LONG),
    "too many rows": (lambda: book(*[["x"]] * (MOST_ROWS + 2)), Trouble.TOO_LONG),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_says_why(name: str) -> None:
    make, trouble = BAD[name]
    assert read(make()) == Rows(trouble=trouble)


HEADS = {"name": "Tên cụm loa", "area": "Nơi đặt", "code": "Mã"}


@given(st.permutations(["TÊN CỤM LOA", "noi dat (xã, thôn)", "Mã", "Ghi chú"]))
def test_heads_may_stand_in_any_order_and_case(order: list[str]) -> None:
    found = table([order, ["a", "b", "c", "d"]], HEADS, ())
    (line,) = found.lines
    assert line.cells["area"] == "abcd"[order.index("noi dat (xã, thôn)")]
    assert line.wrong("area", "x").cell == f"{'ABCD'[order.index('noi dat (xã, thôn)')]}2"


def test_a_missing_head_is_named() -> None:
    found = table([["Tên cụm loa"]], HEADS, {"code"})
    assert [one.message for one in found.wrong] == ["Dòng đầu thiếu cột “Nơi đặt”."]
    assert table([], HEADS, ()).wrong[0].cell == ""
