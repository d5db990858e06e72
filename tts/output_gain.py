"""The output gain in the header of an Ogg/Opus file: how far a player turns the sound down.

RFC 7845 §5.1: signed 16-bit Q7.8 decibels that every player MUST apply. One that does not plays
the sound as it was encoded.
"""

import math
from pathlib import Path

# RFC 3533 §6, and RFC 7845 §3: the first page holds OpusHead (§5.1) alone, in one segment.
FIRST_PAGE = 28 + 19
SUM = slice(22, 26)
GAIN = slice(28 + 16, 28 + 18)
STEPS_A_DB = 256
POLYNOMIAL = 0x04C11DB7


def at_least(db: float) -> float:
    """The smallest cut that can be written and is not less, in dB."""
    return math.ceil(db * STEPS_A_DB) / STEPS_A_DB


def turn_down(file: Path, db: float) -> None:
    """Write a cut of `db` into a file that we encoded, over the one it has."""
    with file.open("r+b") as sound:
        page = bytearray(sound.read(FIRST_PAGE))
        page[GAIN] = round(-db * STEPS_A_DB).to_bytes(2, "little", signed=True)
        page[SUM] = bytes(4)
        page[SUM] = _sum(page).to_bytes(4, "little")
        sound.seek(0)
        sound.write(page)


def _sum(page: bytearray) -> int:
    """Ogg's CRC-32: not reflected, from 0, not inverted."""
    found = 0
    for byte in page:
        found ^= byte << 24
        for _ in range(8):
            found = (found << 1 ^ (POLYNOMIAL if found >> 31 else 0)) & 0xFFFFFFFF
    return found
