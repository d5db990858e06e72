"""The station put together: settings to parts, started in order, stopped in reverse."""

import signal
from contextlib import ExitStack
from functools import partial

from contract.ids import new_id
from station_agent import presence
from station_agent.clock import SystemClock
from station_agent.download import Media
from station_agent.health import Machine
from station_agent.inputs import Inbox, StopAsked
from station_agent.journal import SqliteJournal
from station_agent.link.mqtt import MqttLink, read_address
from station_agent.player.client import PlayerProcess
from station_agent.player.profile import Profile
from station_agent.player_words import hear
from station_agent.runtime import Runtime
from station_agent.settings import Settings
from station_agent.shelf import DiskShelf
from station_agent.state import AgentState
from station_agent.trusted import load_trust
from station_agent.uplink import Uplink


def run(settings: Settings) -> None:
    """Run the station until SIGTERM or SIGINT. Raises StationError."""
    trust, clock, inbox = load_trust(settings.trust), SystemClock(), Inbox()
    settings.data.mkdir(parents=True, exist_ok=True)
    at = clock.moment()
    station, boot = settings.station, new_id(at.now)
    with ExitStack() as stack:
        # by its name: on a card copied from another station, that one's memory is not ours
        journal = SqliteJournal(settings.data / f"{station}.db", at.now)
        stack.callback(journal.close)
        address = read_address(settings.broker_url.reveal(), station, settings.secret)
        will = presence.offline(station, boot, journal.id, at)
        link = MqttLink(address, presence.message(will), inbox.put)
        stack.callback(link.stop)
        media = Media(settings.media_url, station, settings.secret)
        shelf = DiskShelf(settings.data / "recordings", media, inbox.put)
        stack.callback(shelf.stop)
        measure = Machine(settings.data).measure
        hearing = partial(hear, inbox)
        runtime = Runtime(
            AgentState(station=station, trust=trust, default_volume=settings.volume),
            inbox=inbox,
            clock=clock,
            journal=journal,
            shelf=shelf,
            link=link,
            uplink=Uplink(link, journal, measure, boot, settings.beat_s),
            start_player=lambda: PlayerProcess(
                settings.sink, hearing, settings.capture, Profile(settings.profile)
            ),
        )
        stack.callback(runtime.close)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: inbox.put(StopAsked()))
        runtime.run()
