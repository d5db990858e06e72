"""The parts that reach the server: the link to the broker and the way to the recordings."""

from station_agent import presence
from station_agent.download import Media
from station_agent.inputs import Inbox
from station_agent.link.mqtt import MqttLink, read_address
from station_agent.settings import Settings
from station_agent.shelf import DiskShelf
from station_agent.state import Moment


def make_link(settings: Settings, inbox: Inbox, boot: str, journal: str, at: Moment) -> MqttLink:
    """The link, with the last will of this start of the agent. Raises LinkError."""
    station = settings.station
    address = read_address(settings.broker_url.reveal(), station, settings.secret)
    will = presence.offline(station, boot, journal, at)
    return MqttLink(address, presence.message(will), inbox.put)


def make_shelf(settings: Settings, inbox: Inbox) -> DiskShelf:
    """The recordings on the disk, and where they are fetched from."""
    media = Media(settings.media_url, settings.station, settings.secret)
    reserve_bytes = settings.reserve_mb * 1_000_000
    return DiskShelf(settings.data / "recordings", media, inbox.put, reserve_bytes)
