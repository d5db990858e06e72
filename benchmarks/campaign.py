"""`./run campaign`: bulletins air one after another while parts of the system are killed.

The bar: every airing ends in exactly one verdict on every station, none doubled, none untrue.
"""

import argparse
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from msgspec import structs

from benchmarks.ledger import faults_in_the_books
from benchmarks.saboteur import Saboteur, plan_faults
from contract.states import AiringState
from controller.demo import once, sample
from controller.demo import road as roads
from controller.demo.layout import on_free_ports
from controller.demo.progress import say
from controller.demo.road import Road
from controller.demo.village import Village, running
from controller.settings import Settings

NOTICE = Path(__file__).parents[1] / "tests" / "system" / "notice.txt"

FAULTS_AN_AIRING = 2  # so that one meets the recovery from another

WITHIN_S = 24.0
"""From the first word to about the end of the audio of the short notice."""


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when the books are true."""
    parser = argparse.ArgumentParser(prog="./run campaign", description=__doc__)
    parser.add_argument("--faults", type=int, default=20, help="how many kills")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--stations", type=int, default=3)
    options = parser.parse_args(argv)
    say(f"campaign: {options.faults} faults, seed {options.seed}")
    data = Path(tempfile.mkdtemp(prefix="campaign-"))
    layout = on_free_ports(structs.replace(Settings(), data=data))
    stations = sample.stations(in_suoi_may=options.stations, in_na_may=0)
    with running(layout, stations, "null") as village:
        found = _campaign(village, Random(options.seed), options.faults, [s.id for s in stations])
    for fault in found:
        say(f"  ✗ {fault}")
    say(f"campaign: seed {options.seed}, {len(found)} faults in the books, data in {data}")
    return 1 if found else 0


def _campaign(village: Village, random: Random, count: int, stations: list[str]) -> list[str]:
    road = once.road_of(village)
    bulletins: list[str] = []
    verdicts: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    while sum(killed.values()) < count:
        share = min(FAULTS_AN_AIRING, count - sum(killed.values()))
        saboteur = Saboteur(village.layout.data, plan_faults(random, share, WITHIN_S, stations))
        saboteur.start()
        outcome = once.walk(village, road, NOTICE.read_text(encoding="utf-8"), len(stations))
        village.supervisor.wait_until(lambda: not saboteur.is_alive(), WITHIN_S)  # noqa: B023 - waited for at once
        killed.update(fault.part for fault in saboteur.done)
        bulletins.append(outcome.bulletin_id)
        verdicts.update(station.verdict for station in outcome.stations)
        told = ", ".join(f"{f.part} at {f.after_s:.1f} s" for f in saboteur.done)
        say(f"{sum(killed.values())}/{count}: {told}; {dict(verdicts)}")
    say(f"killed {dict(killed)}; verdicts {dict(verdicts)}")
    village.supervisor.wait_until(lambda: _all_closed(road, bulletins), once.JUDGED_WITHIN_S)
    return faults_in_the_books(village, bulletins, stations)


def _all_closed(road: Road, bulletins: list[str]) -> bool:
    states = [airing.state for name in bulletins for airing in roads.airings(road, name)]
    return all(state == AiringState.CLOSED for state in states)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
