"""The places of a reading to be heard on their own: pieces of its map, and what lies between."""

from collections import deque
from dataclasses import dataclass, field

from tts.meaning.want import Span, Want
from tts.meaning.written import split
from tts.normalise.reading import Piece, Reading


@dataclass(slots=True)
class Place:
    """A stretch of the source, what is said of it, and what it demands."""

    span: Span
    spoken: str
    wants: list[Want] = field(default_factory=list)

    def take(self, want: Want) -> None:
        """Hear this here; a number may reach over the next pieces, which then belong here."""
        self.wants.append(want)
        self.span = (self.span[0], max(self.span[1], want.span[1]))

    def join(self, piece: Piece) -> None:
        """Hear this piece here too."""
        self.span = (self.span[0], max(self.span[1], piece.span[1]))
        self.spoken = f"{self.spoken} {piece.spoken}".strip()


def places(reading: Reading, wants: list[Want]) -> list[Place]:
    """Every piece of the map, and every gap that demands something, in order."""
    waiting, found = deque(wants), [Place((0, 0), "")]
    for piece in reading.map:
        start, end = piece.span
        while waiting and waiting[0].span[0] < start:
            _take_gap(found, waiting.popleft())
        last = found[-1]
        if last.span[1] > start:
            last.join(piece)
        else:
            last = Place(piece.span, piece.spoken)
            found.append(last)
        while waiting and waiting[0].span[0] < end:
            first, *rest = _in_one_piece(waiting.popleft(), end, reading.text)
            last.take(first)
            waiting.extendleft(reversed(rest))
    for want in waiting:
        _take_gap(found, want)
    return found[1:]


def _take_gap(found: list[Place], want: Want) -> None:
    if want.span[0] < found[-1].span[1]:
        found[-1].take(want)
    else:
        found.append(Place(want.span, "", [want]))


def _in_one_piece(want: Want, end: int, text: str) -> list[Want]:
    return [want] if want.span[1] <= end else split(want, text)
