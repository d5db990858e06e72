"""Priority bulletins that collide: the commune says which is heard first, and the plan follows."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from contract.states import AiringState, Class
from controller import collisions, planning
from controller.errors import NotFound, WrongState
from controller.model import Approval, AuditLine, Bulletin
from controller.store import Store
from tests.controller.air import AT_FIVE, FIVE, airings, approve, fleet, register
from tests.controller.village import NOW, OneKey, Village, settle


def three(session: Session, v: Village) -> list[str]:
    """Titles of three that want five o'clock everywhere in the khu vực."""
    titles = ["Một", "Hai", "Ba"]
    for number, title in enumerate(titles):
        made = approve(session, v, OneKey(), cls=Class.PRIORITY, rule=AT_FIVE, title=title)
        made.area_id, made.targets = v.zone, [v.zone]
        decided = session.scalars(select(Approval).filter_by(bulletin_id=made.id)).one()
        decided.at = NOW + timedelta(seconds=number)
    session.flush()
    return titles


def heard(session: Session, area: str) -> list[tuple[str, float]]:
    """What an area hears of the plan: titles, with the seconds after five."""
    planning.reconcile(session, fleet(session), NOW)
    here = fleet(session).under([area])
    rows = [
        row
        for row in airings(session, AiringState.PLANNED)
        if fleet(session).under(row.targets) & here
    ]
    titles = [session.get_one(Bulletin, row.bulletin_id).title for row in rows]
    after = [(row.starts_at - FIVE).total_seconds() for row in rows]
    return list(zip(titles, after, strict=True))


def test_what_is_ordered_is_heard_in_that_order_there_and_only_there(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        register(session, v.na_may)
        three(session, v)
        before = [("Một", 0), ("Hai", 1), ("Ba", 2)]
        assert heard(session, v.suoi_may) == heard(session, v.na_may) == before
        (found,) = collisions.of(session, v.officer, v.suoi_may, NOW)
        assert [one.title for one in found] == ["Một", "Hai", "Ba"]
        chosen = [found[2].approval_id, found[0].approval_id, found[1].approval_id]
        collisions.order(session, v.officer, v.suoi_may, chosen, now=NOW)
        assert heard(session, v.suoi_may) == [("Ba", 0), ("Một", 1), ("Hai", 2)]
        assert heard(session, v.na_may) == before
        (found,) = collisions.of(session, v.officer, v.suoi_may, NOW)
        assert [one.title for one in found] == ["Ba", "Một", "Hai"]
        line = session.scalars(select(AuditLine).order_by(AuditLine.n.desc())).first()
    assert line is not None
    assert (line.action, line.after) == ("area.priority_order", {"order": ["Ba", "Một", "Hai"]})


def test_an_order_of_the_khu_vuc_holds_where_the_commune_said_nothing(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        register(session, v.na_may)
        three(session, v)
        (found,) = collisions.of(session, v.officer, v.suoi_may, NOW)
        one, two, three_ = (each.approval_id for each in found)
        collisions.order(session, v.officer, v.suoi_may, [two, one, three_], now=NOW)
        collisions.order(session, v.staff, v.zone, [three_, two, one], now=NOW)
        assert [title for title, _ in heard(session, v.na_may)] == ["Ba", "Hai", "Một"]
        assert [title for title, _ in heard(session, v.suoi_may)] == ["Hai", "Một", "Ba"]


def test_only_a_set_that_collides_is_ordered_and_only_by_its_own_people(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        three(session, v)
        (found,) = collisions.of(session, v.officer, v.suoi_may, NOW)
        names = [one.approval_id for one in found]
        for wrong in (names[:2], [*names, "x"], [names[0]] * 3):
            with pytest.raises(WrongState):
                collisions.order(session, v.officer, v.suoi_may, wrong, now=NOW)
        for person in (v.stranger, v.staff, v.auditor):
            with pytest.raises(NotFound):
                collisions.order(session, person, v.suoi_may, names, now=NOW)


def test_what_is_normal_or_alone_needs_no_order(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, OneKey(), cls=Class.PRIORITY, rule=AT_FIVE, title="Một mình")
        approve(session, v, OneKey(), rule=AT_FIVE, title="Thường")
        assert collisions.of(session, v.officer, v.suoi_may, NOW) == []
