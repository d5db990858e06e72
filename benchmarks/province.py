"""A province of the bar's size in a database: 130 communes, 10,000 stations, a million verdicts."""

import random
from datetime import datetime, time, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from nacl.signing import SigningKey
from sqlalchemy import insert
from sqlalchemy.orm import Session

from contract import codec
from contract.messages import Release
from contract.signing import sign
from contract.states import AiringState, BulletinState, Class, Verdict
from controller import areas
from controller.model import (
    Airing,
    Approval,
    AreaKind,
    AreaWindow,
    Bulletin,
    BulletinKind,
    Decision,
    Grant,
    Person,
    Recording,
    Role,
    Row,
    Station,
    StationState,
    StationVerdict,
    Tally,
)
from controller.model.folding import folded, searchable
from controller.store import Store
from scheduler.calendar import ZONE
from scheduler.patterns import Daily
from scheduler.rules import Rule

SECOND = 48_000
LENGTH_S = 120
BATCH = 20_000
_KEY = SigningKey(bytes(32))
OLD = timedelta(days=400)  # as long as its places and stations are there
SLOTS = (time(5, 0), time(17, 0))


class Size(Struct, frozen=True):
    """How much of everything."""

    communes: int = 130
    stations: int = 10_000
    verdicts: int = 1_000_000


class Made(Struct, frozen=True):
    """The people of it, by what they are, and things that pages name."""

    people: dict[str, str]
    province: str
    commune: str
    station: str
    airing: str
    bulletin: str


def make(store: Store, size: Size, now: datetime) -> Made:
    """Fill an empty, migrated database; the same every time but for the ids."""
    rng = random.Random(30)
    with store.writing() as session:
        province, communes = _places(session, size, now)
        people = _people(session, province, communes[0], now)
        stations = _stations(session, size, communes, now, rng)
        airings, bulletins = _airings(session, size, communes, people, now)
        _verdicts(session, size, stations, airings, rng)
    first = communes[0]
    return Made(
        people=people,
        province=province,
        commune=first,
        station=stations[first][0],
        airing=airings[-1]["id"],
        bulletin=bulletins[0],
    )


def _places(session: Session, size: Size, now: datetime) -> tuple[str, list[str]]:
    begun = now - OLD

    def add(kind: AreaKind, name: str, parent: str | None) -> str:
        return areas.add(session, kind=kind, name=name, parent_id=parent, code=None, now=begun).id

    province = add(AreaKind.PROVINCE, "Tỉnh Thử Tải", None)
    session.flush()
    communes = [add(AreaKind.COMMUNE, f"Xã Thử {n}", province) for n in range(size.communes)]
    for start, end in (("04:30", "07:00"), ("16:30", "19:00")):
        session.add(AreaWindow(area_id=province, start=start, end=end))
    session.flush()
    return province, communes


def _people(session: Session, province: str, commune: str, now: datetime) -> dict[str, str]:
    wanted = {
        "officer": (Role.OFFICER, commune),
        "approver": (Role.APPROVER, commune),
        "staff": (Role.STAFF, province),
        "technician": (Role.TECHNICIAN, province),
        "administrator": (Role.ADMINISTRATOR, province),
        "auditor": (Role.AUDITOR, province),
    }
    for id_, (role, area) in wanted.items():
        session.add(
            Person(
                id=id_,
                login=id_,
                name=f"Người {id_}",
                folded=folded(id_),
                created_at=now,
            )
        )
        session.flush()
        session.add(Grant(person_id=id_, role=role, area_id=area))
    session.flush()
    return {name: name for name in wanted}


