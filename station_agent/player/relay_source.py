"""A stream taken over live, with a recording that stands in for it: one source without a gap."""

import time
from collections.abc import Callable

import numpy as np
from msgspec.structs import replace

from station_agent.player.mixer import rise
from station_agent.player.ports import Block, Relayed, Source, Stream
from station_agent.player.wire import SAMPLE_RATE, Play, Relay, Trouble

JITTER = SAMPLE_RATE  # a second in hand: streams come in packets, links stumble so long
WELL = 3 * SAMPLE_RATE  # so much sound without a fault takes a stream back that was away
# Agents ask 1.5 s ahead (beginnings.LEAD): without a stream by then, the fallback begins.
PATIENCE_S = 1.0
LATE = "Luồng không gửi tiếng kịp"
SEAM = SAMPLE_RATE // 50  # 20 ms from one to the other: no click, no word lost


class RelaySource:
    """The `Source` of a `Play` with a relay. It never starves: a slot is as long as it is.

    Read by the engine's thread only. `clock` is monotonic, in seconds.
    """

    def __init__(
        self,
        play: Play,
        relay: Relay,
        stream: Stream,
        open_recording: Callable[[Play], Source],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.trouble: tuple[Trouble, str] | None = None
        self.total_samples: int | None = relay.samples
        self.relayed: Relayed | None = Relayed()
        self._counts = self.relayed
        self._left = max(0, relay.samples - play.offset_samples)
        self._clock, self._due_s = clock, clock() + PATIENCE_S
        self._stream = stream
        self._open_recording = open_recording
        self._filling = replace(play, relay=None, offset_samples=0)
        self._fallback = open_recording(self._filling)
        self._live = False
        self._fresh = True  # nothing was read yet
        self._met = False  # the stream was heard: until then it needs no proof

    @property
    def ready(self) -> bool:
        """Whether the stream is here, or has been waited for long enough."""
        return self._stream.held >= JITTER or self._clock() >= self._due_s

    @property
    def ended(self) -> bool:
        """Whether the slot is over."""
        return self._left == 0

    def read(self, count: int) -> Block:
        """Return exactly the next samples of the slot: the stream's, else the fallback's, else
        silence."""
        count = min(count, self._left)
        self._left -= count
        live = self._choose(count)
        samples = self._take(live, count)
        if live != self._live and not self._fresh:
            samples = self._seam(samples)
        self._live, self._fresh = live, False
        self._met = self._met or live
        return samples

    def close(self) -> None:
        """Let the stream and the file go."""
        self._stream.close()
        self._fallback.close()

    def _choose(self, count: int) -> bool:
        """Whether the next samples are the stream's."""
        stream = self._stream
        if self._live:
            return stream.held >= count and not stream.silent
        if self._fresh:
            return stream.held >= JITTER and not stream.silent
        proof = WELL if self._met else JITTER
        stream.trim(JITTER)  # what is said meanwhile has passed: it is a live programme
        return stream.held >= min(JITTER, self._left) and stream.well >= proof

    def _take(self, live: bool, count: int) -> Block:
        if live and count > self._stream.held:
            # the head of a late beginning, which is left out: of a live programme nothing is
            self._counts.silent += count
            return np.zeros(count, np.float32)
        if live:
            self._counts.live += count
            return self._stream.read(count)
        samples = self._stand_in(count)
        self._counts.fault = self._stream.fault or LATE
        self._counts.fallback += len(samples)
        self._counts.silent += count - len(samples)
        return np.concatenate([samples, np.zeros(count - len(samples), np.float32)])

    def _stand_in(self, count: int) -> Block:
        """The fallback's next samples, from its beginning again at its end."""
        samples = self._fallback.read(count)
        if self._fallback.ended and self._fallback.trouble is None:
            self._fallback.close()
            self._fallback = self._open_recording(self._filling)
            samples = np.concatenate([samples, self._fallback.read(count - len(samples))])
        return samples

    def _seam(self, samples: Block) -> Block:
        """Fade in what comes, over what there still is of what goes."""
        length = min(SEAM, len(samples))
        goes = self._fallback.read(length) if not self._live else self._stream.read(length)
        shape = rise(np.arange(length), SEAM)
        samples = samples.copy()
        samples[:length] *= shape
        samples[: len(goes)] += goes * (1 - shape[: len(goes)])
        return samples
