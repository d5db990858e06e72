"""Moving: a rule with one of its starts put at another time."""

from datetime import datetime

from msgspec import structs

from scheduler.rules import Move, Rule


def put(rule: Rule, was: datetime, becomes: datetime) -> Rule:
    """The rule that starts at `becomes` in place of `was`, and else as before.

    A `was` that is no start of the rule changes nothing.
    """
    moves = [Move(m.was, becomes if m.becomes == was else m.becomes) for m in rule.moves]
    if was not in {move.was for move in moves}:
        moves.append(Move(was, becomes))
    extras = tuple(becomes if extra == was else extra for extra in rule.extras)
    return structs.replace(rule, moves=tuple(moves), extras=extras)
