"""The lock on a data directory: two launchers never share one."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from controller.launch.errors import DirectoryInUse


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold `data` while the block runs; the kernel lets go even after kill -9.

    Raises DirectoryInUse.
    """
    lock = data / "run" / "lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DirectoryInUse(data) from error
        yield
