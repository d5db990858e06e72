"""Pages: long lists in parts; `next` of one part asks for the following one."""

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from web.api.problems import Malformed

T = TypeVar("T")
Row = TypeVar("Row")

A_PAGE, MOST = 50, 200

Limit = Annotated[int, Meta(ge=1, le=MOST, description="how many at most")]
Cursor = Annotated[str, Meta(max_length=200, description="`next` of the page before")]
Instant = Annotated[datetime, Meta(tz=True)]


class Listing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which part of a list."""

    limit: Limit = A_PAGE
    cursor: Cursor = ""


class Span(Listing, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which part of a list of times: not before `since`, before `until`."""

    since: Instant | UnsetType = UNSET
    until: Instant | UnsetType = UNSET


class Page(Struct, Generic[T], frozen=True):
    """A part of a list; without `next` it is the last one."""

    items: list[T]
    next: str | None


def page(
    rows: Sequence[Row], limit: int, shape: Callable[[Row], T], key: Callable[[Row], object]
) -> Page[T]:
    """The page of rows of which one more than `limit` was asked for; `key` sorts them."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Page([shape(row) for row in shown], _packed(key(shown[-1])) if more else None)


def after(cursor: str, kind: type[T]) -> T | None:
    """The key behind which the page begins; None: at the beginning. Raises Malformed."""
    if not cursor:
        return None
    try:
        packed = base64.b64decode(cursor.encode(), b"-_", validate=True)
        return msgspec.json.decode(packed, type=kind)
    except (ValueError, msgspec.MsgspecError) as error:
        raise Malformed("cursor") from error


def _packed(key: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode()
