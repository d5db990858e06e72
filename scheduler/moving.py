"""Moving: a rule with one of its starts, or all from one on, put at another time."""

from datetime import date, datetime, time

from msgspec import structs

from scheduler.calendar import ZONE
from scheduler.rules import Move, Rule, Shift, Shifted


def put(rule: Rule, was: datetime, becomes: datetime) -> Rule:
    """The rule that starts at `becomes` in place of `was`, and else as before.

    A `was` that is no start of the rule changes nothing.
    """
    moves = [Move(m.was, becomes if m.becomes == was else m.becomes) for m in rule.moves]
    if was not in {move.was for move in moves}:
        moves.append(Move(was, becomes))
    extras = tuple(becomes if extra == was else extra for extra in rule.extras)
    return structs.replace(rule, moves=tuple(moves), extras=extras)


def shift(rule: Rule, since: date, was: time, becomes: time) -> Shifted:
    """The rule whose pattern says `becomes` where it said `was`, from the local day `since` on.

    Starts that were moved by themselves stay where they were put.
    """

    def origin(at: datetime) -> datetime:
        local = at.astimezone(ZONE)
        later = local.date() >= since and local.time() == was
        return datetime.combine(local.date(), becomes, ZONE) if later else at

    moves = tuple(Move(origin(move.was), move.becomes) for move in rule.moves)
    before = rule.shifts if isinstance(rule, Shifted) else ()
    parts = structs.asdict(rule) | {"moves": moves}
    return Shifted(**parts | {"shifts": (*before, Shift(since, was, becomes))})
