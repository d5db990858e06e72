"""Workbooks for the tests, written by XlsxWriter: what reads them is openpyxl."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter


def book(*rows: Sequence[object]) -> bytes:
    """One worksheet."""
    body = BytesIO()
    with xlsxwriter.Workbook(body) as made:
        sheet = made.add_worksheet()
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return body.getvalue()


def stations(lines: Iterable[Sequence[object]]) -> bytes:
    """A list of stations."""
    return book(("Tên cụm loa", "Nơi đặt", "Mã"), *lines)
