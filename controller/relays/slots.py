"""Slots: the part of a bulletin that says which programme it takes over, and for how long."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from contract.states import Class
from controller.drafts import Draft
from controller.relays import sources
from scheduler.pieces import SHORTEST
from scheduler.problem import Problem

SHORTEST_S = round(SHORTEST.total_seconds())
LONGEST_S = 4 * 3_600
"""Half a day of a province's hours; a longer relay is two."""


def address(session: Session, draft: Draft, now: datetime) -> str:
    """Where the stream of a tidied draft comes from; "" when it takes none over.

    Kept with the bulletin, so that what is approved is this address and no other.
    """
    if not draft.relay_source:
        return ""
    row = sources.usable(session, draft.relay_source, draft.area_id, now=now)
    return row.address if row else ""


def problems(session: Session, draft: Draft, now: datetime) -> Iterator[Problem]:
    """What keeps a draft from taking its source over."""
    if not draft.relay_source:
        return
    if sources.usable(session, draft.relay_source, draft.area_id, now=now) is None:
        yield Problem("source", "Nguồn tiếp sóng này không còn dùng ở đây: chọn nguồn khác.")
    if not SHORTEST_S <= draft.relay_s <= LONGEST_S:
        yield Problem("minutes", f"Nhập số phút tiếp sóng, từ 1 đến {LONGEST_S // 60}.")
    if draft.cls is Class.EMERGENCY:
        yield Problem("cls", "Tiếp sóng không thể là bản tin khẩn cấp.")
