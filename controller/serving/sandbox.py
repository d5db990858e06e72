"""`python -m controller sandbox`: a place to practise, from which no real station can be reached.

It shares nothing with the real server: data, database, broker and keys are its own, and stations
obey only the keys they hold.
"""

import argparse
import shutil
import signal
import socket
from collections.abc import Sequence
from pathlib import Path

from controller.demo import programs, sample
from controller.demo.command import ENDINGS, REFUSALS, interrupt, settings_of
from controller.demo.free_ports import next_free_port
from controller.demo.layout import Layout, layout_for
from controller.demo.progress import say
from controller.demo.village import running
from controller.launch.program import Program
from controller.model import Station
from controller.reset import is_wanted
from controller.serving.virtual import SINK
from controller.settings import Settings
from controller.store import Store

FOLDER = "tap-dung"
MARK = ".tap-dung"
"""A file that says that all in this folder may be thrown away."""

LOOK_WITHIN_S = 3_600.0


def main(argv: Sequence[str]) -> int:
    """Run until Ctrl-C. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m controller sandbox", description=__doc__)
    parser.add_argument("--data", type=Path, help="its own directory (default tap-dung in TT_DATA)")
    parser.add_argument("--port", type=int, help="where its pages are (default the next free one)")
    options = parser.parse_args(argv)
    for ending in ENDINGS:
        signal.signal(ending, interrupt)
    try:
        settings = settings_of(None)
        folder = options.data or settings.data / FOLDER
        port = options.port or next_free_port(settings.web_host, settings.web_port + 1)
        _serve(practising(settings, folder), port)
    except KeyboardInterrupt:
        say("Đã dừng tất cả.")
        return 0
    except REFUSALS as error:
        say(f"Lỗi: {error}")
        return 1
    return 0


def practising(settings: Settings, folder: Path) -> Settings:
    """Settings that name nothing real: only the address and the voices of this machine stay."""
    return Settings(
        data=folder,
        web_host=settings.web_host,
        default_voice=settings.default_voice,
        voices_dir=Path(settings.engines.voices_dir),
        piper_workers=settings.piper_workers,
        second_factor="asked",
        sandbox=True,
        log_level=settings.log_level,
    )


def _serve(settings: Settings, port: int) -> None:
    with socket.create_server((settings.web_host, port)) as door:  # open while it is made anew
        while True:
            fresh(settings.data)
            layout = layout_for(settings, web_port=port)
            stations = sample.stations(in_suoi_may=2, in_na_may=1)
            with running(layout, stations, SINK, _virtual_station, door) as village:
                say(f"Tập dùng: mở trang {layout.web_address}")
                wanted = False
                while not wanted:
                    wanted = village.supervisor.wait_until(
                        lambda: is_wanted(settings.data), LOOK_WITHIN_S
                    )
            say("Làm lại từ đầu")


def fresh(folder: Path) -> None:
    """An empty folder. Raises ValueError for one that holds what is not ours to throw away."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise ValueError(f"{folder} có dữ liệu khác: chọn thư mục trống cho chỗ tập dùng")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # the broker passes through to what is its own
    (folder / MARK).touch()


def _virtual_station(layout: Layout, station_id: str, store: Store) -> Program:
    with store.writing() as session:
        session.get_one(Station, station_id).virtual = True
    return programs.station(layout, station_id, store)
