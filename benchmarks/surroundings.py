"""What stands around the campaign's stations, where faults can reach it.

The first station has the true firmware of the I/O board, the second a disk of its own that can be
cut, the third a network namespace of its own and a clock that can be set. Each has its own wires
to the broker and to the recordings.
"""

import os
import subprocess
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Self
from urllib.parse import urlsplit

import libfaketime

from benchmarks.wire import Wire
from controller.demo import programs
from controller.demo.layout import Layout
from controller.launch.program import Program
from controller.store import Store
from tests.fakes.board import FirmwareBoard, firmware_board
from tests.fakes.cut_disk import CutDisk

BOARDED, DISKED, AWAY = "suoi-may-1", "suoi-may-2", "suoi-may-3"
WATCHDOG_S = 5
RIG = f"board_watchdog_s = {WATCHDOG_S}\namplifier_settle_ms = 300\ntail_ms = 300\nhold_s = 1.0\n"
FAKETIME = Path(libfaketime.__file__).parent / "vendor/libfaketime/src/libfaketime.so.1"


class Surroundings:
    """Made before the stations, and ended after them. It needs root."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.wires: dict[str, list[Wire]] = {}
        self.configs: dict[str, Path] = {}
        self.folder = Path(mkdtemp(prefix="tt-campaign-"))
        self.clock = self.folder / "clock"
        self.set_clock(0)

    def __enter__(self) -> Self:
        self.disk = CutDisk(self.folder)
        self._stack.callback(self.disk.close)
        self.board: FirmwareBoard = self._stack.enter_context(firmware_board(self.folder / "board"))
        self.net = Namespace()
        self._stack.callback(self.net.close)
        return self

    def __exit__(self, *_error: object) -> None:
        for wires in self.wires.values():
            for wire in wires:
                wire.close()
        self._stack.close()

    def set_clock(self, ahead_s: int) -> None:
        """Let the third station's wall clock be so far ahead of the true one."""
        draft = self.clock.with_suffix(".new")
        draft.write_text(f"{ahead_s:+d}\n")
        draft.replace(self.clock)

    @property
    def sink(self) -> Path:
        """What the station with the board sends to its loudspeakers."""
        return self.folder / "sink"

    def make_station(self, layout: Layout, station: str, store: Store) -> Program:
        """A station's program in its surroundings, its settings rewritten."""
        program = programs.station(layout, station, store)
        host = self.net.host if station == AWAY else "127.0.0.1"
        web_port = urlsplit(layout.web_address).port or 80
        broker, media = Wire(layout.broker_port, host), Wire(web_port, host)
        self.wires[station] = [broker, media]
        config = self.configs[station] = layout.station_file(station)
        settings = dict(line.split(" = ", 1) for line in config.read_text().splitlines())
        settings["broker_url"] = f'"mqtt://{host}:{broker.port}"'
        settings["media_url"] = f'"http://{host}:{media.port}"'
        if station == BOARDED:
            settings["board"] = f'"modbus:{self.board.port}"'
            settings["sink"] = f'"file:{self.sink}"'
        if station == DISKED:
            settings["data"] = f'"{self.disk.root / "data"}"'
            settings["reserve_mb"] = "8"  # its disk is small
        text = "".join(f"{name} = {value}\n" for name, value in settings.items())
        config.write_text(text + (RIG if station == BOARDED else ""))
        return self._away(program) if station == AWAY else program

    def _away(self, program: Program) -> Program:
        """In its own namespace, by a clock of its own; the monotonic clock stays true."""
        faked = {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self.clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
        words = [f"{name}={value}" for name, value in faked.items()]
        # not `ip netns exec`: it copies the mounts, and the other station's disk could not be cut
        inside = ["nsenter", f"--net=/run/netns/{self.net.name}", "env", *words]
        return replace(program, argv=[*inside, *program.argv])


class Namespace:
    """A network of its own, at the other end of a virtual cable that can be pulled."""

    def __init__(self) -> None:
        number = os.getpid() % 60_000  # runs beside ours have their own
        self.name, self._near = f"tt{number}", f"ttn{number}"
        net = f"10.{201 + number % 40}.{number // 250 % 250}"
        self.host = f"{net}.1"
        far = f"ttf{number}"
        _ip("netns", "add", self.name)
        _ip("link", "add", self._near, "type", "veth", "peer", "name", far, "netns", self.name)
        _ip("addr", "add", f"{self.host}/30", "dev", self._near)
        _ip("link", "set", self._near, "up")
        _ip("-n", self.name, "addr", "add", f"{net}.2/30", "dev", far)
        _ip("-n", self.name, "link", "set", far, "up")
        _ip("-n", self.name, "link", "set", "lo", "up")

    def pull(self) -> None:
        """Nothing passes."""
        _ip("link", "set", self._near, "down")

    def plug(self) -> None:
        """As before."""
        _ip("link", "set", self._near, "up")

    def close(self) -> None:
        """Take it down."""
        _ip("link", "del", self._near)
        _ip("netns", "del", self.name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)
