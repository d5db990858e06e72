"""My work: what needs this person now, by their roles."""

from flask import Blueprint, g, render_template
from sqlalchemy.orm import Session

from contract.states import BulletinState
from controller import (
    approval,
    beginnings,
    bulletins,
    inbox,
    looked_at,
    reuse,
    second_factor,
)
from controller.hooks import making
from controller.permissions import Permission
from web import happenings, station_ills, waits
from web.bulletin_line import Line, lines
from web.parts import parts

A_GLANCE = 6  # lines of each list on the home page
A_FEW = 3
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
        to_approve = _to_approve(session)
        to_finish, sent = _mine(session, OPEN), _mine(session, (BulletinState.SUBMITTED,))
        paused = making.paused(session, g.who.person_id)
        factor_due = second_factor.due(session, g.who)
        from_above = inbox.waiting(session, g.who, parts().now())
        broken, to_reuse = _broken(session), _to_reuse(session)
        server = looked_at.of_server(session, g.who)
        beginning = beginnings.of(session, g.who, parts().now())
        waiting_for = waits.by_id(session, [row.id for row in (*to_approve, *sent)])
    return render_template(
        "my_work.html",
        to_approve=waits.soonest_first(to_approve, waiting_for),
        waits=waiting_for,
        to_finish=to_finish,
        sent=waits.soonest_first([row for row in sent if row not in to_approve], waiting_for),
        broken=broken,
        server=[(alarm, happenings.SERVER.get(alarm.code, "")) for alarm in server],
        clears_itself=looked_at.SERVER_CLEARS_ITSELF,
        factor_due=factor_due,
        paused_hooks=paused,
        waiting=from_above,
        to_reuse=to_reuse,
        beginnings=beginning,
        may_compose=bool(g.who.areas_of(Permission.COMPOSE)),
    )


def _to_approve(session: Session) -> list[Line]:
    if not g.who.areas_of(Permission.APPROVE):
        return []
    return lines(session, approval.queue(session, g.who, now=parts().now()))


def _mine(session: Session, states: tuple[BulletinState, ...]) -> list[Line]:
    """What whoever writes may go on with; others look into the list of bulletins."""
    if not g.who.areas_of(Permission.COMPOSE):
        return []
    found = bulletins.newest(session, g.who, now=parts().now(), states=states, limit=A_GLANCE)
    return lines(session, found)


def _to_reuse(session: Session) -> list[Line]:
    """The last notices that were broadcast: much of a commune's work says them again."""
    if not g.who.areas_of(Permission.COMPOSE):
        return []
    return lines(session, reuse.to_reuse(session, g.who, now=parts().now(), limit=A_FEW))


def _broken(session: Session) -> list[station_ills.Case]:
    """For whoever mends stations only: an officer has other things to do first."""
    if not g.who.areas_of(Permission.MANAGE_STATIONS):
        return []
    return station_ills.cases(session, parts().now(), A_GLANCE)
