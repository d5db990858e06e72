"""Who reads which lines of the audit, and whether those on a page are as they were written."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from controller import audit, audit_trail, bulletins, orders
from controller.audit_trail import About, Sought
from controller.errors import NotFound
from controller.model import AuditLine, Role
from controller.permissions import Who
from controller.store import Store
from tests.controller.air import register
from tests.controller.test_bulletins import composed
from tests.controller.village import NOW, OneKey, Village, settle

ALL = Sought()


def lived_in(session: Session) -> Village:
    """A bulletin and an order in Suối Mây, a bulletin of Nà Mây."""
    v = settle(session)
    register(session, v.suoi_may)
    composed(session, v)
    orders.set_volume(session, v.technician, (v.suoi_may,), 40, signer=OneKey(), now=NOW)
    there = v.draft(area_id=v.na_may, targets=(v.na_may,))
    bulletins.compose(session, v.stranger, there, now=NOW + timedelta(days=1))
    return v


def actions(session: Session, asking: Who, sought: Sought = ALL, limit: int = 50) -> list[str]:
    lines = audit_trail.read(session, asking, sought, now=NOW, limit=limit)
    assert [line.n for line in lines] == sorted((line.n for line in lines), reverse=True)
    return [line.action for line in lines]


def auditor_of(v: Village, area: str) -> Who:
    return Who(v.auditor.person_id, v.auditor.name, ((Role.AUDITOR, area),))


def test_each_reads_about_their_places_only(store: Store) -> None:
    with store.writing() as session:
        v = lived_in(session)
        everything = [
            "bulletin.compose", "order.send", "bulletin.compose", "station.register",
        ]  # fmt: skip  # the newest first
        assert actions(session, v.auditor) == everything
        assert actions(session, auditor_of(v, v.na_may)) == ["bulletin.compose"]
        assert actions(session, auditor_of(v, v.suoi_may)) == everything[2:], (
            "who ordered is not theirs"
        )
        for nobody in (v.officer, v.technician):
            with pytest.raises(NotFound):
                actions(session, nobody)


def test_lines_are_sought_by_kind_person_day_and_object(store: Store) -> None:
    with store.writing() as session:
        v = lived_in(session)
        ours = audit_trail.read(session, v.auditor, ALL, now=NOW, limit=9)[2]
        for sought, found in (
            (Sought(about=About.STATION), ["station.register"]),
            (Sought(person_id=v.stranger.person_id), ["bulletin.compose"]),
            (Sought(object_id=ours.object_id), ["bulletin.compose"]),
            (Sought(since=NOW + timedelta(hours=1)), ["bulletin.compose"]),
            (Sought(until=NOW), []),
            (Sought(below=2), ["station.register"]),
        ):
            assert actions(session, v.auditor, sought) == found, sought
        assert len(actions(session, v.auditor, limit=2)) == 2


def test_a_line_that_was_changed_or_taken_out_is_seen_on_its_page(store: Store) -> None:
    with store.writing() as session:
        v = lived_in(session)
        lines = audit_trail.read(session, v.auditor, ALL, now=NOW, limit=9)
        assert audit_trail.is_whole(lines)
        assert audit_trail.is_whole([lines[0], lines[2]]), "of other places: cannot be judged"
        session.execute(update(AuditLine).where(AuditLine.n == 2).values(person_id=None))
        session.expire_all()
        changed = audit_trail.read(session, v.auditor, ALL, now=NOW, limit=9)
        assert not audit_trail.is_whole(changed)
        assert audit.verify(session)
