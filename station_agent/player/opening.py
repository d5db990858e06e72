"""Which source a `Play` asks for: its recording, or a stream taken over live."""

from station_agent.player.ports import Source
from station_agent.player.relay_source import RelaySource
from station_agent.player.source import RecordingSource
from station_agent.player.wire import Play


def open_source(play: Play) -> Source:
    """Return the source, which begins to make ready at once."""
    if play.relay is None:
        return RecordingSource(play)
    return RelaySource(play, play.relay)
