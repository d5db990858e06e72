"""What tests of hooks start from: hooks of people, what they were told, a system that answers."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from controller.hooks import making, spreading
from controller.hooks.kinds import Kind
from controller.hooks.ports import Answer
from controller.model import Hook, HookDelivery
from controller.permissions import Who
from tests.controller.village import NOW

URL = "https://nhan.tinh.gov.vn/hook"


def hook(
    session: Session, who: Who, area: str, *kinds: Kind, now: datetime = NOW, name: str = "Tỉnh"
) -> Hook:
    """A hook for these kinds, or for all that the person may have."""
    chosen = kinds or tuple(making.offered(who))
    wanted = making.Wanted(name=name, area_id=area, url=URL, kinds=chosen)
    return making.make(session, who, wanted, frozenset(), now=now)


def told(session: Session, of: Hook) -> list[dict[str, Any]]:
    """The messages made for a hook, the oldest first."""
    query = select(HookDelivery.body).where(HookDelivery.hook_id == of.id)
    return [json.loads(body) for body in session.scalars(query.order_by(HookDelivery.id))]


def kinds(session: Session, of: Hook, now: datetime = NOW) -> list[str]:
    """Of all that happened until now."""
    while spreading.spread(session, now):
        pass
    session.flush()
    return sorted(each["type"] for each in told(session, of))


class System:
    """Answers as it is told, and keeps what it got."""

    def __init__(self) -> None:
        self.code: int | None = 200
        self.refused = b"nothing that anybody sends"
        self.got: list[tuple[str, Mapping[str, str], bytes]] = []

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.got.append((url, headers, body))
        if self.refused in body:
            return Answer(code=422, told="sai", took_ms=7)
        return Answer(code=self.code, told="xong" if self.code else "không trả lời", took_ms=7)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by
