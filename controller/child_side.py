"""Child side: what a child does that reads a hostile file: limits, one answer, nothing else."""

import resource
import sys
from collections.abc import Callable

import msgspec

_MEMORY = 700 * 2**20  # bytes
_FILES = 32


def answer(read: Callable[[bytes], msgspec.Struct], failed: msgspec.Struct, *, cpu_s: int) -> None:
    """Read standard input and write what was found as JSON; `failed` when `read` raises.

    `read` has imported what it needs before: under the limits nothing more may fit.
    """
    content = sys.stdin.buffer.read()
    limits = {
        resource.RLIMIT_AS: _MEMORY,
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _FILES,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    try:
        found = read(content)
    except Exception:
        found = failed
    sys.stdout.buffer.write(msgspec.json.encode(found))
