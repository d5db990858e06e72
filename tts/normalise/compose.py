"""Put spoken pieces together: one space between words, one mark where several met."""

from collections.abc import Iterable
from dataclasses import dataclass, field

# Marks that carry a pause, weakest first; where several meet the strongest is said.
_MARKS = ",:;.!?"
_SENTENCE_END = ".!?"


def compose(pieces: Iterable[str]) -> str:
    """Join words, marks and line ends. Sentences begin with a capital."""
    line = _Line()
    for piece in pieces:
        line.add(piece)
    return line.finished()


@dataclass(slots=True)
class _Line:
    """Spoken text so far, and the mark and line ends that wait for the next word."""

    words: list[str] = field(default_factory=list)
    mark: str = ""
    breaks: int = 0

    def add(self, piece: str) -> None:
        words = piece.strip(" " + _MARKS + "\n")
        head, _, tail = piece.partition(words) if words else ("", "", piece)
        self._wait(head)
        if words:
            self._say(words)
        self._wait(tail)

    def _wait(self, marks: str) -> None:
        for mark in marks:
            if mark in _MARKS and (not self.mark or _MARKS.index(mark) > _MARKS.index(self.mark)):
                self.mark = mark
        self.breaks = max(self.breaks, marks.count("\n"))

    def _say(self, words: str) -> None:
        first = not self.words or self.breaks or self.mark in set(_SENTENCE_END)
        if self.words:
            space = "\n" * min(self.breaks, 2) or " "
            self.words.append(self.mark + space)
        self.words.append(_capital(words) if first else words)
        self.mark, self.breaks = "", 0

    def finished(self) -> str:
        """The text; a mark that waits closes it, unless it is only a comma."""
        return "".join(self.words) + (self.mark if self.words and self.mark != "," else "")


def _capital(words: str) -> str:
    """A lone "i" stays small: a capital one would be a Roman numeral to the next reader."""
    return words if words.split(maxsplit=1)[0] == "i" else words[0].upper() + words[1:]
