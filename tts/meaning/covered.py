"""Which characters some spans cover, asked often."""

from collections.abc import Iterable

from tts.meaning.want import Span


def covered(spans: Iterable[Span]) -> frozenset[int]:
    """Every index inside one of the spans."""
    return frozenset(at for start, end in spans for at in range(start, end))
