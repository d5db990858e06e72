"""Schedule board: a table of lines by the hours of their days, laid out before it is drawn.

Minutes count from midnight in the village, 0 to 1440.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from contract.states import AiringState
from contract.windows import ALL_DAY, Window
from controller.schedule import Slot
from scheduler.calendar import ZONE
from scheduler.windows import BOUND

DAY_MIN = 24 * 60
HOUR_MIN = 60

Span = tuple[float, float]
"""From minute to minute of a day."""


class Filled(Struct, frozen=True):
    """A permitted window with its minutes: those taken somewhere in the place, and the rest."""

    window: Window
    used_min: int
    free_min: int


class Cell(Struct, frozen=True, kw_only=True):
    """One hour of one line. Spans are minutes within the hour, apart and in order."""

    hour: int
    open: tuple[Span, ...]
    taken: tuple[Span, ...]
    slots: tuple[Slot, ...]  # that begin in this hour


class Line(Struct, frozen=True, kw_only=True):
    """A place on a day. `key` tells it from the others of the table."""

    key: str
    day: date
    filled: tuple[Filled, ...]
    cells: tuple[Cell, ...]


def hours(days: Iterable[tuple[date, Sequence[Window], Sequence[Slot]]]) -> range:
    """The hours that a table needs: from the first that is open or has an airing to the last.

    Of a place that is open round the clock the night is shown only when something is heard in it.
    """
    spans = [
        span
        for day, windows, slots in days
        for span in (
            *map(of_window, BOUND if tuple(windows) == ALL_DAY else windows),
            *(of_slot(slot, day) for slot in slots),
        )
    ] or [of_window(BOUND[0])]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return range(int(first // HOUR_MIN), int(-(-last // HOUR_MIN)))


def line(
    key: str, day: date, windows: Sequence[Window], slots: Sequence[Slot], shown: range
) -> Line:
    """One line of the table, with each of its slots in the hour in which it is first heard."""
    open_ = joined(map(of_window, windows))
    taken = joined(of_slot(slot, day) for slot in slots if is_heard(slot))
    open_in, taken_in = _by_hour(open_), _by_hour(taken)
    by_hour: dict[int, list[Slot]] = {}
    for slot in slots:
        by_hour.setdefault(int(of_slot(slot, day)[0] // HOUR_MIN), []).append(slot)
    cells = (
        Cell(
            hour=hour,
            open=tuple(open_in.get(hour, ())),
            taken=tuple(taken_in.get(hour, ())),
            slots=tuple(by_hour.get(hour, ())),
        )
        for hour in shown
    )
    filled = tuple(_filled(window, taken) for window in windows)
    return Line(key=key, day=day, filled=filled, cells=tuple(cells))


def on_day(slots: Iterable[Slot], day: date) -> list[Slot]:
    """Those that are in the air on that day."""
    midnight = datetime.combine(day, time(), ZONE)
    end = midnight + timedelta(days=1)
    return [slot for slot in slots if slot.starts_at < end and slot.ends_at > midnight]


def busy(lines: Iterable[Line]) -> set[int]:
    """The hours in which something begins on some line; the others need no room for words."""
    return {cell.hour for one in lines for cell in one.cells if cell.slots}


def is_heard(slot: Slot) -> bool:
    """Whether it takes time of the day: what was refused or cancelled does not."""
    return slot.state not in (AiringState.REFUSED, AiringState.CANCELLED)


def of_slot(slot: Slot, day: date) -> Span:
    """The part of that day in which it is in the air."""
    midnight = datetime.combine(day, time(), ZONE)
    minute = timedelta(minutes=1)
    start = max(0.0, (slot.starts_at - midnight) / minute)
    return start, min((slot.ends_at - midnight) / minute, float(DAY_MIN))


def of_window(window: Window) -> Span:
    """The minutes between which it is open."""
    return _minute(window.start), _minute(window.end)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes, without overlap and in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _filled(window: Window, taken: Sequence[Span]) -> Filled:
    """Whole minutes; a begun one counts as used."""
    start, end = of_window(window)
    used = sum(max(0.0, min(end, b) - max(start, a)) for a, b in taken)
    whole = min(int(end - start), int(-(-used // 1)))
    return Filled(window, whole, int(end - start) - whole)


def _by_hour(spans: Iterable[Span]) -> dict[int, list[Span]]:
    """The same minutes cut at the hours, each within its own."""
    found: dict[int, list[Span]] = {}
    for start, end in spans:
        for hour in range(int(start // HOUR_MIN), int(-(-end // HOUR_MIN))):
            low = hour * HOUR_MIN
            cut = (max(start - low, 0.0), min(end - low, float(HOUR_MIN)))
            found.setdefault(hour, []).append(cut)
    return found


def _minute(wall_time: str) -> float:
    return int(wall_time[:2]) * 60 + int(wall_time[3:])
