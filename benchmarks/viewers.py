"""Live viewers on one web process: what they cost, how long they wait, how soon they see.

    python -m benchmarks.viewers [--viewers 200] [--streams 20] [--stations 3000] [--seconds 60]

All watch the whole province. As many as the cap follow the wall of tiles by a stream, the others
ask every ten seconds with the ETag they have, and everybody's page asks for its bar. A third of the
stations sound; twice a second another one begins or ends, in the database as a report writes it.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from urllib.request import urlopen

from msgspec import Struct
from sqlalchemy import update

from benchmarks.pages import signed_in
from benchmarks.process_tree import PeakOfTree, cpu_s
from benchmarks.province import Made, Size, make
from benchmarks.viewer import WALL_EVERY_S, Seen, Viewer
from controller.demo.free_ports import any_free_port
from controller.model import StationState
from controller.settings import Settings
from controller.store import Store, migrate
from web import create_app

THREADS = 48  # as controller.demo.programs starts it
CHANGE_EVERY_S = 0.5
READY_S = 30


class Bench(Struct, frozen=True):
    """How many of what."""

    viewers: int
    streams: int
    seconds: float


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--viewers", type=int, default=200)
    parser.add_argument("--streams", type=int, default=Settings().live_streams)
    parser.add_argument("--stations", type=int, default=3_000)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    bench = Bench(given.viewers, given.streams, given.seconds)
    with tempfile.TemporaryDirectory(prefix="tt-viewers-") as folder:
        settings = Settings(data=Path(folder), live_streams=given.streams)
        store = Store(settings.database)
        migrate.upgrade(store)
        size = Size(stations=given.stations, verdicts=given.stations * 20)
        made = make(store, size, datetime.now(UTC))
        stations = _begin(store, made)
        cookie = _cookie(settings, store, made)
        with _web(settings, bench) as (address, pid), PeakOfTree(pid) as peak:
            seen, cores = asyncio.run(
                _watch(bench, address, cookie, _Changes(store, stations), pid)
            )
        store.close()
    print(f"{given.viewers} viewers of {given.stations} stations, {bench.seconds:.0f} s")
    print(f"streams open              {seen.streams}")
    print(f"answers by status         {seen.statuses}")
    print(f"processor                 {cores * 100:.0f} % of a core")
    print(f"memory                    {peak.together_mb:.0f} MB")
    for name, values, unit in (
        ("wall asked, ms", seen.asks, 1000),
        ("bar asked, ms", seen.bars, 1000),
        ("change seen by stream, s", seen.by_stream, 1),
        ("change seen by asking, s", seen.by_asking, 1),
    ):
        print(f"{name:26}{_figures([value * unit for value in values])}")
    return 0


def _figures(values: list[float]) -> str:
    if len(values) < 2:
        return "not seen"
    return f"p50 {median(values):.1f}  p95 {quantiles(values, n=20)[-1]:.1f}  ({len(values)})"


def _begin(store: Store, made: Made) -> list[str]:
    """All that are online stay so, and every third sounds; gives them."""
    heard = datetime.now(UTC) + timedelta(hours=1)
    with store.writing() as session:
        alive = update(StationState).where(StationState.online).values(seen_at=heard)
        stations = sorted(session.scalars(alive.returning(StationState.station_id)))
        for station in stations[::3]:
            session.get_one(StationState, station).on_air = {"airing": made.airing}
    return stations


class _Changes:
    """One station after the other begins or ends; `at` is when, by (station, standing)."""

    def __init__(self, store: Store, stations: list[str]) -> None:
        self._store, self._stations = store, stations
        self._rng = random.Random(5)
        self.at: dict[tuple[str, str], float] = {}

    async def go_on(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.to_thread(self._change)
            await asyncio.sleep(CHANGE_EVERY_S)

    def _change(self) -> None:
        station = self._rng.choice(self._stations)
        with self._store.writing() as session:
            row = session.get_one(StationState, station)
            stand = "ready" if row.on_air else "playing"
            row.on_air = None if row.on_air else {"airing": "luot-0"}
        self.at[station, stand] = time.monotonic()


async def _watch(
    bench: Bench, address: str, cookie: str, changes: _Changes, pid: int
) -> tuple[Seen, float]:
    """What was seen, and the cores that the server used in the second half, all being there."""
    rng, seen = random.Random(7), Seen()
    viewers = [Viewer(address, cookie, seen, changes.at) for _ in range(bench.viewers)]
    tasks = [asyncio.create_task(one.watch(rng.random() * WALL_EVERY_S)) for one in viewers]
    tasks.append(asyncio.create_task(changes.go_on()))
    await asyncio.sleep(WALL_EVERY_S)  # they come one after the other
    seen.asks.clear()
    seen.bars.clear()
    begun, used = time.monotonic(), cpu_s(pid)
    await asyncio.sleep(bench.seconds)
    cores = (cpu_s(pid) - used) / (time.monotonic() - begun)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if error is not None and not isinstance(error, asyncio.CancelledError):
            print(f"a viewer gave up: {error!r}", file=sys.stderr)
    return seen, cores


def _cookie(settings: Settings, store: Store, made: Made) -> str:
    """What a signed-in browser of the province shows."""
    client = create_app(settings, store).test_client()
    with client.session_transaction() as cookie:
        cookie["token"] = signed_in(store, made.people["technician"], datetime.now(UTC))
    held = client.get_cookie("tt_session")
    return f"tt_session={held.value if held else ''}"


@contextmanager
def _web(settings: Settings, bench: Bench) -> Iterator[tuple[str, int]]:
    """Gunicorn as the demonstration starts it: its address and process."""
    address = f"127.0.0.1:{any_free_port()}"
    here = {"TT_DATA": str(settings.data), "TT_LIVE_STREAMS": str(bench.streams)}
    words = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "1"]
    words += ["--threads", str(THREADS), "--no-control-socket", "--graceful-timeout", "3"]
    words += ["--bind", address, "--log-level", "warning", "web.wsgi:app"]
    process = subprocess.Popen(words, env=os.environ | here)
    try:
        _wait(f"http://{address}/healthz")
        yield f"http://{address}", process.pid
    finally:
        process.terminate()
        process.wait()


def _wait(url: str) -> None:
    until = time.monotonic() + READY_S
    while time.monotonic() < until:
        try:
            urlopen(url).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)


if __name__ == "__main__":
    raise SystemExit(main())
