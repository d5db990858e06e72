"""How many refused messages are written down: a flood must fill neither disk nor line."""

from datetime import timedelta

from msgspec.structs import replace

from contract.reports import Trouble
from station_agent.draft import Draft
from station_agent.state import Refusals

SPAN = timedelta(hours=1)
LIMIT = 60  # an hour: one a minute shows an attack or a fault; 10,000 show no more


def may_write(draft: Draft) -> bool:
    """Whether one more refusal is journalled and answered; the first too many says so once."""
    now = draft.at.now
    spent = draft.state.refusals
    if spent is None or not spent.since <= now < spent.since + SPAN:
        spent = Refusals(now)
    draft.change(refusals=replace(spent, count=spent.count + 1))
    if spent.count == LIMIT:
        detail = f"Hơn {LIMIT} bản tin bị từ chối trong một giờ; các bản tin sau không được ghi"
        draft.write(Trouble(code="refusals", detail=detail))
    return spent.count < LIMIT
