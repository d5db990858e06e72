"""Acts of programs and their answers, on both databases."""

import threading
from datetime import timedelta

import pytest

from controller.api import answers, keys
from controller.api.errors import OtherAct
from controller.model import ApiKey
from controller.permissions import Permission
from controller.store import Store
from tests.controller.village import NOW, settle


def key_in(store: Store) -> keys.Made:
    with store.writing() as session:
        v = settle(session)
        wanted = keys.Wanted(
            name="Cổng xã", area_id=v.suoi_may, permissions=(Permission.COMPOSE,), days=30
        )
        return keys.make(session, v.officer, wanted, now=NOW)


def test_of_two_at_once_one_acts_and_the_other_is_told_its_answer(store: Store) -> None:
    act = answers.Act(key_in(store).key.id, "một", b"POST /x")
    told: list[bytes] = []
    barrier = threading.Barrier(2)

    def ask(mine: bytes) -> None:
        barrier.wait(10)
        with store.writing() as session:
            before = answers.begin(session, act, now=NOW)
            if before is None:
                answers.conclude(session, act, 200, mine)
            told.append(mine if before is None else before.body)

    threads = [threading.Thread(target=ask, args=(body,)) for body in (b"a", b"b")]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert len(told) == 2
    assert told[0] == told[1]


def test_one_name_is_one_act(store: Store) -> None:
    key = key_in(store).key.id
    with store.writing() as session:
        answers.begin(session, answers.Act(key, "một", b"POST /x"), now=NOW)
        with pytest.raises(OtherAct):
            answers.begin(session, answers.Act(key, "một", b"POST /y"), now=NOW)


def test_requests_are_counted_by_the_minute(store: Store) -> None:
    made = key_in(store)
    left = []
    for second in (0, 1, 60):
        with store.writing() as session:
            admitted = keys.admit(session, made.secret, now=NOW + timedelta(seconds=second))
        assert admitted is not None
        left.append(keys.A_MINUTE - admitted.left)
    assert left == [1, 2, 1]
    with store.reading() as session:
        assert session.get_one(ApiKey, made.key.id).used_at == NOW + timedelta(seconds=60)


def test_a_grant_below_the_area_of_a_key_stays_as_small_as_it_is(store: Store) -> None:
    with store.writing() as session:
        v = settle(session)
        over_all = ApiKey(id="k", area_id=v.province, permissions=["compose"])
        assert keys.narrowed(session, v.officer, over_all, NOW).grants == v.officer.grants
        elsewhere = ApiKey(id="k", area_id=v.na_may, permissions=["compose"])
        assert keys.narrowed(session, v.officer, elsewhere, NOW).grants == ()
