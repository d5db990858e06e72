"""`./run campaign`: notices and emergencies air while faults happen; then all is healed and judged.

Real broker, controller, web and stations: one with the true firmware of the I/O board, one with a
disk that can be cut, one in a network of its own and with a clock that can be set. Prints its
seed; the last line tells the count of faults and of violations. It needs root. Ctrl-C ends it
after the airing of that moment, with a judgement.
"""

import argparse
import secrets
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from msgspec import structs

from benchmarks.faults import Nemesis, where
from benchmarks.invariants import runs_of, violations
from benchmarks.ledger import faults_in_the_books
from benchmarks.saboteur import Fault, Saboteur, kill
from benchmarks.surroundings import Surroundings
from contract.states import AiringState, Class
from controller import emergency
from controller.demo import once, sample
from controller.demo import road as roads
from controller.demo.layout import on_free_ports
from controller.demo.progress import say
from controller.demo.road import Road
from controller.demo.village import Village, running
from controller.settings import Settings

NOTICE = "Mời họp thôn.\nKính mời bà con đến nhà văn hóa lúc bảy giờ tối nay."
WARNING = "Thông báo khẩn. Nước lên nhanh. Bà con ven suối lên cao ngay."

FAULTS_AN_AIRING = 12  # so that one meets the recovery from another
EMERGENCY_EVERY = 3  # of so many airings one is an emergency
WITHIN_S = 20.0
"""From the first word to about the end of the audio of the short notice."""
STRUCK_WITHIN_S = 300.0  # each fault of an airing has its own time, a power cut the most
STATIONS = 3
QUIET_S = 6.0
"""After a cancelled emergency, agents that were killed are back within this time."""


class Campaign:
    """One run over a village; `found` are the violations."""

    def __init__(self, village: Village, around: Surroundings, random: Random) -> None:
        self.village, self.random = village, random
        self.nemesis, self.around = Nemesis(village, around, random), around
        self.road: Road = once.road_of(village)
        self.stations = [row.id for row in sample.stations(STATIONS, 0)]
        self.bulletins: list[str] = []
        self.struck: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self._enough = False

    def end_soon(self) -> None:
        """No faults after those of this airing; judgement then."""
        self._enough = True

    def run(self, count: int) -> list[str]:
        """So many faults, then peace, then judgement."""
        while self.struck.total() < count and not self._enough:
            self._air(min(FAULTS_AN_AIRING, count - self.struck.total()))
            say(f"{self.struck.total()}/{count}: {dict(self.verdicts)}")
        say(f"faults {dict(self.struck)}")
        found = self._cancelled()
        wait = self.village.supervisor.wait_until
        wait(lambda: _all_closed(self.road, self.bulletins), 2 * once.JUDGED_WITHIN_S)
        found += violations(self.village, self.around, self.stations, self.nemesis.agents_killed)
        return found + faults_in_the_books(self.village, self.bulletins, self.stations)

    def _air(self, share: int) -> None:
        saboteur = Saboteur(self.nemesis.strike, self._faults(share))
        saboteur.start()
        if len(self.bulletins) % EMERGENCY_EVERY == 1:
            self._sound(WARNING, Class.EMERGENCY)
        else:
            self._sound(NOTICE, Class.NORMAL)
        self.village.supervisor.wait_until(lambda: not saboteur.is_alive(), STRUCK_WITHIN_S)
        if saboteur.error is not None:
            raise saboteur.error
        self.struck.update(fault.part for fault in saboteur.done)

    def _faults(self, share: int) -> list[Fault]:
        moments = sorted(self.random.uniform(0, WITHIN_S) for _ in range(share))
        kinds = [self.random.choice(self.nemesis.kinds) for _ in moments]
        return [
            Fault(at_s, kind, where(kind, self.random, self.stations))
            for at_s, kind in zip(moments, kinds, strict=True)
        ]

    def _sound(self, text: str, cls: Class) -> str:
        """Take a bulletin from its first word to the verdict of every station; gives the airing."""
        bulletin = once.voice(self.village, self.road, text, cls)
        self.bulletins.append(bulletin)
        roads.submit(self.road, bulletin, once.clock() + once.START_AHEAD)
        roads.approve(self.road, bulletin)
        self.village.nudge()
        airing = once.planned(self.village, self.road, bulletin)
        once.judged(self.village, self.road, airing, STATIONS)
        found = roads.verdicts(self.road, bulletin)
        self.verdicts.update(row.verdict for row in found)
        return airing.id

    def _cancelled(self) -> list[str]:
        """I4: an emergency that was ended stays silent, whatever happens to the agents then."""
        bulletin = once.voice(self.village, self.road, " ".join([WARNING] * 3), Class.EMERGENCY)
        self.bulletins.append(bulletin)
        roads.submit(self.road, bulletin, once.clock() + once.START_AHEAD)
        roads.approve(self.road, bulletin)
        self.village.nudge()
        airing = once.planned(self.village, self.road, bulletin)
        wait = self.village.supervisor.wait_until
        wait(lambda: all(self._runs(airing.id)), once.JUDGED_WITHIN_S)
        with self.road.store.writing() as session:
            signer, now = self.road.signer, once.clock()
            emergency.all_clear(session, self.road.approver, airing.id, signer=signer, now=now)
        self.village.nudge()
        once.judged(self.village, self.road, airing, STATIONS)
        before = self._runs(airing.id)
        for station in self.stations:
            kill(self.village.layout.data, Fault(0, "agent", station))
        quiet = time.monotonic() + QUIET_S
        wait(lambda: time.monotonic() > quiet, 2 * QUIET_S)
        after = self._runs(airing.id)
        return [] if after == before else [f"I4: {airing.id} went on after its end: {after} runs"]

    def _runs(self, airing: str) -> list[int]:
        home = self.village.layout.station
        return [runs_of(home(station) / "capture", airing) for station in self.stations]


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when nothing was violated."""
    parser = argparse.ArgumentParser(prog="./run campaign", description=__doc__)
    parser.add_argument("--faults", type=int, default=30, help="how many")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args(argv)
    say(f"campaign: {options.faults} faults, seed {options.seed}")
    data = Path(tempfile.mkdtemp(prefix="campaign-"))
    layout = on_free_ports(structs.replace(Settings(), data=data))
    with (
        Surroundings() as around,
        running(layout, sample.stations(STATIONS, 0), "null", around.make_station) as village,
    ):
        campaign = Campaign(village, around, Random(options.seed))
        signal.signal(signal.SIGINT, lambda *_: campaign.end_soon())
        found = campaign.run(options.faults)
    for one in found:
        say(f"  ✗ {one}")
    say(f"seed {options.seed}, data in {data}, {around.folder}")
    print(f"{campaign.struck.total()} faults, {len(found)} violations", flush=True)
    return 1 if found else 0


def _all_closed(road: Road, bulletins: list[str]) -> bool:
    states = [airing.state for name in bulletins for airing in roads.airings(road, name)]
    return all(state == AiringState.CLOSED for state in states)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
