"""Minute: why a station sounded, or was silent, in one minute; from what was written down."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy.orm import Session

from contract.errors import Refusal
from contract.telling import REFUSED
from contract.windows import Window, allows
from controller import areas, station_day, why
from controller.areas import local_day
from controller.model import Station, StationPlan
from controller.station_day import Day, Due
from controller.why import Told
from scheduler import windows
from scheduler.calendar import ZONE

LONG = timedelta(minutes=1)

AWAY = (
    "Máy chủ không nghe thấy cụm loa trong phút này. Mất mạng thì cụm loa vẫn phát theo lịch đã "
    "nhận và báo lại sau; mất điện thì không phát được."
)


class Minute(Struct, frozen=True, kw_only=True):
    """The answer. `reasons` are sentences; `told` is what the station itself wrote last."""

    since: datetime
    sounded: list[Due]
    unheard: list[Due]  # was due then, and something else sounded or nothing
    reasons: list[str]
    told: Told | None


def of_minute(session: Session, station: Station, since: datetime, now: datetime) -> Minute:
    """The minute that begins at `since`."""
    until = since + LONG
    day = station_day.read(session, station, since, until, now)
    hours = areas.permitted_windows(session, [station.area_id], local_day(since))
    heard = station_day.sounded(day.due, since, until, now)
    told = why.latest(session, station.id, until)
    return Minute(
        since=since,
        sounded=heard,
        unheard=[one for one in day.due if one not in heard],
        reasons=[
            *reasons(day, heard, hours[station.area_id], now),
            *(() if heard else _refused(session, station, until)),
        ],
        told=told[0] if told and told[0].at > now - why.KEPT else None,
    )


def reasons(day: Day, heard: Sequence[Due], hours: Sequence[Window], now: datetime) -> list[str]:
    """Why nothing sounded, from the nearest cause to the farthest; pure.

    Something that sounded needs none. What became of each airing that was due stands with it.
    """
    if heard:
        return []
    found = []
    if day.since > now:
        found.append("Lúc này chưa đến.")
    if not day.due:
        found.append("Không có lượt phát nào được xếp cho cụm loa vào lúc này.")
    if not allows(hours, day.since, day.until, ZONE):
        words = windows.in_words(hours)
        found.append(f"Ngoài khung giờ được phát của địa bàn ({words}): chỉ tin khẩn cấp được vào.")
    return [*found, AWAY] if day.away else found


def _refused(session: Session, station: Station, until: datetime) -> Iterator[str]:
    """Whether the station does not take its newest plan, which was made by then."""
    plan = session.get(StationPlan, station.id)
    if plan is not None and plan.refused and plan.made_at < until:
        why_not = REFUSED.get(Refusal(plan.refused), plan.detail)
        yield f"Cụm loa từ chối lịch mới nhất và làm theo lịch trước: {why_not}."
