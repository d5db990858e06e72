"""Where samples go: a sound card, a file, or nowhere."""

from collections.abc import Callable
from pathlib import Path

from station_agent.player.ports import Sink
from station_agent.player.sinks.alsa import AlsaSink
from station_agent.player.sinks.file import FileSink
from station_agent.player.sinks.null import NullSink


def sink_opener(spec: str) -> Callable[[], Sink]:
    """Return what opens the sink of `file:DIR`, `null` or `alsa:DEVICE`; raises ValueError.

    Opening raises SinkError. A file sink writes one file for each time it is opened.
    """
    kind, _, where = spec.partition(":")
    if kind == "null" and not where:
        return NullSink
    if kind == "file" and where:
        return lambda: FileSink(Path(where))
    if kind == "alsa" and where:
        return lambda: AlsaSink(where)
    raise ValueError(f"not a sink: {spec!r} (file:DIR, null, alsa:DEVICE)")
