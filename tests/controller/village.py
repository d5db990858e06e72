"""A small sample village for tests: a province, a khu vực, two communes and their people."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from contract.ids import new_id
from contract.messages import Envelope, Signed
from contract.signing import sign
from controller import areas
from controller.drafts import Draft
from controller.model import AreaKind, AreaWindow, BulletinKind, Grant, Person, Role
from controller.model.folding import folded
from controller.permissions import Who, who
from controller.ports import Voiced
from scheduler.patterns import Daily, Once
from scheduler.rules import Rule

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09:00 in the village, a Monday
TODAY = NOW.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
DAILY = Rule(pattern=Daily(), times=(time(17, 0),))
GONE = Rule(pattern=Once(TODAY - timedelta(days=1)), times=DAILY.times)


@dataclass(frozen=True)
class Village:
    """Area ids, and people by what they do: `officer` and `approver` are of Suối Mây."""

    province: str
    zone: str
    suoi_may: str
    na_may: str
    officer: Who
    colleague: Who
    approver: Who
    stranger: Who  # officer of Nà Mây
    staff: Who  # of the khu vực
    technician: Who
    administrator: Who  # of the province
    auditor: Who

    def draft(self, **changes: object) -> Draft:
        facts: dict[str, object] = {
            "area_id": self.suoi_may,
            "title": "Lịch tiêm chủng",
            "kind": BulletinKind.TEXT,
            "text": "Sáng mai trạm y tế tiêm chủng cho trẻ dưới một tuổi.",
            "targets": (self.suoi_may,),
            "rule": DAILY,
        }
        return Draft(**{**facts, **changes})  # type: ignore[arg-type]  # a test knows its types


def settle(session: Session) -> Village:
    """Make the village; people have no passwords."""
    province = _area(session, AreaKind.PROVINCE, "Tỉnh Mây Trắng", None)
    zone = _area(session, AreaKind.ZONE, "Khu vực Thượng nguồn", province)
    suoi_may = _area(session, AreaKind.COMMUNE, "Xã Suối Mây", zone)
    na_may = _area(session, AreaKind.COMMUNE, "Xã Nà Mây", zone)
    session.add(AreaWindow(area_id=province, start="00:00", end="24:00"))
    return Village(
        province=province,
        zone=zone,
        suoi_may=suoi_may,
        na_may=na_may,
        officer=_person(session, "lan", "Lan", Role.OFFICER, suoi_may),
        colleague=_person(session, "minh", "Minh", Role.OFFICER, suoi_may),
        approver=_person(session, "hoa", "Hoà", Role.APPROVER, suoi_may),
        stranger=_person(session, "pao", "Pao", Role.OFFICER, na_may),
        staff=_person(session, "tuan", "Tuấn", Role.STAFF, zone),
        technician=_person(session, "ky", "Kỳ", Role.TECHNICIAN, province),
        administrator=_person(session, "quan", "Quân", Role.ADMINISTRATOR, province),
        auditor=_person(session, "thanh", "Thanh", Role.AUDITOR, province),
    )


def voiced(text: str = "a", **changes: object) -> Voiced:
    """What a Voice would give; the same text gives the same recording."""
    facts: dict[str, object] = {
        "sha256": f"{abs(hash(text)):064x}"[-64:],
        "size": 4_000,
        "samples": 48_000,
        "format": "ogg/opus",
        "loudness_lufs": -16.0,
        "true_peak_dbtp": -2.5,
        "reading": {"spoken": text, "unknown": [], "map": []},
    }
    return Voiced(**{**facts, **changes})  # type: ignore[arg-type]  # a test knows its types


class OneKey:
    """A Signer with a single key for every role."""

    def __init__(self) -> None:
        self.key = SigningKey.generate()

    def sign(self, payload: Signed) -> Envelope:
        return sign(payload, [self.key])


def _area(session: Session, kind: AreaKind, name: str, parent_id: str | None) -> str:
    made = datetime(2025, 7, 1, tzinfo=UTC)
    area = areas.add(session, kind=kind, name=name, parent_id=parent_id, code=None, now=made)
    session.flush()
    return area.id


def _person(session: Session, login: str, name: str, role: Role, area_id: str) -> Who:
    facts = {"login": login, "name": name, "folded": folded(name), "created_at": NOW}
    person = Person(id=new_id(NOW), active=True, **facts)
    session.add(person)
    session.flush()
    session.add(Grant(person_id=person.id, role=role, area_id=area_id))
    session.flush()
    return who(session, person.id)