def _stations(
    session: Session, size: Size, communes: list[str], now: datetime, rng: random.Random
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {commune: [] for commune in communes}
    rows: list[dict[str, Any]] = []
    states: list[dict[str, Any]] = []
    for n in range(size.stations):
        commune = communes[n % len(communes)]
        id_ = f"tram-{n}"
        found[commune].append(id_)
        rows.append(
            {
                "id": id_,
                "area_id": commune,
                "name": f"Cụm loa {n}",
                "secret_hash": "x",
                "active": True,
                "created_at": now - OLD,
                "boxed_at": None,
                "folded": searchable(f"Cụm loa {n}", id_),
            }
        )
        online = rng.random() > 0.03
        states.append(
            {"station_id": id_, "online": online, "seen_at": now if online else now - timedelta(1)}
        )
    _insert(session, Station, rows)
    _insert(session, StationState, states)
    return found


def _airings(
    session: Session, size: Size, communes: list[str], people: dict[str, str], now: datetime
) -> tuple[list[dict[str, Any]], list[str]]:
    """Two a day in each commune, back from tomorrow until there are verdicts enough."""
    session.add(
        Recording(
            sha256="0" * 64,
            size=1,
            samples=LENGTH_S * SECOND,
            format="ogg/opus",
            loudness_lufs=-16.0,
            true_peak_dbtp=-2.0,
            made_at=now,
        )
    )
    session.flush()
    each = size.stations // size.communes
    days = -(-size.verdicts // (size.communes * len(SLOTS) * each))
    bulletins: list[dict[str, Any]] = []
    approvals: list[dict[str, Any]] = []
    airings: list[dict[str, Any]] = []
    for n, commune in enumerate(communes):
        for back in range(days // 2):
            id_ = f"tin-{n}-{back}"
            bulletins.append(_bulletin(id_, commune, people["officer"], now - timedelta(days=back)))
            approvals.append(
                {
                    "id": f"duyet-{id_}",
                    "bulletin_id": id_,
                    "content_hash": "0" * 64,
                    "decision": Decision.APPROVED,
                    "person_id": people["approver"],
                    "at": now - timedelta(days=back),
                    "reason": "",
                    **_released(id_, commune, now),
                }
            )
    today = now.astimezone(ZONE).date()
    for back in range(days - 1, -2, -1):
        for n, commune in enumerate(communes):
            for slot in SLOTS:
                bulletin = f"tin-{n}-{max(back, 0) % (days // 2)}"
                start = datetime.combine(today - timedelta(days=back), slot, ZONE)
                airings.append(_airing(len(airings), bulletin, commune, start, now))
    for kind, rows in ((Bulletin, bulletins), (Approval, approvals), (Airing, airings)):
        _insert(session, kind, rows)
    return airings, [one["id"] for one in bulletins]


def _released(bulletin: str, commune: str, now: datetime) -> dict[str, Any]:
    """As approval signs it."""
    release = Release(
        id=f"phep-{bulletin}",
        aud=(commune,),
        seq=1,
        iat=now,
        nbf=now - OLD,
        exp=now + OLD,
        bulletin=bulletin,
        recording="0" * 64,
        cls=Class.NORMAL,
    )
    return {"release_id": release.id, "release": codec.encode(sign(release, [_KEY]))}


def _bulletin(id_: str, commune: str, author: str, at: datetime) -> dict[str, Any]:
    title = f"Thông báo {id_} về vệ sinh đường làng"
    text = f"{title}. " + "Mời bà con dự họp tại nhà văn hóa thôn và mang theo giấy tờ. " * 20
    return {
        "id": id_,
        "area_id": commune,
        "author_id": author,
        "edited_by": author,
        "title": title,
        "kind": BulletinKind.TEXT,
        "text": text,
        "cls": int(Class.NORMAL),
        "field": 1,
        "targets": [commune],
        "rule": msgspec.to_builtins(Rule(pattern=Daily(), times=SLOTS)),
        "state": BulletinState.APPROVED,
        "recording_sha256": "0" * 64,
        "warnings": [],
        "craft": {},
        "created_at": at,
        "updated_at": at,
        "version": 1,
        "folded": searchable(title, text),
    }


def _airing(n: int, bulletin: str, commune: str, start: datetime, now: datetime) -> dict[str, Any]:
    over = start + timedelta(seconds=LENGTH_S) < now
    return {
        "id": f"luot-{n}",
        "bulletin_id": bulletin,
        "approval_id": f"duyet-{bulletin}",
        "recording_sha256": "0" * 64,
        "cls": int(Class.NORMAL),
        "rank": 0,
        "starts_at": start,
        "ends_at": start + timedelta(seconds=LENGTH_S),
        "targets": [commune],
        "state": AiringState.CLOSED if over else AiringState.PLANNED,
        "reason": "",
    }


def _verdicts(
    session: Session,
    size: Size,
    stations: dict[str, list[str]],
    airings: list[dict[str, Any]],
    rng: random.Random,
) -> None:
    """97 of 100 aired whole, the rest missed; a tally says the same."""
    rows: list[dict[str, Any]] = []
    tallies: list[dict[str, Any]] = []
    made = 0
    for airing in airings:
        if airing["state"] != AiringState.CLOSED or made >= size.verdicts:
            continue
        (commune,) = airing["targets"]
        verdicts = [
            Verdict.AIRED if rng.random() < 0.97 else Verdict.MISSED for _ in stations[commune]
        ]
        rows += map(_verdict, stations[commune], verdicts, [airing] * len(verdicts))
        made += len(verdicts)
        for verdict in set(verdicts):
            count = verdicts.count(verdict)
            tallies.append(_tally(airing["id"], commune, verdict, count))
        if len(rows) >= BATCH:
            _insert(session, StationVerdict, rows)
            rows = []
    _insert(session, StationVerdict, rows)
    _insert(session, Tally, tallies)


def _verdict(station: str, verdict: Verdict, airing: dict[str, Any]) -> dict[str, Any]:
    aired = verdict is Verdict.AIRED
    return {
        "airing_id": airing["id"],
        "station_id": station,
        "verdict": verdict,
        "cause": "finished" if aired else "power",
        "planned_at": airing["starts_at"],
        "started_at": airing["starts_at"] if aired else None,
        "ended_at": airing["ends_at"] if aired else None,
        "played_samples": LENGTH_S * SECOND if aired else 0,
        "total_samples": LENGTH_S * SECOND,
        "underruns": 0,
        "detail": "",
    }


def _tally(airing: str, area: str, verdict: Verdict, count: int) -> dict[str, Any]:
    aired = verdict is Verdict.AIRED
    return {
        "airing_id": airing,
        "area_id": area,
        "verdict": verdict,
        "cause": "finished" if aired else "power",
        "stations": count,
        "late": 0,
        "asked_ms": count * LENGTH_S * 1000,
        "played_samples": count * LENGTH_S * SECOND if aired else 0,
    }


def _insert(session: Session, kind: type[Row], rows: list[dict[str, Any]]) -> None:
    for n in range(0, len(rows), BATCH):
        session.execute(insert(kind), rows[n : n + BATCH])
