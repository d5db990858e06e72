"""What `rds-ctl` of v4l-utils, which is not ours, makes of groups."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

BLOCK_IDS = (0, 1, 2, 3)


def decode(groups: Sequence[Sequence[int | None]], folder: Path) -> str:
    """Return its words about `groups`: PI, PS, RadioText, flags and applications."""
    dump = bytearray()
    for blocks in groups:
        for number, block in zip(BLOCK_IDS, blocks, strict=True):
            if block is not None:
                # of linux/videodev2.h, struct v4l2_rds_data: low byte, high byte, block number
                dump += bytes([block & 255, block >> 8, number | number << 3])
    file = folder / "rds.v4l"
    file.write_bytes(dump)
    # by its short name: rds-ctl has room for eighty characters of a path
    words = ["rds-ctl", "--file", file.name, "-R", "--print-block", "--verbose"]
    done = subprocess.run(
        words, capture_output=True, text=True, check=True, errors="replace", cwd=folder
    )
    return done.stdout
