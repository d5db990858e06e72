"""The part that replaces the agent by a newer copy of itself, where the launcher has started it."""

import os
from functools import partial
from pathlib import Path

from contract import __version__
from station_agent.inputs import Inbox
from station_agent.settings import Settings
from station_agent.updates import selftest
from station_agent.updates.keeper import Keeper
from station_agent.updates.progress import Update
from station_agent.updates.slots import Slots


def make_keeper(settings: Settings, inbox: Inbox) -> tuple[Keeper, Update] | tuple[None, None]:
    """The keeper and what is known at the start; none without a launcher or a repository."""
    folder, slot = os.environ.get("STATION_UPDATES"), os.environ.get("STATION_SLOT")
    if not folder or slot is None or settings.updates_url is None:
        return None, None
    slots = Slots(Path(folder), slot)
    source = (settings.updates_url, Path(folder) / "repository", settings.updates_root)
    at_our_door = settings.updates_url.startswith(f"{settings.media_url.rstrip('/')}/")
    papers = settings.identity if at_our_door else None
    keeper = Keeper(slots, source, papers, partial(selftest.problem, settings.trust), inbox.put)
    update = Update(running=__version__, on_trial=slots.on_trial, given_up=slots.given_up)
    return keeper, update
