"""Windows: which hours an area permits, decided by the province and tightened below it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from contract.windows import ALL_DAY, Window
from scheduler.problem import Problem

DEFAULT = (Window("05:30", "06:30"), Window("17:00", "18:00"))
"""The hours of an area for which nobody decided: an hour in the morning, one in the afternoon."""

BOUND = (Window("05:00", "21:30"),)
"""No decision passes these hours: people sleep."""


class Hours(Struct, frozen=True, tag_field="kind", tag="hours"):
    """An area's own decision, inside BOUND and inside the decisions above it. Empty: silence."""

    windows: tuple[Window, ...]


class RoundTheClock(Struct, frozen=True, tag_field="kind", tag="round_the_clock"):
    """The whole day, past BOUND on purpose: for a demonstration or a test bench, not a village."""


Decision = Hours | RoundTheClock


def effective(province: Decision | None, below: Iterable[Decision | None]) -> tuple[Window, ...]:
    """The permitted windows of an area, given the decisions of its chain from the province down.

    The province replaces DEFAULT; everyone below can only tighten. None: nothing decided there.
    """
    permitted = DEFAULT if province is None else _own(province)
    for decision in below:
        if decision is not None:
            permitted = _common(permitted, _own(decision))
    return permitted


def in_words(windows: Iterable[Window]) -> str:
    """Windows in one phrase."""
    return ", ".join(f"{w.start}–{w.end}" for w in windows) or "không có khung giờ nào"


def problems(spans: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Why an area cannot decide for these starts and ends; `window-N` is the N-th, from 1."""
    if not spans:
        yield Problem("window-1", "Nhập ít nhất một khung giờ, ví dụ 05:30 đến 06:30.")
    (bound,) = BOUND
    for number, (start, end) in enumerate(spans, 1):
        if not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end)):
            told = "Nhập đủ giờ bắt đầu và giờ kết thúc, ví dụ 05:30 và 06:30."
        elif start >= end:
            told = f"Giờ kết thúc {end} phải sau giờ bắt đầu {start}."
        elif start < bound.start or end > bound.end:
            told = f"Ngoài giờ cho phép: loa chỉ được mở từ {bound.start} đến {bound.end}."
        else:
            continue
        yield Problem(f"window-{number}", told)


_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _own(decision: Decision) -> tuple[Window, ...]:
    if isinstance(decision, RoundTheClock):
        return ALL_DAY
    return _common(joined(decision.windows), BOUND)


def _common(one: tuple[Window, ...], other: tuple[Window, ...]) -> tuple[Window, ...]:
    """The hours that both permit, in order."""
    overlaps = ((max(a.start, b.start), min(a.end, b.end)) for a in one for b in other)
    return tuple(Window(start, end) for start, end in sorted(overlaps) if start < end)


def joined(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same hours with windows that overlap or touch made one, in order."""
    joined: list[Window] = []
    for window in sorted(windows):
        if joined and window.start <= joined[-1].end:
            joined[-1] = Window(joined[-1].start, max(joined[-1].end, window.end))
        else:
            joined.append(window)
    return tuple(joined)
