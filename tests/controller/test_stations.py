"""A station has a readable code and a secret of its own."""

import pytest

from controller import stations
from controller.errors import Invalid, NotFound
from controller.model import StationState
from controller.permissions import Permission
from controller.store import Store
from tests.controller.village import NOW, settle


def test_codes_are_readable_and_numbered(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        codes = [
            stations.register(session, v.technician, v.suoi_may, "Loa", now=NOW).station.id
            for _ in range(3)
        ]
        assert codes == ["xa-suoi-may-1", "xa-suoi-may-2", "xa-suoi-may-3"]
        assert session.get_one(StationState, codes[0]).online is False


def test_only_its_own_secret_opens(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        made = stations.register(session, v.technician, v.suoi_may, "Loa", now=NOW)
        id_ = made.station.id
        found = stations.verify(session, id_, made.secret)
        assert found is not None
        assert made.secret not in found.secret_hash
        assert stations.verify(session, id_, "wrong") is None
        assert stations.verify(session, "unknown", made.secret) is None
        fresh = stations.new_secret(session, v.technician, id_, now=NOW)
        assert stations.verify(session, id_, made.secret) is None
        assert stations.verify(session, id_, fresh) is found
        found.active = False
        assert stations.verify(session, id_, fresh) is None


def test_every_problem_is_told_at_once(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        with pytest.raises(Invalid) as refused:
            stations.register(session, v.technician, v.suoi_may, " ", now=NOW, code="Có Dấu/#")
        assert [problem.field for problem in refused.value.problems] == ["name", "code"]
        stations.register(session, v.technician, v.suoi_may, "Loa", now=NOW, code="loa-1")
        with pytest.raises(Invalid):
            stations.register(session, v.technician, v.suoi_may, "Loa", now=NOW, code="loa-1")


def test_who_may_not_see_a_station_does_not_find_it(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        made = stations.register(session, v.technician, v.suoi_may, "Loa", now=NOW)
        for who in (v.stranger, v.officer):
            with pytest.raises(NotFound):
                stations.register(session, who, v.suoi_may, "Loa", now=NOW)
        see = Permission.SEE_STATIONS
        assert stations.get(session, v.officer, see, made.station.id, NOW) is made.station
        for who, id_ in ((v.stranger, made.station.id), (v.officer, "unknown")):
            with pytest.raises(NotFound):
                stations.get(session, who, see, id_, NOW)
