"""Documents for the tests, made by python-docx and WeasyPrint as an office's programs would."""

import io

from docx import Document
from weasyprint import HTML

SENTENCE = (
    "Để bảo đảm an toàn trong quá trình thi công, Điện lực thông báo lịch ngừng cấp điện tại "
    "Thôn Nà Lốc từ 7h30 đến 11h00 ngày 5/9/2026, lý do: sửa chữa đường dây."
)


def word(*paragraphs: tuple[str, str] | str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A .docx; a paragraph may come with the name of its style."""
    document = Document()
    for each in paragraphs:
        text, style = each if isinstance(each, tuple) else (each, None)
        document.add_paragraph(text, style=style)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for down, row in enumerate(rows):
            for across, said in enumerate(row):
                table.cell(down, across).text = said
    return _saved(document)


def pdf(body: str) -> bytes:
    """A .pdf of A4 pages, its lines broken where the paper ends."""
    page = f"<html lang=vi><style>@page {{size: A4}}</style><body>{body}</body></html>"
    made: bytes = HTML(string=page).write_pdf()
    return made


def _saved(document: "Document") -> bytes:
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()
