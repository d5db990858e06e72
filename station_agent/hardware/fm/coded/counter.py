"""The counter of our wake-up code: on the disk before it is used, and never back."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from station_agent.hardware.errors import HardwareError

BLOCK = 32
"""Numbers taken at once: at six keep-alives a minute the disk is written every five minutes, and a
power cut skips at most so many of four thousand million."""

HIGHEST = 0xFFFF_FFFF
EPOCH_S = 1_735_689_600  # 2025-01-01: a clock before it has not been set


class Counter:
    """Numbers for messages, each given once. Two programs must not share one file."""

    def __init__(self, path: Path, now_s: Callable[[], float] = time.time) -> None:
        self._path, self._now_s = path, now_s
        self._next = self._end = 0

    def next(self) -> int:
        """Return a number above all before. Raises HardwareError when the disk cannot keep it."""
        if self._next >= self._end:
            self._reserve()
        if self._next > HIGHEST:
            raise HardwareError("bộ đếm mã đánh thức đã hết: phải đổi khoá của các cụm thu")
        given, self._next = self._next, self._next + 1
        return given

    def _reserve(self) -> None:
        start = self._kept()
        try:
            self._keep(start + BLOCK)
        except OSError as error:
            raise HardwareError(f"không ghi được bộ đếm mã đánh thức: {error}") from error
        self._next, self._end = start, start + BLOCK

    def _kept(self) -> int:
        """Return the end of the last block. A new box in an old place knows none: the seconds
        since 2025 are more than any box before it can have used, at one message a second."""
        try:
            return int(self._path.read_text(encoding="ascii"))
        except FileNotFoundError:
            start = int(self._now_s()) - EPOCH_S
            if start <= 0:
                raise HardwareError(
                    "chưa biết giờ, nên chưa đặt được bộ đếm mã đánh thức"
                ) from None
            return start
        except (OSError, ValueError) as error:
            raise HardwareError(f"không đọc được bộ đếm mã đánh thức: {error}") from error

    def _keep(self, end: int) -> None:
        """Replace the file by a whole one: a power cut leaves the old number or the new one."""
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="ascii") as file:
            file.write(f"{end}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
