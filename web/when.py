"""When: the typed part of the form that says on which days and at what times to be heard.

It is kept as typed, so that a page with an error gives it back unchanged.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from werkzeug.datastructures import MultiDict

from contract.windows import Window
from web.dates import local

AHEAD = timedelta(minutes=10)
"""The first slot offered: time for a colleague to listen and approve before it passes."""

AHEAD_PRACTISING = timedelta(minutes=2)
"""In a sandbox both colleagues are the same person, who waits to hear it."""

STEP_MIN = 5  # people say 17:05, not 17:03

REPEATS: Mapping[str, str] = {
    "once": "Một lần",
    "daily": "Hằng ngày",
    "weekly": "Hằng tuần",
    "every_n_weeks": "Vài tuần một lần",
    "monthly": "Hằng tháng, theo ngày",
    "monthly_weekdays": "Hằng tháng, theo thứ",
    "yearly": "Hằng năm",
    "lunar": "Theo âm lịch",
}


class When(Struct, kw_only=True):
    """The typed fields. `times` are further times of a repeated bulletin, between commas."""

    repeat: str = "once"
    day: str = ""
    time: str = ""
    times: str = ""
    weekdays: list[str] = []
    weeks: str = "2"
    month_day: str = "1"
    nth: str = "1"
    year_month: str = "1"
    lunar_day: str = "1"
    lunar_month: str = "0"  # 0: each month
    valid_from: str = ""
    valid_to: str = ""
    skips: str = ""  # days, between commas
    holidays: str = "play"


def typed(form: MultiDict[str, str]) -> When:
    """What was typed, whatever it is; an unknown way of repeating is read as once."""
    names = set(When.__struct_fields__) - {"weekdays"}
    given = {name: form[name].strip() for name in names if name in form}
    if given.get("repeat") not in REPEATS:
        given["repeat"] = "once"
    return When(**given, weekdays=form.getlist("weekdays"))


def offered(windows: tuple[Window, ...], now: datetime, ahead: timedelta = AHEAD) -> When:
    """The next permitted slot, filled in before anything is typed."""
    at = slot(windows, now, ahead)
    return When(day=f"{at:%Y-%m-%d}", time=f"{at:%H:%M}", valid_from=f"{at:%Y-%m-%d}")


def slot(windows: tuple[Window, ...], now: datetime, ahead: timedelta = AHEAD) -> datetime:
    """The next permitted moment, local: a little ahead of `now`, on a round minute."""
    soon = local(now + ahead).replace(second=0, microsecond=0)
    soon += timedelta(minutes=-soon.minute % STEP_MIN if ahead >= AHEAD else 1)
    at = f"{soon:%H:%M}"
    for window in sorted(windows):
        if window.start <= at < window.end:
            return soon
        if at < window.start:
            return _on(soon, window.start)
    return _on(soon + timedelta(days=1), min(windows).start) if windows else soon


def _on(day: datetime, wall_time: str) -> datetime:
    return day.replace(hour=int(wall_time[:2]), minute=int(wall_time[3:]))
