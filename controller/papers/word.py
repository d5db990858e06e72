"""Word: the words of a .docx file, paragraph by paragraph, with the numbers that Word shows."""

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph

from controller.papers.numbering import Counter, Level


def text_of(content: bytes) -> str:
    """One paragraph a line; the cells of a table row are divided by semicolons.

    Raises whatever the library raises at a file that is none: the child that calls it may die.
    """
    document = Document(io.BytesIO(content))
    counter = Counter(_lists(document))
    lines = [line for block in document.iter_inner_content() for line in _lines(block, counter)]
    return "\n".join(lines).strip()


def _lines(block: Paragraph | Table, counter: Counter) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _numbered(block, counter)
        return
    for row in block.rows:
        cells: list[str] = []
        for cell in row.cells:
            said = " ".join(filter(None, (_numbered(each, counter) for each in cell.paragraphs)))
            if said and said not in cells[-1:]:  # a merged cell stands there once for each column
                cells.append(said)
        if cells:
            yield "; ".join(cells)


def _numbered(paragraph: Paragraph, counter: Counter) -> str:
    said = " ".join(paragraph.text.split())
    place = _place(paragraph)
    return f"{counter.next(*place)} {said}".strip() if said and place else said


def _place(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list and the depth of a paragraph, its own or those of its style."""
    for properties in (paragraph._p.pPr, _of_style(paragraph)):
        numbered = None if properties is None else properties.find(qn("w:numPr"))
        if numbered is not None:
            list_id, depth = (_value(numbered, name) for name in ("w:numId", "w:ilvl"))
            return None if list_id in ("", "0") else (list_id, int(depth or 0))
    return None


def _of_style(paragraph: Paragraph) -> BaseOxmlElement | None:
    style = paragraph.style
    return None if style is None else style.element.find(qn("w:pPr"))


def _lists(document: WordDocument) -> dict[str, dict[int, Level]]:
    """The levels of each list of numbering.xml; none in a file without it."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    shapes = {
        each.get(qn("w:abstractNumId")): dict(_levels(each))
        for each in root.findall(qn("w:abstractNum"))
    }
    return {
        each.get(qn("w:numId")): shapes.get(_value(each, "w:abstractNumId"), {})
        for each in root.findall(qn("w:num"))
    }


def _levels(shape: BaseOxmlElement) -> Iterator[tuple[int, Level]]:
    for level in shape.findall(qn("w:lvl")):
        yield (
            int(level.get(qn("w:ilvl"))),
            Level(
                style=_value(level, "w:numFmt") or "decimal",
                pattern=_value(level, "w:lvlText"),
                start=int(_value(level, "w:start") or 1),
            ),
        )


def _value(element: BaseOxmlElement, name: str) -> str:
    """The `w:val` of a child; "" without it."""
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val")) or ""
