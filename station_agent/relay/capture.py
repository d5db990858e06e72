"""Captures what is plugged into an input: an ALSA device, or a file that gives raw samples."""

import ctypes
from collections.abc import Iterator
from pathlib import Path

from station_agent.relay.errors import StreamError

# Values of alsa/pcm.h (alsa-lib 1.2)
CAPTURE = 1  # SND_PCM_STREAM_CAPTURE
S16_LE = 2  # SND_PCM_FORMAT_S16_LE
INTERLEAVED = 3  # SND_PCM_ACCESS_RW_INTERLEAVED
CONVERT = 1  # a card with another rate, or two channels behind `plug`, is not our concern
SILENT = 1  # recover without a line on stderr
RATE = 48_000
BLOCK = RATE // 50  # 20 ms, as the player counts
LATENCY_US = 200_000  # of the card's buffer: the player holds a second, a slow box may stumble


def captured(where: str) -> Iterator[bytes]:
    """Yield blocks of 16-bit mono at 48 kHz from `alsa:DEVICE` or `file:PATH`.

    Raises StreamError. A named pipe is a file too.
    """
    kind, _, name = where.partition(":")
    return _from_file(Path(name)) if kind == "file" else _from_card(name)


def _from_file(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb", buffering=0) as file:
            yield from iter(lambda: file.read(BLOCK * 2), b"")
    except OSError as error:
        raise StreamError(f"Không đọc được ngõ vào: {error}") from error


def _from_card(device: str) -> Iterator[bytes]:
    alsa, pcm = _libasound(), ctypes.c_void_p()
    opened = alsa.snd_pcm_open(ctypes.byref(pcm), device.encode(), CAPTURE, 0)
    _check(alsa, opened, f"Không mở được ngõ vào {device}")
    ready = alsa.snd_pcm_set_params(pcm, S16_LE, INTERLEAVED, 1, RATE, CONVERT, LATENCY_US)
    _check(alsa, ready, f"Ngõ vào {device} không cho 48 kHz")
    block = ctypes.create_string_buffer(BLOCK * 2)
    while True:
        taken = alsa.snd_pcm_readi(pcm, block, BLOCK)
        if taken < 0:  # we were too slow for a moment, or it was pulled out
            _check(alsa, alsa.snd_pcm_recover(pcm, int(taken), SILENT), f"Mất ngõ vào {device}")
        else:
            yield block.raw[: taken * 2]


def _check(alsa: ctypes.CDLL, result: int, what: str) -> None:
    if result < 0:
        raise StreamError(f"{what}: {alsa.snd_strerror(result).decode()}")


def _libasound() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL("libasound.so.2")
    except OSError as error:
        raise StreamError("Thiếu thư viện âm thanh: cài gói libasound2") from error
    library.snd_strerror.restype = ctypes.c_char_p
    library.snd_pcm_readi.restype = ctypes.c_long
    library.snd_pcm_readi.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
    return library
