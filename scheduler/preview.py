"""Preview: what saving an entry would do to the air, before it is saved."""

from collections.abc import Container, Sequence
from datetime import date, datetime

from scheduler.airing import Entry
from scheduler.groups import Windows
from scheduler.planner import Planned, plan


def preview(
    proposed: Entry,
    existing: Sequence[Entry],
    *,
    windows: Windows,
    holidays: Container[date],
    now: datetime,
    until: datetime,
) -> Planned:
    """The airings, conflicts and refusals that concern `proposed`, were it approved `now`.

    It takes the place of an existing entry with the same id. Starts before `now` are not planned:
    `rule_check.problems` says so to the person.
    """
    others = [entry for entry in existing if entry.id != proposed.id]
    whole = plan([*others, proposed], windows, holidays, now, until)
    return Planned(
        airings=[a for a in whole.airings if a.entry.id == proposed.id],
        conflicts=[c for c in whole.conflicts if proposed.id in (c.winner.id, c.loser.id)],
        refused=[r for r in whole.refused if r.entry.id == proposed.id],
    )
