"""Airtime: the air of each group of stations as it fills up, highest precedence first."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from contract.states import Class
from contract.windows import allows
from scheduler import explanation
from scheduler.airing import Airing, Entry
from scheduler.calendar import ZONE
from scheduler.conflicts import Conflict, Outcome, cuts, meeting
from scheduler.groups import Group, stations_of
from scheduler.pieces import Span, pieces
from scheduler.refusal import Reason, Refused

LONGEST_WAIT = timedelta(hours=3)
"""How long a priority item may wait for its turn; in practice its window closes before."""

_starts_at, _ends_at = attrgetter("starts_at"), attrgetter("ends_at")


class _Fate(NamedTuple):
    """What becomes of a due start on one group of stations."""

    starts_at: datetime
    refused: Reason | None = None
    message: str = ""
    pieces: tuple[Span, ...] = ()  # of a live programme

    @property
    def among_equals(self) -> Outcome:
        """What meeting an equal came to."""
        if self.refused:
            return Outcome.LEFT_OUT
        return Outcome.CUT if self.pieces else Outcome.WAITS


class Airtime:
    """What was placed so far. First what is held, then entries in order of precedence."""

    def __init__(self) -> None:
        self.airings: list[Airing] = []
        self.refused: list[Refused] = []
        self._met: list[Conflict] = []
        self._on_air: dict[Group, dict[Class, list[Airing]]] = {}

    def take(self, wanted: Airing, groups: Sequence[Group]) -> None:
        """Place a due start on its groups; those of one fate share an airing or a refusal."""
        if not groups:
            self._refuse(wanted, Reason.NO_STATIONS, explanation.no_stations(wanted))
        fates: dict[_Fate, list[Group]] = defaultdict(list)
        met: dict[tuple[Airing, Outcome], list[Group]] = defaultdict(list)
        for group in groups:
            fate, blockers = self._fate(wanted, group)
            fates[fate].append(group)
            for blocker in blockers:
                met[blocker, fate.among_equals].append(group)
        meetings = [
            meeting(blocker, wanted, stations_of(there), outcome)
            for (blocker, outcome), there in met.items()
        ]
        self._met += meetings
        for fate, alike in fates.items():
            self._settle(replace(wanted, targets=stations_of(alike)), fate, alike, meetings)

    def hold(self, wanted: Airing, held: Iterable[Span], groups: Sequence[Group]) -> None:
        """Place what stations play of a live programme already, whatever its equals want."""
        for start, end in held:
            self._place(replace(wanted, starts_at=start, piece=end - start), groups)

    def conflicts(self) -> list[Conflict]:
        """Every meeting of two items: who waits, who is left out, who is cut."""
        whole = (
            (group, [airing for airings in classes.values() for airing in airings])
            for group, classes in self._on_air.items()
        )
        return self._met + cuts(whole)

    def _fate(self, wanted: Airing, group: Group) -> tuple[_Fate, Sequence[Airing]]:
        """What becomes of it there, and the equals met at its time or while it waits for them."""
        due, entry = wanted.due_at, wanted.entry
        if not _released(wanted):
            return _Fate(due, Reason.NOT_RELEASED, explanation.not_released(wanted)), ()
        if entry.cls is Class.EMERGENCY:
            return _Fate(due), ()
        if not _in_windows(wanted, group):
            message = explanation.outside_windows(wanted, group.windows)
            return _Fate(due, Reason.WINDOW, message), ()
        placed = self._placed(group, entry.cls)
        return _between(wanted, placed) if entry.live else _in_turn(wanted, placed, group)

    def _settle(
        self, wanted: Airing, fate: _Fate, groups: Sequence[Group], meetings: Sequence[Conflict]
    ) -> None:
        if fate.refused is None:
            for start, end in fate.pieces:
                self._place(replace(wanted, starts_at=start, piece=end - start), groups)
            if not fate.pieces:
                self._place(replace(wanted, starts_at=fate.starts_at), groups)
        else:
            lost = (m.message for m in meetings if m.outcome is Outcome.LEFT_OUT)
            self._refuse(wanted, fate.refused, fate.message or " ".join(lost))

    def _place(self, airing: Airing, groups: Sequence[Group]) -> None:
        self.airings.append(airing)
        for group in groups:
            insort(self._placed(group, airing.entry.cls), airing, key=_starts_at)

    def _refuse(self, wanted: Airing, reason: Reason, message: str) -> None:
        self.refused.append(Refused(wanted.entry, wanted.due_at, wanted.targets, reason, message))

    def _placed(self, group: Group, cls: Class) -> list[Airing]:
        """What holds the group's air in this class, by start; only emergencies overlap there."""
        return self._on_air.setdefault(group, {}).setdefault(cls, [])


def _in_turn(wanted: Airing, placed: list[Airing], group: Group) -> tuple[_Fate, Sequence[Airing]]:
    """The fate of what sounds whole, after its equals."""
    moved, blockers = _turn(wanted, placed)
    waited = moved.starts_at - wanted.due_at
    late = waited > _patience(wanted.entry)
    if blockers and (late or not (_released(moved) and _in_windows(moved, group))):
        return _Fate(wanted.due_at, Reason.OCCUPIED), blockers
    return _Fate(moved.starts_at), blockers


def _turn(wanted: Airing, placed: list[Airing]) -> tuple[Airing, list[Airing]]:
    """The first time from its own at which it meets none of its equals, and those it met."""
    moved, blockers = wanted, []
    for equal in placed[bisect_right(placed, wanted.starts_at, key=_ends_at) :]:
        if equal.starts_at >= moved.ends_at or moved.starts_at - wanted.due_at > LONGEST_WAIT:
            break
        blockers.append(equal)
        moved = replace(moved, starts_at=equal.ends_at)
    return moved, blockers


def _between(wanted: Airing, placed: list[Airing]) -> tuple[_Fate, Sequence[Airing]]:
    """The fate of a live programme among its equals: what they leave of it."""
    later = placed[bisect_right(placed, wanted.starts_at, key=_ends_at) :]
    blockers = [equal for equal in later if equal.starts_at < wanted.ends_at]
    slot = (wanted.starts_at, wanted.ends_at)
    left = pieces(slot, [(equal.starts_at, equal.ends_at) for equal in blockers])
    refused = None if left else Reason.OCCUPIED
    return _Fate(wanted.due_at, refused, pieces=left), blockers


def _patience(entry: Entry) -> timedelta:
    """How long it may wait for its equals: nothing of priority is lost to a short limit."""
    if entry.cls is Class.PRIORITY:
        return LONGEST_WAIT
    return timedelta(milliseconds=entry.late_limit_ms)


def _released(airing: Airing) -> bool:
    since, until = airing.entry.released_from, airing.entry.released_until
    return since <= airing.starts_at and (until is None or airing.ends_at <= until)


def _in_windows(airing: Airing, group: Group) -> bool:
    return allows(group.windows, airing.starts_at, airing.ends_at, ZONE)
