"""`./run bench footprint`: what an idle station costs, and what it holds after it has played.

The bar: agent and player at most 60 MB resident each, and at most 1 % of a core each when idle.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.memory import resident_mb
from benchmarks.reaction import AHEAD, PROGRAMME, living_station, tone
from benchmarks.saboteur import children
from tests.fakes.box_world import topic_of
from tests.fakes.station import Station

RESIDENT_MB, CORE_PERCENT = 60.0, 1.0
PLAYED_S = 5.0  # an idle station is one that has played, and has opened what that takes


def main(argv: Sequence[str]) -> int:
    """The exit code: 0 when all is inside the bar."""
    parser = argparse.ArgumentParser(prog="./run bench footprint", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long it is watched")
    parser.add_argument("--board", action="store_true", help="with the board's firmware")
    options = parser.parse_args(argv)
    with living_station(board=options.board) as station:
        _play(station)
        assert station.process is not None
        agent = station.process.pid
        pids = {"agent": agent, "player": children(agent)[0]}
        time.sleep(5)  # what follows the end of an item is no idling
        shares = cpu_percent(pids, options.seconds)
        inside = [_tell(name, resident_mb(pid), shares[name]) for name, pid in pids.items()]
    return 0 if all(inside) else 1


def cpu_percent(pids: dict[str, int], seconds: float) -> dict[str, float]:
    """The part of one core that each process takes over so long."""
    before = {name: _cpu_s(pid) for name, pid in pids.items()}
    begun = time.monotonic()
    time.sleep(seconds)
    passed = time.monotonic() - begun
    return {name: (_cpu_s(pid) - before[name]) / passed * 100 for name, pid in pids.items()}


def _cpu_s(pid: int) -> float:
    """User and system time of all its threads: the sum of ns in schedstat, which ticks hide."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def _play(station: Station) -> None:
    sound = tone(station, PROGRAMME, PLAYED_S)
    item = station.issuer.item("tin", datetime.now(UTC) + AHEAD, sound)
    plan = station.issuer.plan((item, sound))
    station.server.say(topic_of(plan), station.issuer.write(plan), retain=True)
    station.start()
    station.ended(60)


def _tell(name: str, megabytes: float, percent: float) -> bool:
    inside = megabytes <= RESIDENT_MB and percent <= CORE_PERCENT
    print(
        f"{name}: {megabytes:.1f} MB resident (bar {RESIDENT_MB:.0f}), "
        f"{percent:.2f} % of a core when idle (bar {CORE_PERCENT:.0f}): "
        f"{'inside' if inside else 'MISSED'}",
        flush=True,
    )
    return inside


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
