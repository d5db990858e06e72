"""The parts that sound: what starts a player process with its sink, profile and capture."""

from functools import partial

from contract.states import Profile
from station_agent.fitting.sounder import Hearing, PlayerSounder
from station_agent.inputs import Inbox
from station_agent.player.client import PlayerProcess
from station_agent.player_words import hear
from station_agent.settings import Settings


def make_sounder(settings: Settings, inbox: Inbox) -> PlayerSounder:
    """What starts players, whose words go to the inbox, and sounds the rig's codes on them."""
    profile = Profile(settings.profile)
    wired = {"line": settings.line_input, "fm": settings.fm_input}
    inputs = {name: device for name, device in wired.items() if device is not None}

    def make(hearing: Hearing) -> PlayerProcess:
        return PlayerProcess(settings.sink, hearing, settings.capture, profile, inputs)

    return PlayerSounder(make, partial(hear, inbox))
