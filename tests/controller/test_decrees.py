"""Communes are added, renamed, merged and split by decree; nothing that was there is lost."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from controller import area_history, areas, audit, decrees
from controller.decrees import Decree, Part
from controller.errors import Invalid, NotFound
from controller.model import Area, AreaKind, Grant, Station
from controller.permissions import Permission, scope, who
from controller.store import Store
from tests.controller.village import NOW, TODAY, Village, settle

DECREE = Decree("1673/NQ-UBTVQH15", date(2026, 11, 1))
YESTERDAY = TODAY - timedelta(days=1)


def station(session: Session, id_: str, area_id: str) -> None:
    session.add(Station(id=id_, name=id_, area_id=area_id, secret_hash="", created_at=NOW))
    session.flush()


def reach(session: Session, on: date) -> dict[str, set[str]]:
    """For each grant the stations that it reaches."""
    found = {}
    for grant in session.scalars(select(Grant)):
        inside = areas.subtrees(session, [grant.area_id], on)
        ids = session.scalars(select(Station.id).where(Station.area_id.in_(inside)))
        found[f"{grant.person_id} {grant.role} {grant.area_id}"] = set(ids)
    return found


def names(session: Session, ids: Sequence[str], on: date) -> list[str]:
    found = [session.get_one(Area, id_) for id_ in ids]
    return [area.name for area in area_history.as_of(session, found, on)]


def test_a_renamed_commune_keeps_its_old_name_on_old_days(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        asking = v.administrator
        decrees.rename(session, asking, v.na_may, "Phường Nà Mây", decree=DECREE, now=NOW)
        tomorrow = NOW + timedelta(days=1)
        decrees.rename(session, asking, v.na_may, "Phường Mây", decree=DECREE, now=tomorrow)
        found = [names(session, [v.na_may], TODAY + timedelta(days=n))[0] for n in (-1, 0, 1)]
        assert found == ["Xã Nà Mây", "Phường Nà Mây", "Phường Mây"]
        told = [change.decree for change, _ in area_history.changes(session, v.na_may)]
        assert told == [DECREE.number] * 2
        assert audit.verify(session) == []


def test_merged_communes_are_parts_of_the_new_one_from_today(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for id_, area_id in (("a", v.suoi_may), ("b", v.na_may)):
            station(session, id_, area_id)
        before = reach(session, TODAY)
        olds = [v.suoi_may, v.na_may]
        assert area_history.extent(session, olds, TODAY) == area_history.Extent(2, 4, 0)
        new = decrees.merge(
            session, v.administrator, v.zone, olds, Part(name="Xã Mây"), decree=DECREE, now=NOW
        )
        assert [area.name for area in decrees.communes_of(session, v.zone, TODAY)] == ["Xã Mây"]
        assert {area.id for area in areas.children(session, new.id, TODAY)} == set(olds)
        past = areas.children(session, v.zone, YESTERDAY)
        kinds = {one.kind for one in area_history.as_of(session, past, YESTERDAY)}
        assert kinds == {AreaKind.COMMUNE}
        assert reach(session, TODAY) == before
        assert areas.lineages(session, olds, TODAY)[v.na_may][1:3] == (new.id, v.zone)


def test_a_commune_is_split_and_what_no_part_takes_stays_over_them(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for id_ in "abc":
            station(session, id_, v.suoi_may)
        before = reach(session, TODAY)
        parts = [Part(name="Xã Thượng", station_ids=["a"]), Part(name="Xã Hạ", station_ids=["b"])]
        made = decrees.split(session, v.administrator, v.suoi_may, parts, decree=DECREE, now=NOW)
        session.flush()
        at = {row.id: row.area_id for row in session.scalars(select(Station))}
        assert at == {"a": made[0].id, "b": made[1].id, "c": v.suoi_may}
        assert reach(session, TODAY) == before
        assert session.get_one(Area, v.suoi_may).kind == AreaKind.ZONE
        with pytest.raises(Invalid):
            decrees.split(session, v.administrator, v.suoi_may, parts, decree=DECREE, now=NOW)


def test_nobody_changes_areas_beyond_their_own(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        for asking in (v.officer, v.staff, v.auditor):
            with pytest.raises(NotFound):
                decrees.rename(session, asking, v.suoi_may, "Xã", decree=DECREE, now=NOW)
        late = Decree(" ", TODAY + timedelta(days=1))
        with pytest.raises(Invalid) as found:
            decrees.rename(session, v.administrator, v.suoi_may, " ", decree=late, now=NOW)
    assert {p.field for p in found.value.problems} == {"name", "decree", "decree_day"}


def commune_administrators_see(session: Session, v: Village) -> set[str]:
    asking = who(session, v.administrator.person_id)
    return scope(session, asking, Permission.MANAGE_AREAS, TODAY)


def test_whatever_is_decreed_nobody_loses_a_place_a_station_or_the_past(store: Store) -> None:
    """Any mergers and splits, one after the other."""
    with store.writing() as session:
        v = settle(session)
        for n, area_id in enumerate([v.suoi_may, v.na_may, v.suoi_may, v.na_may]):
            station(session, f"s{n}", area_id)
        roots = [v.province]

        @given(st.data())
        def decreed(data: st.DataObject) -> None:
            known = areas.subtrees(session, roots, TODAY)
            yesterday = areas.lineages(session, sorted(known), YESTERDAY)
            reached = reach(session, TODAY)
            seen = commune_administrators_see(session, v)
            done = data.draw(st.sampled_from(["merge", "split"]))
            change(session, v, done, data)
            session.flush()
            assert known <= areas.subtrees(session, roots, TODAY)
            assert areas.lineages(session, sorted(known), YESTERDAY) == yesterday
            assert reach(session, TODAY) == reached
            assert seen <= commune_administrators_see(session, v)

        decreed()


def change(session: Session, v: Village, done: str, data: st.DataObject) -> None:
    """One decree about communes that are there."""
    inside = areas.subtrees(session, [v.zone], TODAY)
    query = select(Area).where(Area.id.in_(inside), Area.kind == AreaKind.COMMUNE)
    there = list(session.scalars(query.order_by(Area.id)))
    if done == "merge":
        olds = [area.id for area in decrees.communes_of(session, v.zone, TODAY)]
        if len(olds) > 1:
            part = Part(name="Xã mới")
            decrees.merge(session, v.administrator, v.zone, olds, part, decree=DECREE, now=NOW)
        return
    if len(inside) > 40 or not there:
        return
    old = data.draw(st.sampled_from(there))
    ids = list(session.scalars(select(Station.id).where(Station.area_id == old.id)))
    taken = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    parts = [Part(name="Xã Một", station_ids=taken), Part(name="Xã Hai")]
    decrees.split(session, v.administrator, old.id, parts, decree=DECREE, now=NOW)


def test_communes_hang_below_a_zone_from_today_and_elsewhere_before(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        asking = v.administrator
        part = Part(name="Khu vực Hạ nguồn")
        zone = decrees.add(session, asking, v.province, AreaKind.ZONE, part, decree=DECREE, now=NOW)
        decrees.regroup(session, asking, v.zone, [v.na_may], zone.id, decree=DECREE, now=NOW)
        lines = [areas.lineages(session, [v.na_may], on)[v.na_may] for on in (YESTERDAY, TODAY)]
        assert lines == [(v.na_may, v.zone, v.province), (v.na_may, zone.id, v.province)]
        assert v.na_may not in scope(session, v.staff, Permission.SEE_STATIONS, TODAY)
        (change, _) = area_history.changes(session, v.na_may)[0]
        assert change.decree == DECREE.number
        assert audit.verify(session) == []


def test_nothing_hangs_below_itself_nor_below_its_like(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)

        def refused(parent: str, chosen: Sequence[str], to: str) -> set[str]:
            with pytest.raises(Invalid) as found:
                decrees.regroup(
                    session, v.administrator, parent, chosen, to, decree=DECREE, now=NOW
                )
            return set(found.value.by_field())

        assert refused(v.zone, [], v.province) == {"areas"}
        assert refused(v.province, [v.suoi_may], v.zone) == {"areas"}, "not directly below"
        assert refused(v.zone, [v.suoi_may], v.zone) == {"to"}
        assert refused(v.zone, [v.suoi_may], v.na_may) == {"to"}
        assert refused(v.province, [v.zone], v.suoi_may) == {"to"}
        assert areas.lineages(session, [v.suoi_may], TODAY)[v.suoi_may][1] == v.zone
        with pytest.raises(NotFound):
            decrees.regroup(
                session, v.staff, v.zone, [v.suoi_may], v.province, decree=DECREE, now=NOW
            )
