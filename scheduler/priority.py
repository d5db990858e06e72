"""Priority: the order in which entries take the air."""

from collections.abc import Iterable

from contract.precedence import Standing, precedence_key
from contract.states import Class
from scheduler.airing import Entry


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, highest precedence first, the same on every machine."""
    return sorted(entries, key=lambda entry: precedence_key(entry.standing))


def needs_order(one: Standing, other: Standing) -> bool:
    """Whether the commune user must say which of two colliding items goes first (TT39-08).

    Until then first come, first served.
    """
    return one.cls is other.cls is Class.PRIORITY and one.rank == other.rank
