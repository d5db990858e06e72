"""Sound files we made ourselves, read as streams of frames in bounded memory."""

import threading
import wave
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from queue import Empty, Queue
from typing import Protocol

import av
from av import AudioFrame
from av.filter import Graph

RATE_HZ = 48_000
# About a second of sound: enough that neither side waits for the other's bursts.
_AHEAD = 64

Filters = tuple[tuple[str, str], ...]
# Half a second at a time: two threads that pass each other 20 ms lose a fifth of their time.
LARGE = ("asetnsamples", "n=24000:p=0")


class Source(Protocol):
    """What bytes are read from, from the first to the last."""

    def read(self, size: int, /) -> bytes: ...


def decode(source: Path | Source) -> Iterator[AudioFrame]:
    """Every frame of the first audio stream of a trusted file, in its own format."""
    with av.open(str(source) if isinstance(source, Path) else source, "r") as container:
        yield from container.decode(container.streams.audio[0])


def joined(streams: Iterable[Iterable[AudioFrame]]) -> Iterator[AudioFrame]:
    """Streams of one format and rate, one after the other, as one."""
    at = 0
    for stream in streams:
        for frame in stream:
            frame.time_base = Fraction(1, frame.sample_rate)
            frame.pts = at
            at += frame.samples
            yield frame


def kept(frames: Iterable[AudioFrame], out: Path) -> Iterator[AudioFrame]:
    """The same frames (mono, s16), and all of them in `out`, a WAV file, when they have gone by."""
    with wave.open(str(out), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        for frame in frames:
            # The header is told the length at the end, not again with each frame.
            sound.writeframesraw(frame.to_ndarray().tobytes())
            yield frame


def ahead(frames: Iterable[AudioFrame]) -> Generator[AudioFrame, None, None]:
    """The same frames, made by a thread while the ones before are used: FFmpeg leaves the lock of
    the interpreter, so two cores work.
    """
    waiting: Queue[AudioFrame | Exception | None] = Queue(_AHEAD)
    over = threading.Event()

    def make() -> None:
        try:
            for frame in frames:
                waiting.put(frame)
                if over.is_set():
                    return
        except Exception as fault:  # raised where the frames are used
            waiting.put(fault)
        waiting.put(None)

    maker = threading.Thread(target=make, daemon=True)
    maker.start()
    try:
        while (made := waiting.get()) is not None:
            if isinstance(made, Exception):
                raise made
            yield made
    finally:
        over.set()
        while maker.is_alive():  # it may wait for room
            with suppress(Empty):
                waiting.get(timeout=0.01)


def through(frames: Iterable[AudioFrame], filters: Filters) -> Iterator[AudioFrame]:
    """The frames after a chain of FFmpeg filters `(name, arguments)`."""
    graph: Graph | None = None
    for frame in frames:
        graph = graph or _graph_for(frame, filters)
        graph.push(frame)
        yield from _ready(graph, av.BlockingIOError)
    if graph is not None:
        graph.push(None)
        yield from _ready(graph, av.EOFError)


def _graph_for(frame: AudioFrame, filters: Filters) -> Graph:
    graph = Graph()
    graph.threads = 1  # a render is one bounded child among several: it takes one core
    source = graph.add_abuffer(
        sample_rate=frame.sample_rate,
        format=frame.format.name,
        layout=frame.layout.name,
        time_base=Fraction(1, frame.sample_rate),
    )
    steps = [graph.add(name, arguments) for name, arguments in filters]
    graph.link_nodes(source, *steps, graph.add("abuffersink")).configure()
    return graph


def _ready(graph: Graph, until: type[Exception]) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except until:
            return
        if isinstance(frame, AudioFrame):
            yield frame
