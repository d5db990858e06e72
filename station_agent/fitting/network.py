"""The parts that reach the server: the link to the broker and the way to the recordings."""

from contextlib import ExitStack

from station_agent.clock import SystemClock
from station_agent.download import Media
from station_agent.fitting.identity import show_papers
from station_agent.inputs import Inbox
from station_agent.link.mqtt import MqttLink, read_address
from station_agent.settings import Settings
from station_agent.shelf import DiskShelf


def reach_server(
    settings: Settings,
    inbox: Inbox,
    clock: SystemClock,
    will: tuple[str, bytes],
    stack: ExitStack,
) -> tuple[MqttLink, DiskShelf, Media]:
    """The link, with the last will that the broker speaks for us; the recordings on the disk; the
    way to their server.

    The stack stops the first two. Raises LinkError.
    """
    tls = show_papers(settings, clock, stack)
    address = read_address(settings.broker_url.reveal(), settings.station, settings.secret)
    link = MqttLink(address, will, inbox.put, tls=tls)
    stack.callback(link.stop)
    media = Media(settings.media_url, settings.station, settings.secret, tls)
    reserve_bytes = settings.reserve_mb * 1_000_000
    shelf = DiskShelf(settings.data / "recordings", media, inbox.put, reserve_bytes)
    stack.callback(shelf.stop)
    return link, shelf, media
