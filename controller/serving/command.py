"""`python -m controller serve`: everything that a server needs, on this machine."""

import argparse
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from controller.demo.command import ENDINGS, REFUSALS, interrupt, settings_of
from controller.demo.free_ports import next_free_port
from controller.demo.layout import Layout, layout_for
from controller.demo.progress import say
from controller.first_start.announcement import announce
from controller.serving.house import House, running

LOOK_EVERY_S = 1.0


def main(argv: Sequence[str]) -> int:
    """Run until Ctrl-C. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m controller serve", description=__doc__)
    parser.add_argument("--no-sandbox", action="store_true", help="without a place to practise")
    parser.add_argument("--data", type=Path, help="data directory (default TT_DATA, or var)")
    options = parser.parse_args(argv)
    for ending in ENDINGS:
        signal.signal(ending, interrupt)
    try:
        _serve(_layout(options.data, sandbox=not options.no_sandbox))
    except KeyboardInterrupt:
        say("Đã dừng tất cả.")
        return 0
    except REFUSALS as error:
        say(f"Lỗi: {error}")
        return 1
    return 0


def _layout(data: Path | None, *, sandbox: bool) -> Layout:
    settings = settings_of(data)
    port = next_free_port(settings.web_host, settings.web_port)
    practice = settings.sandbox_port or next_free_port(settings.web_host, port + 1)
    settings = structs.replace(
        settings, virtual_stations=True, sandbox_port=practice if sandbox else None
    )
    return layout_for(settings, web_port=port)


def _serve(layout: Layout) -> None:
    say(f"Truyền Thanh khởi động, dữ liệu trong {layout.data}")
    with running(layout) as house:
        _greet(house)
        while True:
            house.supervisor.wait_until(lambda: False, within_s=LOOK_EVERY_S)
            house.virtual.look()


def _greet(house: House) -> None:
    layout = house.layout
    told = announce(house.store, layout.settings, datetime.now(UTC), layout.web_port)
    say(told or f"Mở trang {layout.web_address}")
    say("(Ctrl-C để dừng tất cả)")
