"""My work: what needs this person now, by their roles."""

from typing import Any

from flask import Blueprint, g, render_template
from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller import approval, bulletins, stations
from controller.permissions import Permission
from web.bulletin_line import lines
from web.parts import parts
from web.stations import line as station_line

A_GLANCE = 6  # lines of each list on the home page
OPEN = (
    BulletinState.DRAFT,
    BulletinState.VOICING,
    BulletinState.READY,
    BulletinState.RETURNED,
)
"""States in which a bulletin waits for its author."""

blueprint = Blueprint("my_work", __name__)


@blueprint.get("/")
def home() -> str:
    """What is waiting, the most urgent first."""
    with parts().store.reading() as session:
        waiting = {
            "to_approve": _to_approve(session),
            "to_finish": _bulletins(session, Permission.COMPOSE, OPEN),
            "sent": _bulletins(session, Permission.COMPOSE, (BulletinState.SUBMITTED,)),
            "broken": _broken(session),
        }
    may_compose = bool(g.who.areas_of(Permission.COMPOSE))
    return render_template("my_work.html", **waiting, may_compose=may_compose)


def _to_approve(session: Session) -> list[Any]:
    if not g.who.areas_of(Permission.APPROVE):
        return []
    return list(lines(session, approval.queue(session, g.who, now=parts().now())))


def _bulletins(
    session: Session, permission: Permission, states: tuple[BulletinState, ...]
) -> list[Any]:
    if not g.who.areas_of(permission):
        return []
    found = bulletins.newest(session, g.who, now=parts().now(), states=states, limit=A_GLANCE)
    return list(lines(session, found))


def _broken(session: Session) -> list[Any]:
    """For whoever mends stations only: an officer has other things to do first."""
    if not g.who.areas_of(Permission.MANAGE_STATIONS):
        return []
    now = parts().now()
    rows = (station_line(*found, now) for found in stations.listing(session, g.who, now))
    return [row for row in rows if row.trouble]
