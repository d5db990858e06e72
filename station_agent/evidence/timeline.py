"""Levels by the tenth of a second of CLOCK_MONOTONIC; pure."""

from collections.abc import Sequence

from msgspec import Struct

SLOT_NS = 100_000_000
KEPT = 100  # slots: a window, the longest delay, and what a busy machine tells late
NOTHING = -120.0


class Timeline(Struct, frozen=True):
    """`levels` in dBFS, the first of slot `begun`; what nobody told of is NOTHING."""

    begun: int = 0
    levels: tuple[float, ...] = ()

    @property
    def end(self) -> int:
        """The slot after the last."""
        return self.begun + len(self.levels)

    def plus(self, slot: int, levels: Sequence[float]) -> "Timeline":
        """With levels from `slot` on; older ones are dropped, what comes late or twice too."""
        levels = levels[max(0, self.end - slot) :] if self.levels else levels
        slot = max(slot, self.end)
        if not levels:
            return self
        if not self.levels or slot - self.end > KEPT:
            return Timeline(slot, tuple(levels[-KEPT:]))
        filled = (*self.levels, *[NOTHING] * (slot - self.end), *levels)
        dropped = max(0, len(filled) - KEPT)
        return Timeline(self.begun + dropped, filled[dropped:])

    def window(self, begin: int, end: int) -> tuple[float, ...]:
        """The levels of these slots; () when they are not all here."""
        if begin < self.begun or end > self.end:
            return ()
        return self.levels[begin - self.begun : end - self.begun]
