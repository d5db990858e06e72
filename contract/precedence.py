"""Precedence: which of two items that want the same loudspeaker is heard first.

Planner, conflict check and station use the same key (classes of Thông tư 39/2020/TT-BTTTT).
Stop and cancel are orders, not items: they are obeyed before anything is compared.
"""

from datetime import UTC, datetime, timedelta

import msgspec

from contract.states import Class

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides an item's precedence.

    `rank` stands within the class, smaller first: for an emergency the level of the area that it
    comes from (0 the country, 1 the province …), for others the place that the commune user gave
    it among colliding items (0 until someone decides; 1000 for a relay, behind the recordings).
    `since` (aware) is when it was approved; a station, which is not told that, takes the start.
    `id` settles what is equal in all else, the same way on every machine.
    """

    id: str
    cls: Class
    rank: int
    since: datetime


def precedence_key(standing: Standing) -> tuple[int, int, int, str]:
    """Sort key, smallest first; never equal for two ids.

    Emergencies: the higher area, then the latest. All others: the user's order, then first come.
    Raises TypeError when `since` is naive.
    """
    since_us = (standing.since - _EPOCH) // _MICROSECOND
    if standing.cls is Class.EMERGENCY:
        since_us = -since_us
    return (standing.cls, standing.rank, since_us, standing.id)


def cuts_in(newcomer: Standing, playing: Standing) -> bool:
    """Whether a due item interrupts the one on the air instead of waiting for its end.

    A higher class always does; within a class only emergencies do.
    """
    if newcomer.cls is playing.cls is Class.EMERGENCY:
        return precedence_key(newcomer) < precedence_key(playing)
    return newcomer.cls < playing.cls
