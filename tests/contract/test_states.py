"""States move only where their tables allow."""

import pytest

from contract.errors import UndeclaredMove
from contract.states import (
    BULLETIN_MOVES,
    TABLES,
    VERDICT_MOVES,
    BulletinState,
    Verdict,
    move,
)

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


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_every_state_can_be_reached_and_some_state_is_an_end(kind):
    moves, start = TABLES[kind]
    reached, todo = {start}, [start]
    while todo:
        fresh = set(moves[todo.pop()]) - reached
        reached |= fresh
        todo += fresh
    assert reached == set(kind)
    assert any(not targets for targets in moves.values())


def test_a_given_verdict_is_never_taken_back():
    final = set(Verdict) - {Verdict.PENDING, Verdict.UNVERIFIED}
    assert all(not VERDICT_MOVES[verdict] for verdict in final)
    assert all(Verdict.PENDING not in targets for targets in VERDICT_MOVES.values())


def test_a_bulletin_cannot_be_approved_unless_it_was_submitted():
    into = [old for old, targets in BULLETIN_MOVES.items() if BulletinState.APPROVED in targets]
    assert into == [BulletinState.SUBMITTED]
