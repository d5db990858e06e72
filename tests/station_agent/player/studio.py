"""An engine with a card that runs on virtual time: hours pass in no time, to the sample."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from contract.states import Profile
from station_agent.player.engine import Engine
from station_agent.player.errors import SinkError
from station_agent.player.instants import NS_PER_MS, samples_in
from station_agent.player.ports import Block, Source
from station_agent.player.shaping import shaped
from station_agent.player.sinks.file import FileSink
from station_agent.player.wire import Ended, Event, Play
from tests.fakes.sound import MemorySource, VirtualPace
from tests.station_agent.player.recordings import Samples, read_wav

E = TypeVar("E", bound=Event)


class UnpluggableSink(FileSink):
    """A card that can be pulled out."""

    plugged = True

    def trigger_unplugged(self) -> None:
        self.plugged = False

    def write(self, block: Block) -> int:
        if not self.plugged:
            raise SinkError("no such device")
        return super().write(block)


class Studio:
    """Give it plays of the arrays in `recordings`, let it run, look at what the card heard."""

    def __init__(self, tmp_path: Path, profile: Profile = Profile.FLAT) -> None:
        self.pace = VirtualPace()
        self.recordings: dict[str, Source] = {}
        self.events: list[Event] = []
        self.opened: list[UnpluggableSink] = []
        self.output = tmp_path / "card"
        self.capture = tmp_path / "capture"
        self.engine = Engine(
            lambda wanted: shaped(self._open_sink, wanted or profile)(),
            self._open_source,
            self.events.append,
            self.capture,
            self.pace.now,
        )

    def play(self, run: str, samples: Samples, in_ms: int | None = None, **fields: object) -> int:
        """Ask for a run, `in_ms` from now; returns its instant."""
        at = None if in_ms is None else self.pace.now() + in_ms * NS_PER_MS
        self.recordings.setdefault(run, MemorySource(samples))
        order = {"run": run, "path": run, "sha256": "0" * 64, "at_monotonic_ns": at, **fields}
        self.engine.obey(Play(**order))  # type: ignore[arg-type] # a test's own fields
        return at or self.pace.now()

    def run_for(self, ms: int) -> None:
        """Let the engine work, and sleep when it has nothing to do."""
        self.run_until(lambda: False, ms)

    def run_until(self, happened: Callable[[], bool], ms: int = 3_600_000) -> None:
        """Let the engine work until something has happened, at most so long."""
        end = self.pace.now() + ms * NS_PER_MS
        while not happened() and not self.engine.over and self.pace.now() < end:
            rest_s = self.engine.rest_s()
            if rest_s is None:
                self.pace.sleep_until(end)
                return
            self.pace.sleep_until(min(end, self.pace.now() + round(rest_s * 1e9)))
            self.engine.turn()

    def run_out(self) -> None:
        """Let the engine work until everything has ended and the card is closed."""
        self.run_until(lambda: self.engine.rest_s() is None)

    def told(self, kind: type[E]) -> list[E]:
        """Return the events of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def ended(self, run: str) -> Ended:
        """Return how the run ended: it must have, once."""
        (ended,) = [event for event in self.told(Ended) if event.run == run]
        return ended

    def heard(self, at_ns: int, count: int) -> Samples:
        """Return what the card played from an instant on."""
        for path in sorted(self.output.iterdir(), key=lambda path: int(path.stem), reverse=True):
            start = samples_in(at_ns - int(path.stem))
            if start >= 0:
                samples = read_wav(path)[start : start + count]
                return np.concatenate([samples, np.zeros(count - len(samples), np.float32)])
        return np.zeros(count, np.float32)

    def _open_sink(self) -> UnpluggableSink:
        self.opened.append(UnpluggableSink(self.output, self.pace))
        return self.opened[-1]

    def _open_source(self, play: Play) -> Source:
        source = self.recordings[play.run]
        if play.offset_samples:
            source.read(play.offset_samples)
        return source
