"""A radio's RDS part: from the multiplex signal back to groups; what is damaged is None."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from tests.fakes.mpx import OFFSETS, RATE, Signal, checkword

SLOW = 12  # 228 kHz to 19 kHz: 16 samples a bit
PER_BIT = 16
ORDER = ("A", "B", "C", "D")
Heard = tuple[int | None, int | None, int | None, int | None]


def receive(multiplex: Signal) -> list[Heard]:
    """Return the groups in a multiplex signal, first to last."""
    return list(_groups(_bits(_baseband(multiplex))))


def _baseband(multiplex: Signal) -> Signal:
    """Bring 57 kHz down to nothing and turn it so that the data is real."""
    turning = np.exp(-2j * np.pi * 57_000 * np.arange(len(multiplex)) / RATE)
    low = signal.firwin(401, 2_400, fs=RATE)
    mixed = signal.oaconvolve(multiplex * turning, low, mode="same")[::SLOW]
    phase = np.angle(np.mean(mixed**2)) / 2
    return np.asarray((mixed * np.exp(-1j * phase)).real)


def _bits(data: Signal) -> NDArray[np.uint8]:
    """Match the biphase symbol, take the best instant of each bit, undo the differential code."""
    half = np.ones(PER_BIT // 2)
    matched = np.convolve(data, np.concatenate([half, -half]), mode="valid")
    best = max(range(PER_BIT), key=lambda at: float(np.abs(matched[at::PER_BIT]).sum()))
    hard = (matched[best::PER_BIT] > 0).astype(np.uint8)
    return np.bitwise_xor(hard[1:], hard[:-1])


def _groups(stream: NDArray[np.uint8]) -> Iterator[Heard]:
    words = np.array(
        [int("".join(map(str, stream[at : at + 26])), 2) for at in range(len(stream) - 25)]
    )
    at = _start(words)
    while at is not None and at + 78 < len(words):
        blocks = [_block(int(words[at + 26 * n]), name) for n, name in enumerate(ORDER)]
        if blocks[1] is not None and blocks[1] >> 11 & 1:
            blocks[2] = _block(int(words[at + 52]), "C'")
        yield (blocks[0], blocks[1], blocks[2], blocks[3])
        at += 104


def _start(words: NDArray[np.int64]) -> int | None:
    """Return where the first A with a sound B after it stands."""
    for at in range(len(words) - 26):
        if _block(int(words[at]), "A") is not None and _block(int(words[at + 26]), "B") is not None:
            return at
    return None


def _block(word: int, name: str) -> int | None:
    return word >> 10 if (word & 0x3FF) ^ OFFSETS[name] == checkword(word >> 10) else None
