"""One airing is put at another time, by who may, and back."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.messages import Item
from contract.states import AiringState, Class
from controller import moving
from controller.approved import read_release
from controller.errors import Invalid, NotFound, WrongState
from controller.model import Approval
from controller.store import Store
from tests.controller.air import (
    AT_FIVE,
    FIVE,
    MINUTE,
    airings,
    approve,
    plan_all,
    plan_of,
    register,
)
from tests.controller.village import NOW, OneKey, settle

HALF_PAST = FIVE + 30 * MINUTE
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def test_a_moved_airing_sounds_at_its_new_time_once_and_the_others_stay(store: Store) -> None:
    key = OneKey()
    with store.writing() as session:
        v = settle(session)
        [station] = register(session, v.suoi_may)
        approve(session, v, key)
        plan_all(session, key)
        first = airings(session)[0]
        moving.move_once(session, v.officer, first.id, HALF_PAST, signer=key, now=NOW)
        plan_all(session, key)
        rows = [(row.id, row.starts_at, row.state) for row in airings(session)]
        items = [each for each in plan_of(session, station, key).items if isinstance(each, Item)]
    assert rows[0] == (first.id, HALF_PAST, AiringState.PLANNED)
    assert [row[1] for row in rows[1:]] == [FIVE + n * DAY for n in range(1, 10)]
    assert [(item.airing, item.starts_at) for item in items] == [(row[0], row[1]) for row in rows]


def test_from_now_on_all_that_follow_go_with_it_under_their_names(store: Store) -> None:
    key = OneKey()
    with store.writing() as session:
        v = settle(session)
        [station] = register(session, v.suoi_may)
        approve(session, v, key)
        plan_all(session, key)
        rows = airings(session)
        names, alone = [row.id for row in rows], FIVE + 4 * DAY + 90 * MINUTE
        moving.move_once(session, v.officer, names[4], alone, signer=key, now=NOW)
        to = FIVE + 2 * DAY + 30 * MINUTE
        moving.move_onward(session, v.officer, names[2], to, signer=key, now=NOW + SECOND)
        plan_all(session, key)
        expected = [FIVE, FIVE + DAY, *(HALF_PAST + n * DAY for n in range(2, 10))]
        expected[4] = alone
        assert [(row.id, row.starts_at) for row in airings(session)] == list(
            zip(names, expected, strict=True)
        )
        items = [each for each in plan_of(session, station, key).items if isinstance(each, Item)]
        assert [item.starts_at for item in items] == expected
        back = moving.undo(session, v.officer, names[2], signer=key, now=NOW + 2 * SECOND)
        assert back.starts_at == FIVE + 2 * DAY
        plan_all(session, key)
        expected = [FIVE + n * DAY for n in range(10)]
        expected[4] = alone
        assert [(row.id, row.starts_at) for row in airings(session)] == list(
            zip(names, expected, strict=True)
        )


def test_days_beyond_the_plan_follow_too(store: Store) -> None:
    key, later = OneKey(), NOW + 20 * DAY
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, key)
        plan_all(session, key)
        first = airings(session)[0].id
        moving.move_onward(session, v.officer, first, HALF_PAST, signer=key, now=NOW)
        plan_all(session, key, now=later)
        far = [row.starts_at for row in airings(session) if row.starts_at > later]
    assert far == [HALF_PAST + n * DAY for n in range(20, 30)]


def test_from_now_on_only_the_hour_changes_and_no_later_move_is_lost(store: Store) -> None:
    key = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, key)
        plan_all(session, key)
        first, second, *_ = (row.id for row in airings(session))
        to = HALF_PAST + DAY
        with pytest.raises(Invalid, match="giữ nguyên ngày"):
            moving.move_onward(session, v.officer, first, to, signer=key, now=NOW)
        moving.move_onward(session, v.officer, first, HALF_PAST, signer=key, now=NOW)
        with pytest.raises(NotFound):
            moving.move_onward(session, v.stranger, second, FIVE + DAY, signer=key, now=NOW)
        alone = HALF_PAST + DAY + 60 * MINUTE
        moving.move_once(session, v.officer, second, alone, signer=key, now=NOW + SECOND)
        with pytest.raises(WrongState, match="lượt ấy trước"):
            moving.undo(session, v.officer, first, signer=key, now=NOW + 2 * SECOND)
        to = FIVE + DAY
        with pytest.raises(Invalid, match="đã chuyển riêng"):
            moving.move_onward(session, v.officer, second, to, signer=key, now=NOW + 2 * SECOND)


def test_an_undone_move_leaves_the_schedule_as_it_was(store: Store) -> None:
    key = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, key)
        plan_all(session, key)
        before = [(row.id, row.starts_at, row.ends_at, row.state) for row in airings(session)]
        first = before[0][0]
        for minutes in (30, 45):
            to = FIVE + minutes * MINUTE
            moving.move_once(
                session, v.officer, first, to, signer=key, now=NOW + to.minute * SECOND
            )
            plan_all(session, key)
        assert moving.undo(session, v.officer, first, signer=key, now=NOW).starts_at == HALF_PAST
        moving.undo(session, v.officer, first, signer=key, now=NOW)
        plan_all(session, key)
        assert [(r.id, r.starts_at, r.ends_at, r.state) for r in airings(session)] == before
        with pytest.raises(WrongState, match="không có lần chuyển"):
            moving.undo(session, v.officer, first, signer=key, now=NOW)


def test_beyond_what_was_approved_goes_only_who_may_approve(store: Store) -> None:
    key = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, key, rule=AT_FIVE)
        plan_all(session, key)
        [airing] = airings(session)
        earlier, tomorrow = FIVE - 30 * MINUTE, FIVE + DAY
        for now, to in ((NOW, earlier), (NOW + SECOND, tomorrow)):
            with pytest.raises(Invalid, match="nhờ người duyệt"):
                moving.move_once(session, v.officer, airing.id, to, signer=key, now=now)
            moving.move_once(session, v.approver, airing.id, to, signer=key, now=now)
            plan_all(session, key)
        assert [(r.starts_at, r.state) for r in airings(session)] == [
            (tomorrow, AiringState.PLANNED)
        ]
        envelope = session.get_one(Approval, airing.approval_id).release
        assert envelope is not None
        release = read_release(envelope)
    assert release.nbf <= earlier
    assert release.exp > tomorrow


def test_a_time_that_cannot_be_is_refused_with_a_sentence(store: Store) -> None:
    key = OneKey()
    with store.writing() as session:
        v = settle(session)
        register(session, v.suoi_may)
        approve(session, v, key)
        plan_all(session, key)
        first = airings(session)[0].id
        for to, told in (
            (NOW - MINUTE, "đã qua"),
            (NOW + 11 * DAY, "10 ngày"),
            (FIVE + DAY, "đã có một lượt phát"),
            (FIVE, "đã có một lượt phát"),
        ):
            with pytest.raises(Invalid, match=told):
                moving.move_once(session, v.officer, first, to, signer=key, now=NOW)
        with pytest.raises(NotFound):
            moving.move_once(session, v.stranger, first, HALF_PAST, signer=key, now=NOW)
        with pytest.raises(WrongState):
            moving.move_once(session, v.officer, first, HALF_PAST + DAY, signer=key, now=FIVE)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 200)), min_size=1, max_size=3))
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example is rolled back
)
def test_what_was_foreseen_is_what_is_planned(store: Store, moves: list[tuple[int, int]]) -> None:
    key = OneKey()
    with store.writing() as session:
        v = settle(session)
        [station] = register(session, v.suoi_may)
        approve(session, v, key)
        approve(session, v, key, cls=Class.PRIORITY, title="Khác")
        plan_all(session, key)
        for after, (index, minutes) in enumerate(moves):
            now = NOW + after * SECOND
            airing = airings(session, AiringState.PLANNED)[index]
            to = FIVE + minutes * MINUTE
            try:
                moving.move_once(session, v.officer, airing.id, to, signer=key, now=now)
            except Invalid:
                continue
            seen = airing.starts_at
            plan_all(session, key)
            item = next(i for i in plan_of(session, station, key).items if i.airing == airing.id)
            assert (airing.state, item.starts_at) == (AiringState.PLANNED, seen)
        session.rollback()
