"""What was measured while an airing sounded: values only, and how they grow."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from contract.proofs import Proof
from station_agent.evidence import current, line, sound
from station_agent.evidence.correlation import Sums
from station_agent.evidence.ear_known import Kind
from station_agent.evidence.listening import Sound
from station_agent.evidence.timeline import SLOT_NS
from station_agent.hardware.readings import BoardReading
from station_agent.player import wire

KEPT = 40  # slots: four seconds, for what a busy machine reads late
WAITING = 8  # readings, four seconds: the player tells its levels once a second


class Expected(Struct, frozen=True, kw_only=True):
    """What a technician has measured when the station was fitted; None: nobody has."""

    idle_ma: int | None = None  # the amplifier, on and silent
    line_ma: int | None = None  # the pilot on a line in good order
    ear: Kind | None = None


class Gathered(Struct, frozen=True, kw_only=True):
    """Of one airing. `levels` are the last amplitudes (0 to 1) of its run, slot `begun` first."""

    first_ns: int = 0
    begun: int = 0
    levels: tuple[float, ...] = ()
    waiting: tuple[tuple[int, int], ...] = ()  # (mono_ns, mA) whose levels are not told yet
    sums: tuple[Sums, ...] = (Sums(),) * len(current.VIEWS)
    looks: Mapping[str, int] = {}
    sounds: Mapping[Sound, int] = {}

    def start(self, word: wire.Started) -> "Gathered":
        """Another run of the airing has begun."""
        return replace(self, first_ns=word.first_ns, begun=0, levels=(), waiting=())

    def hear(self, word: wire.Progress) -> "Gathered":
        """The player tells how loud it was."""
        if word.first_level != self.begun + len(self.levels):
            return self  # of a run whose start was not seen
        levels = self.levels + tuple(10 ** (level / 20) for level in word.levels)
        dropped = max(0, len(levels) - KEPT)
        grown = replace(self, begun=self.begun + dropped, levels=levels[dropped:])
        return grown._pair()

    def look(self, reading: BoardReading, expected: Expected) -> "Gathered":
        """The board was read while the run could be heard."""
        grown = self
        if expected.idle_ma is not None and reading.amp_ma is not None:
            waiting = (*self.waiting, (reading.mono_ns, reading.amp_ma))
            grown = replace(grown, waiting=waiting[-WAITING:])
        if expected.line_ma is not None and reading.pilot_ma is not None:
            seen = line.state_of(reading.pilot_ma, expected.line_ma)
            grown = replace(grown, looks={**self.looks, seen: self.looks.get(seen, 0) + 1})
        return grown

    def listen(self, what: Sound) -> "Gathered":
        """The ear has heard a while of the airing."""
        return replace(self, sounds={**self.sounds, what: self.sounds.get(what, 0) + 1})

    def proofs(self, expected: Expected) -> tuple[Proof, ...]:
        """What it all proves, the lowest level first."""
        found = []
        if expected.idle_ma is not None:
            found.append(current.judge(self.sums, expected.idle_ma))
        if expected.line_ma is not None:
            found.append(line.judge(self.looks))
        if expected.ear is not None:
            found.append(sound.judge(self.sounds, expected.ear))
        return tuple(found)

    def _pair(self) -> "Gathered":
        """Put readings together with what sounded before them."""
        sums, later = self.sums, []
        end = self.begun + len(self.levels)
        for mono_ns, ma in self.waiting:
            slot = (mono_ns - self.first_ns) // SLOT_NS
            if slot >= end:
                later.append((mono_ns, ma))
            elif slot >= self.begun:
                known = slot + 1 - self.begun
                before = self.levels[max(0, known - current.BACK) : known]
                sums = current.pair(sums, before, ma)
        return replace(self, sums=sums, waiting=tuple(later))
