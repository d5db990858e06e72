"""The machine's two clocks, what the kernel says of them, and the time kept over a restart."""

import json
import logging
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from station_agent.clock_sense import synchronised
from station_agent.kernel_clock import error_ms
from station_agent.ports import Past
from station_agent.state import Moment

log = logging.getLogger(__name__)

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
LOOK_NS = 1_000_000_000  # the kernel counts its error up once a second (adjtimex(2))


class SystemClock:
    """Wall clock (UTC, aware) and CLOCK_MONOTONIC, read together.

    `file` keeps the time: when it was believed last, and how far the clocks were apart then. It
    is written without fsync, for an old one does no harm. `battery`: the clock of this box runs
    on without power.
    """

    def __init__(self, file: Path, *, battery: bool) -> None:
        self._file, self._battery = file, battery
        self._error_ms: int | None = None
        self._looked_ns: int | None = None

    def moment(self) -> Moment:
        """Return the present."""
        mono_ns = time.monotonic_ns()
        if self._looked_ns is None or mono_ns - self._looked_ns >= LOOK_NS:
            self._error_ms, self._looked_ns = error_ms(), mono_ns
        return Moment(datetime.now(UTC), mono_ns, self._error_ms)

    def past(self) -> Past:
        """Return what is known of the time before the agent started."""
        try:
            kept = json.loads(self._file.read_bytes())
            kept_at = datetime.fromisoformat(kept["at"])
            apart_ns, boot, safe = int(kept["apart_ns"]), str(kept["boot"]), bool(kept["safe"])
        except (OSError, ValueError, KeyError, TypeError):
            return Past(ran=self._battery)
        floor = kept_at if safe else None
        if boot != _boot():
            return Past(ran=self._battery, kept_at=floor)
        mono_ns = time.monotonic_ns()
        own = datetime.fromtimestamp((mono_ns + apart_ns) / 1e9, UTC)
        return Past(ran=True, kept_at=floor, line=Moment(own, mono_ns))

    def keep(self, at: Moment) -> None:
        """Put down that the time is believed."""
        known = {
            "at": at.now.isoformat(),
            "apart_ns": _apart_ns(at),
            "boot": _boot(),
            "safe": synchronised(at),
        }
        draft = self._file.with_suffix(".new")
        try:
            draft.write_text(json.dumps(known), encoding="ascii")
            draft.replace(self._file)
        except OSError as error:
            log.warning("the time cannot be kept: %s", error)


def _apart_ns(at: Moment) -> int:
    return int(at.now.timestamp() * 1_000_000) * 1000 - at.mono_ns


def _boot() -> str:
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return str(os.getppid())  # no Linux: good for a restart by the same supervisor
