"""libasound, the C library of ALSA: loaded once, and a card that is recorded from."""

import ctypes
from functools import cache

# Values of alsa/pcm.h (alsa-lib 1.2)
PLAYBACK, CAPTURE = 0, 1  # SND_PCM_STREAM_…
S16_LE = 2  # SND_PCM_FORMAT_S16_LE
INTERLEAVED = 3  # SND_PCM_ACCESS_RW_INTERLEAVED
CONVERT = 1  # a card with another rate, or two channels behind `plug`, is not our concern
SILENT = 1  # recover without a line on stderr

LATENCY_US = 200_000  # of a recording card's buffer: a slow box may stumble


@cache
def library() -> ctypes.CDLL:
    """The library. Raises OSError with a sentence for people."""
    try:
        found = ctypes.CDLL("libasound.so.2")
    except OSError as error:
        raise OSError("Thiếu thư viện âm thanh: cài gói libasound2") from error
    found.snd_strerror.restype = ctypes.c_char_p
    for transfer in (found.snd_pcm_writei, found.snd_pcm_readi):
        transfer.restype = ctypes.c_long
        transfer.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
    return found


class Capture:
    """A card that gives 16-bit mono; `called` is what people call it, in small letters."""

    def __init__(self, device: str, rate: int, called: str) -> None:
        """Open it. Raises OSError with a sentence for people."""
        self._alsa, self._pcm = library(), ctypes.c_void_p()
        self._name = f"{called} {device}"
        opened = self._alsa.snd_pcm_open(ctypes.byref(self._pcm), device.encode(), CAPTURE, 0)
        self._check(opened, f"Không mở được {self._name}")
        ready = self._alsa.snd_pcm_set_params(
            self._pcm, S16_LE, INTERLEAVED, 1, rate, CONVERT, LATENCY_US
        )
        self._check(ready, f"{self._name} không cho {rate // 1000} kHz")

    def read(self, count: int) -> bytes:
        """Wait for up to `count` samples, at least one; a short overrun is taken up.

        Raises OSError when the card is gone.
        """
        block = ctypes.create_string_buffer(count * 2)
        while (taken := self._alsa.snd_pcm_readi(self._pcm, block, count)) <= 0:
            recovered = self._alsa.snd_pcm_recover(self._pcm, int(taken), SILENT)
            self._check(recovered, f"Mất {self._name}")
        return block.raw[: taken * 2]

    def _check(self, result: int, what: str) -> None:
        if result < 0:
            reason = self._alsa.snd_strerror(result).decode()
            raise OSError(f"{what[0].upper()}{what[1:]}: {reason}")
