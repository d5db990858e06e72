"""`python -m controller demo`: the whole system on this machine, to look at or for one notice."""

import argparse
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import msgspec
from msgspec import structs

from contract.errors import BadSettings
from controller.broker.errors import BrokerMissing
from controller.demo import once, sample
from controller.demo.free_ports import next_free_port
from controller.demo.layout import layout_for, on_free_ports
from controller.demo.progress import say
from controller.demo.village import running
from controller.errors import ControllerError
from controller.launch.errors import LaunchError
from controller.settings import Settings, from_environment

SINK = "null"
"""Nobody listens to a demonstration's loudspeakers; what leaves each player is captured."""

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
REFUSALS = (
    LaunchError,
    BrokerMissing,
    BadSettings,
    ControllerError,
    once.Unfinished,
    OSError,
    ValueError,  # a notice that is not UTF-8, a text that the voice refuses
)


def main(argv: Sequence[str]) -> int:
    """Run until Ctrl-C, or until one notice has its verdicts. Gives the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.once and not (options.notice and options.json and options.stations > 0):
        parser.error("--once needs --notice, --json and at least one station")
    for ending in ENDINGS:
        signal.signal(ending, interrupt)
    try:
        return _once(options) if options.once else _serve(options)
    except KeyboardInterrupt:
        say("Đã dừng tất cả.")
        return 0
    except REFUSALS as error:
        say(f"Lỗi: {error}")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m controller demo", description=__doc__)
    parser.add_argument("--data", type=Path, help="data directory (default TT_DATA, or var)")
    parser.add_argument("--once", action="store_true", help="air one notice, then end")
    parser.add_argument("--notice", type=Path, help="with --once: a text file")
    parser.add_argument("--stations", type=int, default=3, help="with --once: how many stations")
    parser.add_argument("--json", type=Path, help="with --once: where the outcome is written")
    return parser


def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    """Leave every block; a second Ctrl-C must not interrupt the stopping itself."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise KeyboardInterrupt


def _serve(options: argparse.Namespace) -> int:
    settings = settings_of(options.data)
    port = next_free_port(settings.web_host, settings.web_port)
    layout = layout_for(settings, web_port=port)
    say(f"Truyền Thanh khởi động, dữ liệu trong {layout.data}")
    with running(layout, sample.stations(in_suoi_may=3, in_na_may=2), SINK) as village:
        say(f"Mở trang {layout.web_address}   (Ctrl-C để dừng tất cả)")
        while True:
            village.supervisor.wait_until(lambda: False, within_s=3_600.0)


def _once(options: argparse.Namespace) -> int:
    text = options.notice.read_text(encoding="utf-8")
    # kept afterwards: the outcome names the captures in it
    settings = settings_of(options.data or Path(tempfile.mkdtemp(prefix="truyen-thanh-")))
    wanted = sample.stations(in_suoi_may=options.stations, in_na_may=0)
    with running(on_free_ports(settings), wanted, SINK) as village:
        outcome = once.walk(village, once.road_of(village), text, options.stations)
    options.json.write_bytes(msgspec.json.format(msgspec.json.encode(outcome), indent=2))
    for each in outcome.stations:
        say(f"  {each.id}: {each.verdict}, {each.played_s:.1f} s")
    return 0 if len(outcome.stations) == options.stations and outcome.all_aired else 1


def settings_of(data: Path | None) -> Settings:
    """The environment's, with this data directory and a broker of our own. Raises BadSettings."""
    found = from_environment()
    if found.broker_url is not None:
        problem = "TT_BROKER_URL: cách chạy này luôn dùng Mosquitto của riêng nó; hãy bỏ biến này"
        raise BadSettings([problem])
    return found if data is None else structs.replace(found, data=data)
