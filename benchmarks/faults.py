"""The faults of the campaign: what each does to a running village, and how it is healed."""

import time
from collections.abc import Callable
from random import Random

from benchmarks.saboteur import Fault, kill
from benchmarks.surroundings import AWAY, BOARDED, DISKED, Surroundings
from benchmarks.wire import Line
from controller.demo.village import Village
from tests.fakes.cut_disk import CannotCut

KILLED = ("controller", "web", "broker", "agent", "player")
GONE_WITHIN_S = 20.0


class Nemesis:
    """Carries out one fault at a time, to its end: what it broke is healed when `strike` returns.

    `random` chooses how long a fault lasts and what it is made of.
    """

    def __init__(self, village: Village, around: Surroundings, random: Random) -> None:
        self.village, self.around, self._random = village, around, random
        self.agents_killed: list[tuple[str, int]] = []  # station, unix ns
        self._kinds: dict[str, Callable[[str], None]] = {
            **dict.fromkeys(KILLED, self._nothing),
            "link silent": lambda station: self._wire(station, Line.SILENT),
            "link slow": lambda station: self._wire(station, Line.SLOW),
            "link reset": lambda station: self._wire(station, Line.REFUSED),
            "link pulled": self._pull_link,
            "clock": self._jump,
            "serial garbage": self._garbage,
            "serial pulled": self._pull_cable,
            "disk full": self._fill,
            "power cut": self._cut_power,
        }

    @property
    def kinds(self) -> list[str]:
        """All that can happen."""
        return list(self._kinds)

    def strike(self, fault: Fault) -> None:
        """Do it, and heal it."""
        if fault.part in KILLED:
            self._kill(fault)
        else:
            self._kinds[fault.part](fault.station)

    def _nothing(self, station: str) -> None:
        """A kill is healed by the supervisor."""

    def _kill(self, fault: Fault) -> None:
        until = time.monotonic() + GONE_WITHIN_S
        while not kill(self.village.layout.data, fault) and time.monotonic() < until:
            time.sleep(0.05)  # it is just being started
        if fault.part == "agent":
            self.agents_killed.append((fault.station, time.time_ns()))

    def _last(self, most_s: float) -> None:
        time.sleep(self._random.uniform(0.2, most_s))

    def _wire(self, station: str, line: Line) -> None:
        wires = self.around.wires[station]
        for wire in wires:
            wire.become(line)
        self._last(4)
        for wire in wires:
            wire.become(Line.GOOD)

    def _pull_link(self, _station: str) -> None:
        self.around.net.pull()
        self._last(4)
        self.around.net.plug()

    def _jump(self, _station: str) -> None:
        self.around.set_clock(self._random.choice((-7200, -40, -3, 3, 40, 7200)))
        self._last(4)
        self.around.set_clock(0)

    def _garbage(self, _station: str) -> None:
        cable = self.around.board.cable
        for _ in range(self._random.randint(1, 20)):
            noise = self._random.randbytes(self._random.randint(1, 80))
            self._random.choice((cable.to_near, cable.to_far))(noise)
            time.sleep(0.05)

    def _pull_cable(self, _station: str) -> None:
        self.around.board.cable.pull()
        self._last(3)
        self.around.board.cable.plug()

    def _fill(self, _station: str) -> None:
        ballast = self.around.disk.fill()
        self._last(3)
        ballast.unlink()

    def _cut_power(self, _station: str) -> None:
        """The box is off until its settings are back: nothing can start on a disk that is out."""
        config = self.around.configs[DISKED]
        away = config.with_suffix(".off")
        config.rename(away)
        self.around.disk.cut()
        for part in ("player", "agent"):
            kill(self.village.layout.data, Fault(0, part, DISKED))
        time.sleep(0.3)
        self._mend()
        away.rename(config)

    def _mend(self) -> None:
        until = time.monotonic() + GONE_WITHIN_S
        while True:
            try:
                self.around.disk.mend()
            except CannotCut:  # a player that still fades out holds a recording open
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return


def where(kind: str, random: Random, stations: list[str]) -> str:
    """The station that a kind of fault can happen to."""
    if kind.startswith("serial"):
        return BOARDED
    if kind in {"disk full", "power cut"}:
        return DISKED
    if kind in {"link pulled", "clock"}:
        return AWAY
    return random.choice(stations)
