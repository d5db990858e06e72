"""Thirty random faults, and what must hold whatever happens; `./run campaign` does more of them."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

FAULTS, SEED = 30, 20261123


@pytest.mark.timeout(400)
def test_nothing_is_violated_by_thirty_faults() -> None:
    command = [sys.executable, "-m", "benchmarks.campaign"]
    command += ["--faults", str(FAULTS), "--seed", str(SEED)]
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ended.stdout.endswith(f"{FAULTS} faults, 0 violations\n"), ended.stderr[-4_000:]
