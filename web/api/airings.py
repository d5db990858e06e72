"""Airings: what is planned, sounds now or is over; emergencies among them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from msgspec import UNSET, Struct
from sqlalchemy import exists, or_, select

from contract.states import AiringState, Class
from controller import emergency, emergency_watch, live, moving, orders
from controller.errors import Invalid
from controller.model import Airing as Row
from controller.model import Bulletin
from controller.permissions import Permission
from scheduler.problem import Problem
from web.airing_list import touched
from web.api.call import Call
from web.api.listing import Instant, Page, Span, after, page
from web.api.operations import get, post
from web.api.orders import Order, shape_of_order
from web.parts import parts


class Airing(Struct, frozen=True, kw_only=True):
    """A bulletin at a time; `reason` says why it was refused or cancelled."""

    id: str
    bulletin_id: str
    title: str
    cls: Class
    state: AiringState
    starts_at: Instant
    ends_at: Instant
    targets: list[str]
    recording: str
    reason: str


class Emergencies(Struct, frozen=True, kw_only=True):
    """All of them at once: there are few."""

    items: list[emergency_watch.OnAir]


class Moved(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The new start, within ten days. `onward` keeps the day and changes the hour from then on."""

    starts_at: Instant
    onward: bool = False


@get("/airings", Permission.SEE_BULLETINS)
def listed(call: Call, query: Span) -> Page[Airing]:
    """The airings that sound where the key reaches, by their starts.

    Those from above are among them; a page that passes over some for other places is shorter.
    """
    near = touched(call.session, call.who, call.now)
    here = exists().where(Bulletin.id == Row.bulletin_id, Bulletin.area_id.in_(near))
    found = select(Row).where(here)
    if query.since is not UNSET:
        found = found.where(Row.starts_at >= query.since)
    if query.until is not UNSET:
        found = found.where(Row.starts_at < query.until)
    if behind := after(query.cursor, tuple[datetime, str]):
        at, id_ = behind
        later = (Row.starts_at == at) & (Row.id > id_)
        found = found.where(or_(Row.starts_at > at, later))
    ordered = found.order_by(Row.starts_at, Row.id).limit(query.limit + 1)
    rows = call.session.scalars(ordered).all()
    ids = {row.bulletin_id for row in rows}
    told = select(Bulletin.id, Bulletin.title).where(Bulletin.id.in_(ids))
    titles = {id_: title for id_, title in call.session.execute(told)}  # noqa: C416 - typed rows
    whole = page(
        rows,
        query.limit,
        lambda row: _shape(row, titles[row.bulletin_id]),
        lambda row: (row.starts_at, row.id),
    )
    return Page([each for each in whole.items if not near.isdisjoint(each.targets)], whole.next)


@get("/airings/<airing_id>", Permission.SEE_BULLETINS)
def one(call: Call, airing_id: str) -> Airing:
    """One airing."""
    view = live.of_airing(call.session, call.who, airing_id, call.now)
    return _shape(view.airing, view.bulletin.title)


@post("/airings/<airing_id>/stop", Permission.STOP)
def stop(call: Call, airing_id: str) -> Airing:
    """Take it off the air, or off the plan when it has not begun."""
    orders.cancel(call.session, call.who, airing_id, signer=parts().signer, now=call.now)
    return _one(call, airing_id)


@post("/airings/<airing_id>/move", Permission.COMPOSE)
def move(call: Call, airing_id: str, body: Moved) -> Airing:
    """Put it at another time, its approval unchanged; `onward`, all that follow at its hour too."""
    put = moving.move_onward if body.onward else moving.move_once
    becomes = _whole_minute(body.starts_at)
    with _named_as_asked():
        put(call.session, call.who, airing_id, becomes, signer=parts().signer, now=call.now)
    return _one(call, airing_id)


@post("/airings/<airing_id>/move-back", Permission.COMPOSE)
def move_back(call: Call, airing_id: str) -> Airing:
    """Take its last move back."""
    with _named_as_asked():
        moving.undo(call.session, call.who, airing_id, signer=parts().signer, now=call.now)
    return _one(call, airing_id)


@get("/emergencies", Permission.SEE_BULLETINS)
def emergencies(call: Call) -> Emergencies:
    """What warns now in the areas that the key reaches."""
    found = emergency_watch.on_air(call.session, call.who, call.now)
    return Emergencies(items=found)


@post("/emergencies/<airing_id>/all-clear", Permission.STOP)
def all_clear(call: Call, airing_id: str) -> Order:
    """End it on every station, also on one that hears of it late."""
    order = emergency.all_clear(
        call.session, call.who, airing_id, signer=parts().signer, now=call.now
    )
    return shape_of_order(order)


def _one(call: Call, airing_id: str) -> Airing:
    row = call.session.get_one(Row, airing_id)
    return _shape(row, call.session.get_one(Bulletin, row.bulletin_id).title)


def _whole_minute(at: datetime) -> datetime:
    """As people choose it. Raises Invalid."""
    if at.second or at.microsecond:
        raise Invalid([Problem("starts_at", "Chọn giờ đúng phút, không có giây.")])
    return at


@contextmanager
def _named_as_asked() -> Iterator[None]:
    """What is wrong with the time stands at the field that a program knows."""
    try:
        yield
    except Invalid as error:
        raise Invalid([Problem("starts_at", each.message) for each in error.problems]) from error


def _shape(row: Row, title: str) -> Airing:
    return Airing(
        id=row.id,
        bulletin_id=row.bulletin_id,
        title=title,
        cls=Class(row.cls),
        state=AiringState(row.state),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        targets=list(row.targets),
        recording=row.recording_sha256,
        reason=row.reason,
    )
