"""States move only where their tables allow."""

from enum import StrEnum

import pytest

from contract import states
from contract.errors import UndeclaredMove
from contract.states import (
    BULLETIN_MOVES,
    TABLES,
    VERDICT_MOVES,
    BulletinState,
    Verdict,
    move,
)


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


EVERY_MOVE = [
    (moves, old, new) for moves, _ in TABLES.values() for old in moves for new in type(old)
]


@pytest.mark.parametrize(("moves", "old", "new"), EVERY_MOVE)
def test_a_move_is_made_exactly_when_it_is_declared(moves, old, new):
    if new in moves[old]:
        assert move(moves, old, new) is new
    else:
        with pytest.raises(UndeclaredMove):
            move(moves, old, new)


def test_every_table_has_an_end():
    for moves, _ in TABLES.values():
        assert any(not targets for targets in moves.values())


@pytest.mark.parametrize(
    "wrong",
    [
        {Light.RED: frozenset()},
        {Light.RED: frozenset(), Light.GREEN: frozenset({Light.RED})},
        {Light.RED: frozenset({Light.GREEN})},
    ],
    ids=["not in the table", "out of reach", "reached but not in the table"],
)
def test_a_table_that_forgets_a_state_does_not_load(wrong):
    with pytest.raises(TypeError, match="Light"):
        states._check(Light, wrong, Light.RED)


def test_a_given_verdict_is_never_taken_back():
    final = set(Verdict) - {Verdict.PENDING, Verdict.UNVERIFIED}
    assert all(not VERDICT_MOVES[verdict] for verdict in final)
    assert all(Verdict.PENDING not in targets for targets in VERDICT_MOVES.values())


def test_a_bulletin_cannot_be_approved_unless_it_was_submitted():
    into = [old for old, targets in BULLETIN_MOVES.items() if BulletinState.APPROVED in targets]
    assert into == [BulletinState.SUBMITTED]
