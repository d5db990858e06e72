"""The proof of a run must not cost the player anything when its disk is full."""

import subprocess
import sys
from pathlib import Path

FULL_DISK = """
import os, resource, sys
from pathlib import Path
import numpy as np
from station_agent.player.tap import Take

def descriptors():
    return len(os.listdir("/proc/self/fd"))

resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # every file is full from its first byte
before = descriptors()
for number in range(5):
    take = Take(f"run-{number}", Path(sys.argv[1]))
    take.hear(np.full(960, 0.5, np.float32))
    take.close()
    assert take.path is None
    assert round(take.peak_dbfs) == -6
print(descriptors() - before)
"""


def test_a_full_disk_costs_no_descriptors(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr
