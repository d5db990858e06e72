"""Table: rows under the heads that a list must have, and what is wrong with which cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from controller.model.folding import folded


class Wrong(Struct, frozen=True, order=True):
    """A problem and the cell that it is in, as a spreadsheet calls it: `B7`; "" is no one cell."""

    row: int
    column: int
    message: str

    @property
    def cell(self) -> str:
        """`B7`."""
        return f"{chr(ord('A') + self.column)}{self.row}" if self.row else ""


class Line(Struct, frozen=True):
    """One row by the names of its fields; `number` is that of the spreadsheet."""

    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def text(self, field: str) -> str:
        """The cell of this field, with single blanks."""
        return " ".join(self.cells.get(field, "").split())

    def wrong(self, field: str, message: str) -> Wrong:
        """A problem at the cell of this field."""
        return Wrong(self.number, self.columns.get(field, 0), message)


class Table(Struct, frozen=True):
    """The rows that are not empty; without all heads there are none."""

    lines: list[Line]
    wrong: list[Wrong]


def table(
    rows: Sequence[Sequence[str]], heads: Mapping[str, str], optional: Iterable[str]
) -> Table:
    """`heads` are fields with the words over their columns, which may stand in any order.

    Marks, case and what follows in parentheses do not count in a head.
    """
    if not rows:
        return Table([], [Wrong(0, 0, "Bảng tính trống: dòng đầu phải là tên các cột.")])
    there = {_plain(text): column for column, text in enumerate(rows[0]) if text}
    wanted = {field: _plain(head) for field, head in heads.items()}
    columns = {field: there[head] for field, head in wanted.items() if head in there}
    missing = [head for field, head in heads.items() if field not in {*columns, *optional}]
    if missing:
        return Table([], [Wrong(1, 0, f"Dòng đầu thiếu cột “{head}”.") for head in missing])
    return Table(list(_lines(rows, columns)), [])


def _lines(rows: Sequence[Sequence[str]], columns: Mapping[str, int]) -> Iterator[Line]:
    for number, row in enumerate(rows[1:], 2):
        if any(row):
            cells = {
                field: row[column] if column < len(row) else "" for field, column in columns.items()
            }
            yield Line(number, cells, columns)


def _plain(head: str) -> str:
    return " ".join(folded(head.partition("(")[0]).split())
