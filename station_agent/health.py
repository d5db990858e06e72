"""How the machine is: space, memory, load, heat, wear of the storage, life of the certificate.

A hardened unit hides /proc but for processes (systemd's ProcSubset=pid): what is asked here is
sysinfo(2), /sys and our own /proc/self.
"""

import ctypes
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from contract import reports
from contract.reports import Modem
from station_agent.errors import BadIdentity
from station_agent.identity.papers import Papers
from station_agent.ports import Health

PLAUSIBLE_C = range(-40, 126)
"""What a sensor that is not wired shows lies outside."""

FIXED_POINT = 65_536  # sysinfo(2): loads are in 1/65536

AVAILABLE = ("MemFree", "Inactive(file)", "Active(file)")
"""Free, or a copy of what is on the disk: as MemAvailable, but for the kernel's own caches."""


class _Sysinfo(ctypes.Structure):
    """The beginning of `struct sysinfo` of Linux (sysinfo(2)), and room for its rest."""

    _fields_ = (
        ("uptime", ctypes.c_long),
        ("loads", ctypes.c_ulong * 3),
        ("totalram", ctypes.c_ulong),
        ("rest", ctypes.c_ulong * 16),
    )


class Machine:
    """Measures the machine that the agent runs on; whatever cannot be told is left out."""

    def __init__(
        self,
        data: Path,
        papers: Papers | None = None,
        modem: Callable[[], Modem | None] = lambda: None,
        system: Path = Path("/sys"),
    ) -> None:
        self._data, self._papers, self._modem, self._system = data, papers, modem, system
        self._started_s = time.monotonic()

    def measure(self) -> Health:
        """Return the present figures; `rss_bytes` is 0 where /proc does not tell (proc(5))."""
        return Health(
            uptime_s=int(time.monotonic() - self._started_s),
            free_bytes=shutil.disk_usage(self._data).free,
            rss_bytes=_resident_bytes(),
            machine=self._machine(),
            modem=self._modem(),
        )

    def _machine(self) -> reports.Machine:
        told = _ask_kernel()
        return reports.Machine(
            memory_bytes=None if told is None else told.totalram,
            memory_free_bytes=_available_bytes(self._system),
            load=None if told is None else _load(told),
            cpu_c=_hottest_c(self._system),
            wear_percent=_wear_percent(self._system),
            papers_end_at=self._papers_end_at(),
        )

    def _papers_end_at(self) -> datetime | None:
        if self._papers is None:
            return None
        try:
            return self._papers.issued().ends_at
        except BadIdentity:
            return None


def _ask_kernel() -> _Sysinfo | None:
    """On 32 bits a unit of memory may be more than a byte; boxes of ours have less than 4 GB."""
    found = _Sysinfo()
    try:
        answer = ctypes.CDLL(None, use_errno=True).sysinfo(ctypes.byref(found))
    except (OSError, AttributeError):
        return None
    return found if answer == 0 else None


def _load(told: _Sysinfo) -> float:
    return round(float(told.loads[0]) / FIXED_POINT / (os.cpu_count() or 1), 2)


def _available_bytes(system: Path) -> int | None:
    """Over all nodes of memory; a kernel without nodes does not tell."""
    found = None
    for file in system.glob("devices/system/node/node*/meminfo"):
        for line in _read(file).splitlines():  # Node 0 MemFree:  9135668 kB
            name, _, value = line.partition(":")
            if name.rpartition(" ")[2] in AVAILABLE:
                found = (found or 0) + int(value.split()[0]) * 1024
    return found


def _hottest_c(system: Path) -> float | None:
    """Of the sensors of the processor; each tells thousandths of a degree."""
    found = [_number(file) for file in system.glob("class/thermal/thermal_zone*/temp")]
    heat = [n / 1000 for n in found if n is not None and n // 1000 in PLAUSIBLE_C]
    return max(heat, default=None)


def _wear_percent(system: Path) -> int | None:
    """Of eMMC (JEDEC JESD84-B51, registers 268 and 269): in steps of ten, the worse of two kinds
    of memory; 110 is beyond its life. Cards that are put in do not tell."""
    steps = [
        int(word, 16)
        for file in system.glob("block/mmcblk*/device/life_time")
        for word in _read(file).split()
    ]
    return max((10 * step for step in steps if 0 < step <= 11), default=None)


def _number(file: Path) -> int | None:
    with suppress(ValueError):
        return int(_read(file))
    return None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _resident_bytes() -> int:
    status = _read(Path("/proc/self/status"))
    found = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0")
    return int(found.split()[1]) * 1024  # written in KiB
