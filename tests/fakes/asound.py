"""A libasound whose card can run dry or be pulled out: no device without a kernel does that."""

import ctypes
import errno
from typing import Any


class FakeAsound:
    """The calls that `AlsaSink` makes; `heard` lists the samples of each write taken."""

    BUFFER = 5760

    def __init__(self) -> None:
        self.heard: list[int] = []
        self._error = 0

    def trigger_underrun(self) -> None:
        self._error = -errno.EPIPE

    def trigger_unplugged(self) -> None:
        self._error = -errno.ENODEV

    def snd_pcm_open(self, *_: Any) -> int:
        return 0

    def snd_pcm_set_params(self, *_: Any) -> int:
        return 0

    def snd_pcm_get_params(self, _pcm: Any, buffer: Any, _period: Any) -> int:
        ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ulong))[0] = self.BUFFER
        return 0

    def snd_pcm_delay(self, _pcm: Any, delay: Any) -> int:
        ctypes.cast(delay, ctypes.POINTER(ctypes.c_long))[0] = self.BUFFER
        return self._error

    def snd_pcm_writei(self, _pcm: Any, _samples: Any, count: int) -> int:
        if self._error:
            return self._error
        self.heard.append(count)
        return count

    def snd_pcm_recover(self, _pcm: Any, error: int, _silent: int) -> int:
        """Mends a card that ran dry, as the real one; hands any other error back."""
        if error == -errno.EPIPE:
            self._error = 0
            return 0
        return error

    def snd_strerror(self, _error: int) -> bytes:
        return b"No such device"
