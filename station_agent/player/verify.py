"""Opens a recording only if it is the very file that was approved."""

import hashlib
import os
import stat
from io import BufferedReader

from station_agent.player.errors import HashError, UnreadableError


def open_verified(path: str, sha256: str) -> BufferedReader:
    """Return the file, at its start, its bytes checked against `sha256` (lower-case hex).

    What was hashed and what is decoded afterwards come from one descriptor, so a file swapped in
    between is never heard. Raises UnreadableError, HashError.
    """
    try:
        # Non-blocking, so that a pipe put in the place of a recording cannot hold the thread.
        file = os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb")
    except (OSError, ValueError) as error:
        raise UnreadableError(f"Không mở được tệp âm thanh: {error}") from error
    try:
        _check(file, sha256)
    except BaseException:
        file.close()
        raise
    return file


def _check(file: BufferedReader, sha256: str) -> None:
    try:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise UnreadableError("Không phải tệp âm thanh thông thường")
        found = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
    except OSError as error:
        raise UnreadableError(f"Không đọc được tệp âm thanh: {error}") from error
    if found != sha256:
        raise HashError(f"Tệp âm thanh không đúng bản đã duyệt (sha256 {found[:12]}…)")
