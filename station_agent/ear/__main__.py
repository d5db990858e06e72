"""Entry of the listening process: `python -m station_agent.ear SOURCE`, levels to standard output.

Lines `SLOT LEVEL`: a tenth of a second of CLOCK_MONOTONIC, and how loud it was, in dBFS. Exits
with 1 and a sentence for people when the source is gone.
"""

import ctypes
import signal
import sys
import time
from array import array
from math import log10
from operator import mul

from station_agent.ear.sources import BLOCK, RATE, open_source

PR_SET_PDEATHSIG = 1  # linux/prctl.h
SLOT_NS = 1_000_000_000 * BLOCK // RATE  # evidence.timeline's: a block is a slot
FLOOR_DBFS = -90.0  # the last bit of 16


def main(source: str) -> None:
    """Listen until the source, or the agent, is gone."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        read = open_source(source)
        last = 0
        while block := read():
            last = max(last + 1, time.monotonic_ns() // SLOT_NS - 1)
            sys.stdout.write(f"{last} {level(block):.1f}\n")
            sys.stdout.flush()
    except BrokenPipeError:
        return
    except OSError as error:
        sys.exit(f"đầu thu: {error}")
    sys.exit("đầu thu: không còn tín hiệu từ đầu thu âm thanh")


def level(block: bytes) -> float:
    """How loud it is without its direct current, in dBFS."""
    samples = array("h", block)
    mean = sum(samples) / BLOCK
    power = sum(map(mul, samples, samples)) / BLOCK - mean * mean
    return max(FLOOR_DBFS, 10 * log10(power / 2**30)) if power > 0 else FLOOR_DBFS


if __name__ == "__main__":
    main(sys.argv[1])
