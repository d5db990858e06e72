"""Sheet import: what taking a list from a workbook is alike, whatever the list is of.

A workbook is looked at first; it is kept as an original, and looked at again when it counts.
"""

import io
from collections.abc import Iterable, Sequence

from flask import Response, request

from controller.sheets import process
from controller.sheets.wire import Trouble
from web import example_sheet
from web.parts import parts

MOST_BYTES = 5 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TROUBLE = {
    Trouble.UNREADABLE: "Không mở được tệp này. Hãy chọn bảng tính Excel (.xlsx).",
    Trouble.TOO_LONG: "Bảng tính quá dài: mỗi lần nhập tối đa 5.000 dòng.",
}
NO_FILE = "Hãy chọn tệp bảng tính trước."
GONE = "Tệp đã chọn không còn trên máy chủ: hãy chọn lại."
SHOWN = 200  # problems on one page: whoever has more mends these first

Rows = Sequence[Sequence[str]]


class Unusable(Exception):
    """There is no list to look at; the text is for people."""


def sent() -> tuple[bytes, Rows]:
    """The workbook of this form and its rows. Raises Unusable."""
    content = uploaded()
    return content, rows_of(content)


def uploaded(missing: str = NO_FILE) -> bytes:
    """The file of this form. Raises Unusable."""
    file = request.files.get("file")
    content = file.stream.read(MOST_BYTES) if file and file.filename else b""
    if not content:
        raise Unusable(missing)
    return content


def rows_of(content: bytes) -> Rows:
    """The rows of a workbook. Raises Unusable."""
    read = process.read(content)
    if read.trouble is not None:
        raise Unusable(TROUBLE[read.trouble])
    return read.rows


def keep(content: bytes) -> str:
    """The name under which a workbook that was found right waits for the second step."""
    return parts().media.keep_original(io.BytesIO(content))


def kept() -> Rows:
    """The rows of the workbook that was looked at before. Raises Unusable."""
    return rows_of(kept_content())


def kept_content() -> bytes:
    """The file that was looked at before. Raises Unusable."""
    try:
        return parts().media.original(request.form.get("kept", "")).read_bytes()
    except FileNotFoundError as error:
        raise Unusable(GONE) from error


def example(
    sheet: str, heads: Iterable[str], lines: Iterable[Sequence[str]], file_name: str
) -> Response:
    """A workbook with the right heads, to be filled in."""
    answer = Response(example_sheet.example(sheet, tuple(heads), lines), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer
