"""`./run bench reaction`: how soon an emergency sounds, and how true a planned start is.

Measured in the samples of the file sink of a real station, while a broker, a server of recordings
and, with --board, the true firmware of the I/O board run beside it. The bar: p99 of the reaction,
from the publication of the emergency to its first sample while another programme sounds and the
amplifier is on, at most 250 ms; p99 of the error of a planned start at most 50 ms.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.ears import onsets
from contract.messages import Recording
from contract.states import Resume
from tests.fakes.board import firmware_board
from tests.fakes.box_world import topic_of
from tests.fakes.broker import Broker
from tests.fakes.issuer import Issuer
from tests.fakes.media import MediaServer
from tests.fakes.station import RATE, Station

REACTION_MS, START_MS = 250.0, 50.0
PROGRAMME, EMERGENCY = 3_000, -6_000  # levels of samples: the sign tells which of them sounds
EMERGENCY_S, SHORT_S, APART_S = 0.3, 0.2, 1.0
AHEAD = timedelta(seconds=6)  # the station starts, takes the plan and fetches the sound


def main(argv: Sequence[str]) -> int:
    """The exit code: 0 when both are inside the bar."""
    parser = argparse.ArgumentParser(prog="./run bench reaction", description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--board", action="store_true", help="with the board's firmware")
    options = parser.parse_args(argv)
    with living_station(board=options.board) as station:
        starts = start_errors_ms(station, options.times)
    with living_station(board=options.board) as station:
        reactions = reactions_ms(station, options.times)
    rig = "with the board's firmware" if options.board else "without a rig"
    inside = tell(f"reaction {rig}", reactions, options.times, REACTION_MS)
    inside &= tell(f"start error {rig}", starts, options.times, START_MS)
    return 0 if inside else 1


@contextmanager
def living_station(*, board: bool) -> Iterator[Station]:
    """A station that is not started yet, with all that it needs; ended afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tt-reaction-")))
        broker, media = Broker(folder), MediaServer()
        broker.start()
        stack.callback(broker.kill)
        stack.callback(media.close)
        station = Station(folder, broker, media, Issuer(datetime.now(UTC) - AHEAD))
        stack.callback(station.server.close)
        if board:
            cable = stack.enter_context(firmware_board(folder / "board"))
            with station.config.open("a") as config:
                config.write(f'board = "modbus:{cable.port}"\n')
        stack.callback(station.stop)
        yield station


def start_errors_ms(station: Station, times: int) -> list[float]:
    """How far each first sample was from its planned instant."""
    sound = tone(station, PROGRAMME, SHORT_S)
    first = datetime.now(UTC) + AHEAD
    gap = timedelta(seconds=APART_S + 0.013)  # not always at the same part of a second
    starts = [first + n * gap for n in range(times)]
    items = [(station.issuer.item(f"tin-{n}", at, sound), sound) for n, at in enumerate(starts)]
    _publish_plan(station, *items)
    station.start()
    for _ in starts:
        station.ended(60)
    wall_ns = time.time_ns() - time.monotonic_ns()
    heard = onsets(station.folder / "sink", +1)
    planned = [round(at.timestamp() * 1e9) - wall_ns for at in starts]
    return [min(abs(one - at) for one in heard) / 1e6 for at in planned]


def reactions_ms(station: Station, times: int) -> list[float]:
    """From each publication to the first sample, at random moments of a programme."""
    dice = np.random.default_rng(7)
    siren = tone(station, EMERGENCY, EMERGENCY_S)
    whole = tone(station, PROGRAMME, times * 3.0)
    start = datetime.now(UTC) + AHEAD
    item = station.issuer.item("chuong-trinh", start, whole, resume=Resume.AT_CUT)
    early = station.issuer.item("coi", start - timedelta(seconds=2), siren)  # so that it is there
    _publish_plan(station, (early, siren), (item, whole))
    station.start()
    station.server.wait_for(lambda _, payload: b'"airing":"chuong-trinh"' in payload, 40)
    sent: list[int] = []
    for n in range(times):
        time.sleep(dice.uniform(0.5, 1.0))
        station.issuer.now = datetime.now(UTC)
        order = station.issuer.emergency(f"lu-{n}", siren)
        payload = station.issuer.write(order)
        sent.append(time.monotonic_ns())
        station.server.say(topic_of(order), payload)
        station.ended()
    heard = np.array(onsets(station.folder / "sink", -1))
    return [float(heard[heard > at].min() - at) / 1e6 for at in sent]


def tone(station: Station, level: int, seconds: float) -> Recording:
    """A recording that stands at one level: its first sample cannot be missed."""
    return station.serve(np.full(int(seconds * RATE), level, np.int16))


def _publish_plan(station: Station, *items: object) -> None:
    plan = station.issuer.plan(*items)  # type: ignore[arg-type]
    station.server.say(topic_of(plan), station.issuer.write(plan), retain=True)


def tell(what: str, figures: list[float], times: int, bar_ms: float) -> bool:
    """Print one line; whether it is inside the bar."""
    p50, p99 = np.percentile(figures, [50, 99])
    inside = len(figures) >= times and bool(p99 <= bar_ms)
    print(
        f"{what}: {len(figures)} times, p50 {p50:.1f} ms, p99 {p99:.1f} ms, "
        f"most {max(figures):.1f} ms; bar p99 {bar_ms:.0f} ms: {'inside' if inside else 'MISSED'}",
        flush=True,
    )
    return inside


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
