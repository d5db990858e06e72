"""Example sheet: an empty list with the right heads and two lines to write over."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter


def example(name: str, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """An XLSX workbook with one worksheet; all cells are texts, codes keep their noughts."""
    body = BytesIO()
    with xlsxwriter.Workbook(body) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(name)
        sheet.set_column(0, len(heads) - 1, 32, text)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, bold)
        for n, line in enumerate(lines, 1):
            sheet.write_row(n, 0, line, text)
    return body.getvalue()
