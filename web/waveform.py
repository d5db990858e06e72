"""Waveform: the shape of a recording as a drawing, with what was measured on it in words."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from controller.model import Recording

COLUMNS = 250
"""A phone is 330 points wide; each column costs the page ten bytes."""


class Shape(Struct, frozen=True):
    """A drawing `width` wide, from −100 to 100 high; the same scale for all."""

    label: str
    path: str
    width: int
    loudness: str
    peak: str


def shapes(recording: Recording | None) -> list[Shape]:
    """An upload as it came and as it became, or only what was made; empty for an old recording."""
    if recording is None or not recording.waveform:
        return []
    made = _shape(
        "Sau khi xử lý" if recording.before else "Bản ghi âm",
        recording.waveform,
        recording.loudness_lufs,
        recording.true_peak_dbtp,
    )
    before = recording.before
    return [_before(before), made] if before and before["waveform"] else [made]


def _before(before: dict[str, Any]) -> Shape:
    return _shape(
        "Tệp gửi lên", before["waveform"], before["loudness_lufs"], before["true_peak_dbtp"]
    )


def _shape(label: str, waveform: Sequence[int], lufs: float | None, dbtp: float) -> Shape:
    columns = list(_columns(waveform))
    # at least a hair, so that silence is a line and not a gap
    path = "".join(f"M{x} {-high}v{max(1, high - low)}" for x, (low, high) in enumerate(columns))
    return Shape(
        label=label,
        path=path,
        width=len(columns),
        loudness="quá ngắn để đo" if lufs is None else f"{_decimal(lufs)} LUFS",
        peak=f"{_decimal(dbtp)} dBTP",
    )


def _columns(waveform: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The lowest and highest value of each column; `waveform` has them in turn."""
    pairs = len(waveform) // 2
    columns = min(pairs, COLUMNS)
    for n in range(columns):
        stretch = waveform[2 * (n * pairs // columns) : 2 * ((n + 1) * pairs // columns)]
        yield min(stretch[::2]), max(stretch[1::2])


def _decimal(value: float) -> str:
    """`−16,0`: with a comma and a true minus, as people write it."""
    return f"{value:.1f}".replace("-", "−").replace(".", ",")
