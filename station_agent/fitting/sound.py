"""The parts that sound: what starts a player process with its sink, profile and capture."""

from collections.abc import Callable
from functools import partial

from station_agent.inputs import Inbox
from station_agent.player.client import PlayerProcess
from station_agent.player.profile import Profile
from station_agent.player_words import hear
from station_agent.settings import Settings


def make_player(settings: Settings, inbox: Inbox) -> Callable[[], PlayerProcess]:
    """What starts a player; its words go to the inbox."""
    hearing = partial(hear, inbox)
    profile = Profile(settings.profile)
    return lambda: PlayerProcess(settings.sink, hearing, settings.capture, profile)
