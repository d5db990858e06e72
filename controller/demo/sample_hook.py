"""Another system that the sample commune tells of its work, and that does not answer just now."""

from datetime import datetime

from sqlalchemy.orm import Session

from controller.hooks import making, spreading
from controller.hooks.kinds import Kind
from controller.hooks.telling import BulletinTold
from controller.permissions import Who

KINDS = (Kind.APPROVED, Kind.VERDICT, Kind.EMERGENCY, Kind.ALL_CLEAR)


def tell(session: Session, officer: Who, place: str, now: datetime) -> None:
    """A hook that is paused, with a message that was given up."""
    wanted = making.Wanted(
        name="Trục dữ liệu của tỉnh",
        area_id=place,
        url="https://truc.example/nhan-tin",  # a name that leads nowhere (RFC 2606)
        kinds=KINDS,
    )
    hook = making.make(session, officer, wanted, frozenset(), now=now)
    told = BulletinTold(
        bulletin_id=hook.id,
        area_id=place,
        title="Lịch tiêm chủng",
        cls=3,
        targets=[place],
        reason="",
    )
    lost = spreading.delivery(hook, Kind.APPROVED, now, told, now)
    lost.due_at, lost.tries, lost.tried_at = None, 21, now
    lost.told = "Không tìm thấy máy chủ truc.example: kiểm tra lại địa chỉ."
    session.add(lost)
    hook.failing_since = hook.paused_at = now
