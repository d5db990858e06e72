"""What an FM transmitter with RDS puts out before modulation: the multiplex signal at 228 kHz.

Made from IEC 62106-2 (EN 50067 §1): 1187.5 bits a second on 57 kHz, the third harmonic of the
pilot, differentially coded, in biphase symbols shaped by a cosine.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RATE = 228_000
PER_BIT = 192  # 228 000 / 1187.5
PILOT_HZ = 19_000
PILOT, RDS, TONE = 0.08, 0.05, 0.25  # shares of full deviation
GENERATOR = 0x5B9
OFFSETS = {"A": 0x0FC, "B": 0x198, "C": 0x168, "C'": 0x350, "D": 0x1B4}
Signal = NDArray[np.float64]


def checkword(block: int) -> int:
    """Return the ten check bits of a block of 16, without its offset."""
    rest = block << 10
    for bit in range(25, 9, -1):
        if rest >> bit & 1:
            rest ^= GENERATOR << (bit - 10)
    return rest


def bits(groups: Sequence[Sequence[int]]) -> NDArray[np.uint8]:
    """Return the bit stream of whole groups."""
    found: list[int] = []
    for blocks in groups:
        names = "ABCD" if not blocks[1] >> 11 & 1 else ("A", "B", "C'", "D")
        for name, block in zip(names, blocks, strict=True):
            word = block << 10 | checkword(block) ^ OFFSETS[name]
            found += [word >> place & 1 for place in range(25, -1, -1)]
    return np.array(found, dtype=np.uint8)


def _symbol() -> Signal:
    """One biphase symbol: an impulse and its opposite half a bit later, through cos(pi f t/4)."""
    count = 8 * PER_BIT
    frequency = np.abs(np.fft.fftfreq(count, 1 / RATE))
    bit_s = PER_BIT / RATE
    shape = np.where(frequency <= 2 / bit_s, np.cos(np.pi * frequency * bit_s / 4), 0)
    impulses = np.zeros(count)
    impulses[count // 2 - PER_BIT // 4], impulses[count // 2 + PER_BIT // 4] = 1, -1
    wave = np.fft.ifft(np.fft.fft(impulses) * shape).real
    return wave / np.abs(wave).max()


def multiplex(groups: Sequence[Sequence[int]], noise: float = 0.0, seed: int = 1) -> Signal:
    """Return the multiplex of `groups` with pilot, two tones and white noise; all of full scale 1.

    `noise` is its standard deviation.
    """
    differential = np.bitwise_xor.accumulate(bits(groups)).astype(np.float64) * 2 - 1
    train = np.zeros((len(differential) + 8) * PER_BIT)
    train[4 * PER_BIT :: PER_BIT][: len(differential)] = differential
    spectrum = np.fft.rfft(train, len(train) + 8 * PER_BIT)
    data = np.fft.irfft(spectrum * np.fft.rfft(_symbol(), len(train) + 8 * PER_BIT))
    time = np.arange(len(data)) / RATE
    pilot = 2 * np.pi * PILOT_HZ * time
    sound = TONE * np.sin(2 * np.pi * 440 * time) + TONE * np.sin(2 * np.pi * 1000 * time)
    carrier = PILOT * np.sin(pilot) + RDS * data * np.sin(3 * pilot)
    hiss = np.random.default_rng(seed).normal(0, noise, len(data)) if noise else 0
    return sound + carrier + hiss
