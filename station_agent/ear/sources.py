"""Where the ear's samples come from: a sound card, or a pipe; 16 bits, mono, 8 kHz."""

import ctypes
from collections.abc import Callable
from pathlib import Path

RATE = 8_000  # speech; half the bytes of 16 kHz for a card that sits on a USB hub
BLOCK = RATE // 10
Read = Callable[[], bytes]
"""The next BLOCK samples; b"" when nothing will come any more."""

# Values of alsa/pcm.h (alsa-lib 1.2)
CAPTURE, S16_LE, INTERLEAVED, CONVERT = 1, 2, 3, 1
LATENCY_US = 200_000  # two blocks: nothing waits for the ear


def open_source(source: str) -> Read:
    """Open `alsa:DEVICE` or `pipe:PATH`. Raises OSError with a sentence for people."""
    kind, _, where = source.partition(":")
    return _open_card(where) if kind == "alsa" else _open_pipe(Path(where))


def _open_pipe(path: Path) -> Read:
    stream = path.open("rb")
    return lambda: _whole(stream.read(BLOCK * 2))


def _whole(data: bytes) -> bytes:
    return data if len(data) == BLOCK * 2 else b""


def _open_card(device: str) -> Read:
    alsa = ctypes.CDLL("libasound.so.2")
    pcm = ctypes.c_void_p()
    if alsa.snd_pcm_open(ctypes.byref(pcm), device.encode(), CAPTURE, 0) < 0:
        raise OSError(f"Không mở được đầu thu âm thanh {device}")
    if alsa.snd_pcm_set_params(pcm, S16_LE, INTERLEAVED, 1, RATE, CONVERT, LATENCY_US) < 0:
        raise OSError(f"Đầu thu âm thanh {device} không nhận 8 kHz")
    alsa.snd_pcm_readi.restype = ctypes.c_long
    alsa.snd_pcm_readi.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
    return lambda: _read_card(alsa, pcm)


def _read_card(alsa: ctypes.CDLL, pcm: ctypes.c_void_p) -> bytes:
    """One block; a short overrun is taken up, a card that is gone ends it."""
    block = ctypes.create_string_buffer(BLOCK * 2)
    filled = 0
    while filled < BLOCK:
        place = ctypes.byref(block, filled * 2)
        count = alsa.snd_pcm_readi(pcm, place, BLOCK - filled)
        if count <= 0:
            if alsa.snd_pcm_recover(pcm, int(count), 1) < 0:
                return b""
            continue
        filled += count
    return block.raw
