"""The targets of `./run`, as the script itself lists them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def targets() -> list[str]:
    """The word after `./run` in each line that the script prints when called alone."""
    listing = subprocess.run(
        [ROOT / "run"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [line.split()[1] for line in listing.splitlines() if line.startswith("./run ")]
