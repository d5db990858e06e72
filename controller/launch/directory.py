"""The data directory of a run: closed to other people, and never shared by two launchers."""

import fcntl
import os
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


@contextmanager
def private(data: Path) -> Iterator[None]:
    """Make `data`; what is made in it while the block runs is for our user alone.

    Others may pass through to what is theirs: the broker runs as a user of its own. A directory
    that holds anything already keeps its mode: it may be somebody's home, or /tmp.
    """
    data.mkdir(parents=True, exist_ok=True)
    if not any(data.iterdir()):
        data.chmod(0o711)
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
