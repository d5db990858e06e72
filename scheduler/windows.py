"""Windows: which hours an area permits, decided by the province and tightened below it."""

from collections.abc import Iterable

from msgspec import Struct

from contract.windows import ALL_DAY, Window

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


def _own(decision: Decision) -> tuple[Window, ...]:
    if isinstance(decision, RoundTheClock):
        return ALL_DAY
    return _common(_joined(decision.windows), BOUND)


def _common(one: tuple[Window, ...], other: tuple[Window, ...]) -> tuple[Window, ...]:
    """The hours that both permit, in order."""
    overlaps = ((max(a.start, b.start), min(a.end, b.end)) for a in one for b in other)
    return tuple(Window(start, end) for start, end in sorted(overlaps) if start < end)


def _joined(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same hours with windows that overlap or touch made one, in order."""
    joined: list[Window] = []
    for window in sorted(windows):
        if joined and window.start <= joined[-1].end:
            joined[-1] = Window(joined[-1].start, max(joined[-1].end, window.end))
        else:
            joined.append(window)
    return tuple(joined)
