"""Workbook: the first worksheet of an .xlsx file as people see it, cell by cell."""

import io
import zipfile
from datetime import date, datetime, time

from openpyxl import load_workbook

from controller.sheets.wire import Rows, Trouble

MOST_ROWS, MOST_COLUMNS = 5_000, 20
_LONGEST = 20_000  # characters of a cell
_MOST_UNPACKED = 100 * 2**20  # bytes


def rows_of(content: bytes) -> Rows:
    """Empty rows at the end are none. Raises what the library raises at a broken file."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(each.file_size for each in packed.infolist()) > _MOST_UNPACKED:
            return Rows(trouble=Trouble.TOO_LONG)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found: list[list[str]] = []
    for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True):
        found.append([_text(cell) for cell in row])
        if len(found) > MOST_ROWS + 1:
            return Rows(trouble=Trouble.TOO_LONG)
    while found and not any(found[-1]):
        found.pop()
    return Rows(rows=found)


def _text(cell: object) -> str:
    """As it would be typed: days as 2026-12-31, times as 17:00, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()[:_LONGEST]
