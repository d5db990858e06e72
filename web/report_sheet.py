"""Report sheet: a report as an XLSX workbook, row by row in constant memory."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

HEADS = (
    "Số lượt",
    "Đã phát",
    "Một phần",
    "Lỡ giờ",
    "Bỏ qua",
    "Lỗi",
    "Chưa xác minh",
    "Chờ báo cáo",
    "Bắt đầu muộn",
    "Yêu cầu (giây)",
    "Đã phát (giây)",
    "Tỷ lệ",
)
Cell = str | int | float
Table = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]
"""What the worksheet is called, its heads, its rows."""


def workbook(title: str, tables: Iterable[Table]) -> bytes:
    """A worksheet for each table, under the title; text is never taken for a formula."""
    body = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(body, options) as book:
        bold, share = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
        for name, heads, rows in tables:
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 0, 36)
            sheet.set_column(1, len(heads) - 1, 15)
            sheet.freeze_panes(3, 1)
            sheet.write_string(0, 0, plain(title), bold)
            sheet.write_row(2, 0, heads, bold)
            for n, row in enumerate(rows, 3):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(n, column, plain(value))
                    elif isinstance(value, float):
                        sheet.write_number(n, column, value, share)
                    else:
                        sheet.write_number(n, column, value)
    return body.getvalue()


def plain(text: str) -> str:
    """Text that no sheet program, nor one that it is exported to, takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
