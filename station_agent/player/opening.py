"""Which source a `Play` asks for: its recording, or a stream or an input taken over live."""

from collections.abc import Mapping

from station_agent.player.ports import Source, Stream
from station_agent.player.reception import Reception
from station_agent.player.relay_source import RelaySource
from station_agent.player.source import RecordingSource
from station_agent.player.unheard import Unheard
from station_agent.player.wire import Play, Relay

INPUT = "input:"  # contract.messages.Stream


def open_source(inputs: Mapping[str, str], play: Play) -> Source:
    """Return the source, which begins to make ready at once.

    `inputs` are devices by name, as in `Relay.url`.
    """
    if play.relay is None:
        return RecordingSource(play)
    return RelaySource(play, play.relay, _received(inputs, play.relay), RecordingSource)


def _received(inputs: Mapping[str, str], relay: Relay) -> Stream:
    if not relay.url.startswith(INPUT):
        return Reception("stream", relay.url, relay.silence_s, hosts=relay.hosts)
    name = relay.url.removeprefix(INPUT)
    if name not in inputs:
        return Unheard(f"Cụm loa không có ngõ vào {name}")
    return Reception("input", inputs[name], relay.silence_s)
