"""Menu: the sections that a person has something to do in, with what waits for them there."""

from collections.abc import Iterator

from flask import g
from msgspec import Struct

from controller import approval
from controller.acting import DECIDING
from controller.permissions import Permission
from web.parts import parts


class Entry(Struct, frozen=True):
    """A line of the menu; `count` is what waits for this person.

    An `aside` one stands, on a phone, under the person's name: the bar there holds five.
    """

    endpoint: str
    text: str
    icon: str
    count: int = 0
    aside: bool = False


def menu() -> list[Entry]:
    """What this person's roles give."""
    return list(_entries())


def _entries() -> Iterator[Entry]:
    yield Entry("my_work.home", "Việc của tôi", "home")
    if _may(Permission.SEE_BULLETINS):
        yield Entry("bulletins.index", "Bản tin", "list")
    if _may(Permission.APPROVE):
        with parts().store.reading() as session:
            waiting = len(approval.queue(session, g.who, now=parts().now()))
        yield Entry("approvals.queue", "Duyệt", "approve", waiting)
        if any(role in DECIDING for role, _ in g.who.grants):
            yield Entry("absences.own", "Vắng mặt", "out", aside=True)
    if _may(Permission.SEE_STATIONS):
        yield Entry("on_air.index", "Đang phát", "on-air")
        yield Entry("stations.index", "Trạm loa", "horn")
        yield Entry("schedule.index", "Lịch phát", "clock", aside=True)
        yield Entry("report.index", "Báo cáo", "half", aside=True)
    if _may(Permission.MANAGE_STATIONS):
        yield Entry("updates.index", "Cập nhật", "down", aside=True)
    if _may(Permission.TEACH_READINGS):
        yield Entry("lexicon.index", "Cách đọc", "speech", aside=True)
    if _may(Permission.COMPOSE) or _may(Permission.MANAGE_SOURCES):
        yield Entry("sources.index", "Nguồn tiếp sóng", "on-air", aside=True)
    if _may(Permission.COMPOSE):
        yield Entry("notice_templates.index", "Kho mẫu", "list", aside=True)
        yield Entry("inbox.index", "Hộp tin cấp trên", "down", aside=True)
        yield Entry("priorities.index", "Tin ưu tiên trùng giờ", "warning", aside=True)
    if _may(Permission.MANAGE_AREAS):
        yield Entry("inbox.choosing_places", "Nơi tự chọn tin", "check", aside=True)
    if _may(Permission.MANAGE_PEOPLE):
        yield Entry("people.index", "Người dùng", "people")
    if _may(Permission.MANAGE_AREAS):
        yield Entry("units.index", "Đơn vị", "home", aside=True)
    if _may(Permission.SEE_AUDIT):
        yield Entry("audit.index", "Nhật ký", "list", aside=True)


def _may(permission: Permission) -> bool:
    return bool(g.who.areas_of(permission))
