"""Preview: what a bulletin would do to the air, shown to its author before it is saved."""

import math
from datetime import datetime, timedelta

from msgspec import structs
from sqlalchemy.orm import Session

from contract.precedence import Standing
from contract.states import Class, Resume
from controller.approval import release_span
from controller.approved import read_approved
from controller.areas import local_day
from controller.bulletins import holidays
from controller.drafts import Draft, heard
from controller.fleet import Fleet, read_fleet_for
from controller.model import Recording
from controller.permissions import Permission, Who, require
from controller.placed import entries, read_places
from scheduler import preview as scheduler_preview
from scheduler.airing import LIVE_RANK, Entry
from scheduler.planner import Planned

AHEAD = timedelta(days=10)  # what a plan covers

CHARACTERS_A_SECOND = 11.7
"""Measured with the built-in voice: guesses how long a text will be before it has a recording."""

SHORTEST_MS = 5_000  # the chime and a word: what a draft without a text is taken for


def preview(
    session: Session,
    asking: Who,
    draft: Draft,
    *,
    now: datetime,
    bulletin_id: str = "",
    recording_sha256: str | None = None,
) -> Planned:
    """The airings, conflicts and refusals of the next ten days, were the draft approved now.

    `bulletin_id` names the bulletin whose approved form the draft would replace. An emergency
    asks nobody, and has no preview. Raises NotFound for places out of reach.
    """
    require_composer(session, asking, draft, now)
    fleet = read_fleet_for(session, draft.targets, local_day(now))
    proposed = entry_of(
        session, fleet, draft, now, bulletin_id=bulletin_id, recording_sha256=recording_sha256
    )
    if proposed is None:
        return Planned(airings=[], conflicts=[], refused=[])
    return of_entry(session, fleet, proposed, bulletin_id, now)


def require_composer(session: Session, asking: Who, draft: Draft, now: datetime) -> None:
    """Raises NotFound for places out of reach."""
    places = {draft.area_id, *draft.targets}
    require(session, asking, Permission.COMPOSE, places, local_day(now))


def entry_of(
    session: Session,
    fleet: Fleet,
    draft: Draft,
    now: datetime,
    *,
    bulletin_id: str = "",
    recording_sha256: str | None = None,
) -> Entry | None:
    """What the planner would be given, were the draft approved now; None when nothing is left."""
    off, ends = holidays(session), draft.expires_on
    span = release_span(draft.rule, now, off, expires_on=ends)
    if span is None or draft.cls is Class.EMERGENCY:
        return None
    targets = fleet.under(draft.targets)
    if draft.cls is Class.NORMAL:
        targets = fleet.unasked(draft.area_id, draft.targets)
    rank, resume = (LIVE_RANK, Resume.JOIN) if draft.relay_source else (0, Resume.AT_CUT)
    return Entry(
        standing=Standing(id=bulletin_id or "draft", cls=draft.cls, rank=rank, since=now),
        title=draft.title,
        rule=heard(draft),
        duration_ms=duration_ms(session, draft, recording_sha256),
        targets=targets,
        released_from=span[0],
        released_until=span[1],
        resume=resume,
        live=bool(draft.relay_source),
    )


def of_entry(
    session: Session, fleet: Fleet, proposed: Entry, bulletin_id: str, now: datetime
) -> Planned:
    """The same for an entry that takes the place of what is approved of this bulletin."""
    return scheduler_preview.preview(
        proposed,
        neighbours(session, fleet, proposed, bulletin_id, now),
        windows={station: fleet.windows[station] for station in proposed.targets},
        holidays=holidays(session),
        now=now,
        until=now + AHEAD,
    )


def neighbours(
    session: Session, fleet: Fleet, proposed: Entry, bulletin_id: str, now: datetime
) -> list[Entry]:
    """What is approved for some of the same stations, narrowed to them."""
    found = []
    places = read_places(session)
    chains = {name for station in proposed.targets for name in (station, *fleet.chains[station])}
    for approved in read_approved(session, now, near=chains):
        for entry in entries(approved, fleet, places):
            shared = entry.targets & proposed.targets
            if shared and approved.bulletin_id != bulletin_id:
                found.append(structs.replace(entry, targets=shared))
    return found


def duration_ms(session: Session, draft: Draft, recording_sha256: str | None) -> int:
    """A relay's slot; else that of its recording, or a guess from the length of its text."""
    if draft.relay_source:
        return max(1, draft.relay_s * 1_000)
    recording = session.get(Recording, recording_sha256) if recording_sha256 else None
    if recording is not None:
        return math.ceil(recording.samples / 48)
    characters = len(draft.text) * (2 if draft.craft.repeat else 1)
    return max(SHORTEST_MS, math.ceil(1000 * characters / CHARACTERS_A_SECOND))
