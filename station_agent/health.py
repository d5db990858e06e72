"""How the machine is: free space, own memory, time since the start."""

import shutil
import time
from pathlib import Path

from station_agent.ports import Health


class Machine:
    """Measures the machine that the agent runs on."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._started_s = time.monotonic()

    def measure(self) -> Health:
        """Return the present figures; `rss_bytes` is 0 where /proc does not tell (proc(5))."""
        return Health(
            uptime_s=int(time.monotonic() - self._started_s),
            free_bytes=shutil.disk_usage(self._data).free,
            rss_bytes=_resident_bytes(),
        )


def _resident_bytes() -> int:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    found = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0")
    return int(found.split()[1]) * 1024  # written in KiB
