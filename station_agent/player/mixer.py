"""Mixes voices into blocks of samples: gains, fades, sums. Pure but for the sources it reads."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from station_agent.player.ports import Block, Source


@dataclass(frozen=True)
class FadeOut:
    """From which sample of the voice the sound goes down, and over how many it is gone."""

    start: int
    length: int


@dataclass(slots=True)
class Voice:
    """One recording in the mix; counts its samples from its own first one."""

    source: Source
    gain: float
    fade_in: int
    taken: int = 0
    starved: int = 0  # blocks for which the source was too slow
    fade_out: FadeOut | None = None
    over: bool = False

    def take(self, count: int) -> Block:
        """Return its next samples, at most `count`, with gain and fades on them.

        Fewer come at its end, after its fade-out, and when the source is too slow: then silence
        sounds in their place and they come later, none is lost.
        """
        if self.fade_out is not None:
            count = min(count, self.fade_out.start + self.fade_out.length - self.taken)
        samples = self.source.read(count)
        short = len(samples) < count
        shaped = samples * (self.gain * self._envelope(len(samples)))
        self.taken += len(samples)
        if self.source.ended or self._faded(short):
            self.over = True
        elif short:
            self.starved += 1
        return shaped.astype(np.float32, copy=False)

    def stop(self, fade: int) -> None:
        """Fade out over so many samples from here on; a fade already going on is not prolonged."""
        if self.fade_out is None:
            self.fade_out = FadeOut(self.taken, fade)

    def _faded(self, short: bool) -> bool:
        """A fade-out ends early when its samples do not come: nobody waits for a slow disk."""
        fade = self.fade_out
        return fade is not None and (short or self.taken >= fade.start + fade.length)

    def _envelope(self, count: int) -> Block:
        at = np.arange(self.taken, self.taken + count)
        envelope = rise(at, self.fade_in)
        if self.fade_out is not None:
            envelope = envelope * (1 - rise(at - self.fade_out.start, self.fade_out.length))
        return envelope


def rise(at: "np.ndarray[tuple[int], np.dtype[np.int_]]", length: int) -> Block:
    """Return a half cosine from 0 to 1 over `length` samples, at the samples `at`; 1 afterwards.

    Without a corner at either end, so that a cut is not heard as a click.
    """
    if length == 0:
        return np.ones(len(at), np.float32)
    phase = np.clip(at / length, 0.0, 1.0)
    return (0.5 - 0.5 * np.cos(np.pi * phase)).astype(np.float32)


def mix(parts: Iterable[tuple[int, Block]], count: int) -> Block:
    """Return `count` samples: the sum of parts, each from its own position in the block."""
    total = np.zeros(count, np.float32)
    for position, samples in parts:
        total[position : position + len(samples)] += samples
    return total


class Level:
    """The volume of everything; a change is spread over one block, so that it does not click."""

    def __init__(self) -> None:
        self._gain = self._wanted = 1.0

    def want(self, db: float) -> None:
        """Set the volume that the next block arrives at."""
        self._wanted = amplitude(db)

    def apply(self, block: Block) -> Block:
        """Return the block at this volume, clipped at full scale."""
        ramp = np.linspace(self._gain, self._wanted, len(block), dtype=np.float32)
        self._gain = self._wanted
        loud: Block = np.clip(block * ramp, -1.0, 1.0)
        return loud


def amplitude(db: float) -> float:
    """Return the factor of a gain in dB."""
    return float(10.0 ** (db / 20.0))
