"""Stations that somebody must look at: what is wrong with each, and what to do, gravest first."""

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, g, render_template, request
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from controller import station_list
from controller.alarms import SILENT as SILENT_ALARM
from controller.areas import local_day
from controller.model import Alarm, StationState
from controller.permissions import Permission, scope
from controller.station_ills import RULES
from web import happenings
from web.parts import parts
from web.shared import shared
from web.stations import line
from web.words import NEVER_SEEN, ONLINE, Word

A_SCREENFUL, MOST = 60, 1_000
LAST = 1_000
"""Behind everything whose gravity is known."""

blueprint = Blueprint("station_ills", __name__, url_prefix="/tram-loa")


class Ill(Struct, frozen=True, kw_only=True):
    """A sentence each; `since` None: not known."""

    says: str
    do: str
    since: datetime | None = None
    times: int = 1
    alarm: int | None = None  # of a happening, which a person puts aside


class Case(Struct, frozen=True, kw_only=True):
    """A station with what is wrong, the gravest first."""

    id: str
    name: str
    area: str
    word: Word
    ills: tuple[Ill, ...]
    manages: bool


SILENT = Ill(
    says="Mất kết nối",
    do="Hỏi người ở gần xem loa còn điện không; rồi xem SIM, dây mạng, nguồn của hộp.",
)
UNCLAIMED = Ill(
    says="Chưa từng kết nối",
    do="Nhận hộp bằng mã ở trang Hộp, rồi bật hộp tại chỗ.",
)
TROUBLES: Mapping[str, Ill] = {
    "disk": Ill(
        says="Không ghi được vào thẻ nhớ: chỉ phát tin khẩn cấp",
        do="Thay thẻ nhớ; chạy tt-station check tại hộp.",
    ),
    "rig": Ill(
        says="Âm ly hoặc máy phát không bật được",
        do="Xem cầu chì, rơ-le, dây RS-485; sửa xong thì bấm Thử loa.",
    ),
    "clock": Ill(
        says="Đồng hồ chưa đáng tin: chỉ phát tin khẩn cấp",
        do="Xem mạng và pin đồng hồ của hộp.",
    ),
}
"""By the codes of contract.reports.State.troubles."""


@blueprint.get("/can-xem")
def index() -> str:
    """Of the person's places, only what is broken."""
    now = parts().now()
    wanted = min(max(request.args.get("so", A_SCREENFUL, type=int), 1), MOST)
    with parts().store.reading() as session:
        found, whole = cases(session, now, wanted), len(watched_here(session, now))
    more = wanted + A_SCREENFUL if whole > wanted and wanted < MOST else None
    return render_template("stations/ills.html", cases=found, whole=whole, more=more)


def cases(session: Session, now: datetime, most: int) -> list[Case]:
    """Those in trouble, the gravest first: who sounds unbidden, who is silent, then the others.

    Only what is shown is read: at a power cut thousands are silent.
    """
    alarms = _alarms(session)
    mine = watched_here(session, now)
    stray = {one.id for one in mine if any(map(happenings.speaks_unbidden, alarms.get(one.id, ())))}
    mute = [one.id for one in mine if one.silent and one.id not in stray]
    others = [one.id for one in mine if not one.silent and one.id not in stray]
    wanted = [*(one.id for one in mine if one.id in stray), *mute][:most]
    if len(wanted) < most:
        wanted += others[:MOST]
    managed = scope(session, g.who, Permission.MANAGE_STATIONS, local_day(now))
    found: list[tuple[int, Case]] = []
    for station, state, area in station_list.these(session, wanted):
        word = line(station, state, area, now).word
        ranked = _ranked(word, state, alarms.get(station.id, {}))
        if not ranked:
            continue  # well again since they were counted
        case = Case(
            id=station.id,
            name=station.name,
            area=area.name,
            word=word,
            ills=tuple(ill for _, ill in ranked),
            manages=area.id in managed,
        )
        found.append((ranked[0][0], case))
    found.sort(key=lambda one: one[0])  # and by place and name, as they came
    return [case for _, case in found[:most]]


def watched_here(session: Session, now: datetime) -> list[station_list.Watched]:
    """Of the person's places, those that somebody should look at."""
    inside = station_list.within(session, g.who, "", now)
    return [one for one in shared(station_list.watched) if one.area_id in inside]


def of_station(session: Session, station: str, state: StationState, word: Word) -> list[Ill]:
    """What is wrong with one station."""
    alarms = _alarms(session, Alarm.station_id == station)
    return [ill for _, ill in _ranked(word, state, alarms.get(station, {}))]


def _ranked(word: Word, state: StationState, alarms: Mapping[str, Alarm]) -> list[tuple[int, Ill]]:
    """With their gravity, the lowest is the gravest; what a silent one said may hold."""
    found: list[tuple[int, Ill]] = []
    if word is NEVER_SEEN:
        found.append((0, UNCLAIMED))
    elif word is not ONLINE:
        found.append((0, replace(SILENT, since=state.seen_at)))
    if word is not NEVER_SEEN:
        found += [(n, TROUBLES[code]) for n, code in enumerate(TROUBLES, 1) if code in _told(state)]
        found += [(LAST, _strange(code)) for code in _told(state) if code not in TROUBLES]
    for n, (code, rule) in enumerate(RULES.items(), 1 + len(TROUBLES)):
        if code in alarms:
            alarm = alarms[code]
            found.append((n, Ill(says=alarm.detail, do=rule.do, since=alarm.first_at)))
    after = 1 + len(TROUBLES) + len(RULES)
    for code, alarm in alarms.items():
        if code not in RULES:
            worst = happenings.speaks_unbidden(code)
            found.append((-1 if worst else after + happenings.rank(code), _happening(alarm)))
    return sorted(found, key=lambda one: one[0])


def _happening(alarm: Alarm) -> Ill:
    return Ill(
        says=alarm.detail,
        do=happenings.to_do(alarm.code),
        since=alarm.last_at,
        times=alarm.count,
        alarm=alarm.id,
    )


def _strange(code: str) -> Ill:
    """What a newer agent tells and this server does not know yet."""
    told = f"Cụm loa báo sự cố “{code}” mà máy chủ chưa biết"
    return Ill(says=told, do="Lấy chẩn đoán; cập nhật máy chủ.")


def _told(state: StationState) -> list[str]:
    return state.troubles or []


def _alarms(session: Session, *only: ColumnElement[bool]) -> dict[str, dict[str, Alarm]]:
    """By station and code; those of all stations cost less than a list of a province's names."""
    query = select(Alarm).where(
        Alarm.code != SILENT_ALARM,
        Alarm.station_id.is_not(None),
        Alarm.cleared_at.is_(None),
        *only,
    )
    found: dict[str, dict[str, Alarm]] = {}
    for alarm in session.scalars(query):
        found.setdefault(str(alarm.station_id), {})[alarm.code] = alarm
    return found
