"""Areas: the units of the administration that a key reaches."""

from msgspec import Struct
from sqlalchemy import select

from controller import areas
from controller.areas import local_day
from controller.errors import NotFound
from controller.model import Area as Row
from controller.model import AreaKind
from controller.permissions import Permission, scope
from web.api.call import Call
from web.api.listing import Listing, Page, after, page
from web.api.operations import get


class Area(Struct, frozen=True, kw_only=True):
    """A unit; `parent_id` is what it hangs under today, if that can be told."""

    id: str
    kind: AreaKind
    name: str
    code: str | None
    parent_id: str | None


@get("/areas", Permission.SEE_BULLETINS)
def listed(call: Call, query: Listing) -> Page[Area]:
    """The areas that the key reaches, from the oldest on."""
    reach = scope(call.session, call.who, Permission.SEE_BULLETINS, local_day(call.now))
    behind = after(query.cursor, str) or ""
    wanted = sorted(id_ for id_ in reach if id_ > behind)[: query.limit + 1]
    rows = call.session.scalars(select(Row).where(Row.id.in_(wanted)).order_by(Row.id)).all()
    lines = areas.lineages(call.session, wanted, local_day(call.now))
    return page(rows, query.limit, lambda row: _shape(row, lines), lambda row: row.id)


@get("/areas/<area_id>", Permission.SEE_BULLETINS)
def one(call: Call, area_id: str) -> Area:
    """One area."""
    today = local_day(call.now)
    if area_id not in scope(call.session, call.who, Permission.SEE_BULLETINS, today):
        raise NotFound("area", area_id)
    lines = areas.lineages(call.session, [area_id], today)
    return _shape(areas.get(call.session, area_id), lines)


def _shape(row: Row, lines: dict[str, tuple[str, ...]]) -> Area:
    line = lines[row.id]
    return Area(
        id=row.id,
        kind=AreaKind(row.kind),
        name=row.name,
        code=row.code,
        parent_id=line[1] if len(line) > 1 else None,
    )
