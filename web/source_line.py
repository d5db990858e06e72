"""Source line: a source of relays as one row of a list, and as its page tells it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy.orm import Session

from controller import people
from controller.model import RelaySource, SourceKind
from controller.relays.addresses import split
from web import places
from web.words import AT_STATION, INPUTS, SOURCE, Word


def comes_from(address: str) -> str:
    """The whole of where a source comes from, for who decides about it."""
    stream, hosts = split(address)
    further = f" và các máy chủ mà luồng dẫn tới: {', '.join(hosts)}" if hosts else ""
    return INPUTS.get(address, f"{stream}{further}")


class Line(Struct, frozen=True, kw_only=True):
    """What is shown of a source."""

    id: str
    name: str
    owner: str
    address: str
    is_input: bool  # of the station itself: the server cannot try it
    area: str
    word: Word
    told: str
    checked_at: datetime | None
    changed_by: str
    changed_at: datetime
    withdrawn: bool


def lines(session: Session, rows: Sequence[RelaySource]) -> list[Line]:
    """The sources in the order given; names are read at once."""
    names = people.names(session, {row.changed_by for row in rows})
    where = places.names(session, [row.area_id for row in rows])
    return [_line(row, names, area) for row, area in zip(rows, where, strict=True)]


def _line(row: RelaySource, names: dict[str, str], area: str) -> Line:
    return Line(
        id=row.id,
        name=row.name,
        owner=row.owner,
        address=comes_from(row.address),
        is_input=row.kind == SourceKind.INPUT,
        area=area,
        word=AT_STATION if row.kind == SourceKind.INPUT else SOURCE[row.works],
        told=row.told,
        checked_at=row.checked_at,
        changed_by=names[row.changed_by],
        changed_at=row.changed_at,
        withdrawn=row.withdrawn_at is not None,
    )
