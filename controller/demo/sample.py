"""The sample province: a khu vực, two communes, stations and people in every role.

It stands beside the real tree of areas; its places and people exist nowhere.
"""

from dataclasses import dataclass

from controller.model import AreaKind, Role

PROVINCE, ZONE, SUOI_MAY, NA_MAY = "may-trang", "may-cao", "suoi-may", "na-may"


@dataclass(frozen=True, slots=True)
class SampleArea:
    """A place; `key` is how this page names it."""

    key: str
    kind: AreaKind
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody with one role over one place."""

    login: str
    name: str
    role: Role
    area: str


@dataclass(frozen=True, slots=True)
class SampleStation:
    """A loudspeaker cluster of a commune."""

    id: str
    name: str
    area: str


AREAS = (
    SampleArea(PROVINCE, AreaKind.PROVINCE, "Tỉnh Mây Trắng (mẫu)", None),
    SampleArea(ZONE, AreaKind.ZONE, "Khu vực Mây Cao", PROVINCE),
    SampleArea(SUOI_MAY, AreaKind.COMMUNE, "Xã Suối Mây", ZONE),
    SampleArea(NA_MAY, AreaKind.COMMUNE, "Xã Nà Mây", ZONE),
)

PEOPLE = (
    SamplePerson("canbo.suoimay", "Cán bộ truyền thanh Suối Mây", Role.OFFICER, SUOI_MAY),
    SamplePerson("lanhdao.suoimay", "Lãnh đạo xã Suối Mây", Role.APPROVER, SUOI_MAY),
    SamplePerson("canbo.namay", "Cán bộ truyền thanh Nà Mây", Role.OFFICER, NA_MAY),
    SamplePerson("lanhdao.namay", "Lãnh đạo xã Nà Mây", Role.APPROVER, NA_MAY),
    SamplePerson("khuvuc", "Cán bộ khu vực Mây Cao", Role.STAFF, ZONE),
    SamplePerson("kythuat", "Kỹ thuật viên khu vực", Role.TECHNICIAN, ZONE),
    SamplePerson("quantri", "Quản trị hệ thống", Role.ADMINISTRATOR, PROVINCE),
)


def stations(in_suoi_may: int, in_na_may: int) -> tuple[SampleStation, ...]:
    """So many loudspeaker clusters in each commune."""
    return (
        *(
            SampleStation(f"suoi-may-{n}", f"Cụm loa Suối Mây {n}", SUOI_MAY)
            for n in range(1, in_suoi_may + 1)
        ),
        *(
            SampleStation(f"na-may-{n}", f"Cụm loa Nà Mây {n}", NA_MAY)
            for n in range(1, in_na_may + 1)
        ),
    )
