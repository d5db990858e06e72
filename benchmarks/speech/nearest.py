"""The accepted reading nearest to what was said, for a person to compare."""

from dataclasses import dataclass

from benchmarks.speech.canonical import Words
from benchmarks.speech.grammar import Accepted

# Words of an accepted reading, the last one first: (word, (word before, (...))).
Path = tuple[str, "Path"] | None


@dataclass(frozen=True, slots=True)
class Near:
    """`edits`: words to add, drop or change to get from one to the other."""

    words: Words
    edits: int


# By how many words of the said ones are behind: fewest edits, and the accepted words so far.
_Row = list[tuple[int, Path]]


def nearest(accepted: Accepted, said: Words) -> Near:
    """The first of the accepted readings with the fewest edits."""
    rows: dict[int, _Row] = {0: [(at, None) for at in range(len(said) + 1)]}
    for edge in accepted.edges:
        row = rows[edge.start]
        for word in edge.words:
            row = _after(word, row, said)
        rows[edge.end] = _better(rows.get(edge.end), row)
    edits, path = rows[accepted.last][-1]
    return Near(_words(path), edits)


def _after(word: str, row: _Row, said: Words) -> _Row:
    """One more accepted word: it was not said, or it stands for a said word."""
    edits, path = row[0]
    after: _Row = [(edits + 1, (word, path))]
    for at, heard in enumerate(said):
        missing, same = row[at + 1], row[at]
        extra = after[at]
        after.append(
            min(
                (same[0] + (heard != word), (word, same[1])),
                (missing[0] + 1, (word, missing[1])),
                (extra[0] + 1, extra[1]),
                key=lambda cell: cell[0],
            )
        )
    return after


def _better(one: _Row | None, other: _Row) -> _Row:
    if one is None:
        return other
    return [min(pair, key=lambda cell: cell[0]) for pair in zip(one, other, strict=True)]


def _words(path: Path) -> Words:
    found = []
    while path:
        word, path = path
        found.append(word)
    return tuple(reversed(found))
