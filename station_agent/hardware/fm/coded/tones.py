"""Codes that sound: DTMF (ITU-T Q.23) and FSK, as samples of 16 bits at 48 kHz."""

from array import array
from collections.abc import Iterable
from math import pi, sin
from typing import TypeAlias

from station_agent.hardware.fm.uecp.frames import crc

Samples: TypeAlias = "array[int]"

RATE = 48_000  # what the player takes (player/wire.py)
PEAK = 0.5  # -6 dBFS: pre-emphasis and a limiter behind the player bend nothing yet

ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
KEYS = "123A456B789C*0#D"
TONE_MS, PAUSE_MS = 60, 50  # ITU-T Q.24 wants 40 of each
MOST_KEYS = 9  # one second: what fits the time that one call may take (ports.CALL_LIMIT_S)

LEAD_MS = 50  # squelch and decoder wake up on it
MARK_MS = 100  # so long a receiver of FSK needs to settle on the mark
MODEMS = {1200: (1200, 2200), 300: (1270, 1070)}  # baud: mark and space in Hz; Bell 202, Bell 103
MOST_BYTES = 16  # 0.6 s at 300 baud


def dtmf(keys: str) -> Samples:
    """Return the keys, one after another. Raises ValueError."""
    if not 0 < len(keys) <= MOST_KEYS or set(keys) - set(KEYS):
        raise ValueError(f"mã DTMF gồm 1 đến {MOST_KEYS} phím trong {KEYS}, không phải {keys!r}")
    parts = [_silence(LEAD_MS)]
    for key in keys:
        row, column = divmod(KEYS.index(key), 4)
        parts += [_tones((ROWS[row], COLUMNS[column]), TONE_MS), _silence(PAUSE_MS)]
    return _joined(parts)


def fsk(payload: bytes, baud: int) -> Samples:
    """Return a frame in bytes of 8N1: length, payload, CRC-16/GENIBUS of both, high byte first.

    A receiver drops what does not agree: noise and the end of the carrier make bytes too. Raises
    ValueError.
    """
    if not 0 < len(payload) <= MOST_BYTES or baud not in MODEMS:
        raise ValueError(f"mã FSK gồm 1 đến {MOST_BYTES} byte, tốc độ 1200 hoặc 300")
    body = bytes([len(payload)]) + payload
    body += crc(body).to_bytes(2, "big")
    mark_bits = MARK_MS * baud // 1000
    bits = [1] * mark_bits + [bit for byte in body for bit in _serial(byte)] + [1] * 4
    return _joined([_silence(LEAD_MS), _keyed(bits, baud), _silence(LEAD_MS)])


def _serial(byte: int) -> list[int]:
    """Start bit, eight bits with the lowest first, stop bit."""
    return [0, *(byte >> place & 1 for place in range(8)), 1]


def _keyed(bits: Iterable[int], baud: int) -> Samples:
    """Go on in phase from bit to bit: a jump is a click, and bits that were not sent."""
    mark, space = MODEMS[baud]
    made, phase, done = array("h"), 0.0, 0
    for number, bit in enumerate(bits, start=1):
        step = 2 * pi * (mark if bit else space) / RATE
        until = number * RATE // baud
        for _ in range(until - done):
            made.append(round(32767 * PEAK * sin(phase)))
            phase += step
        done = until
    return made


def _tones(hertz: tuple[int, int], length_ms: int) -> Samples:
    low, high = (2 * pi * one / RATE for one in hertz)
    loud = 32767 * PEAK / 2
    count = RATE * length_ms // 1000
    return array("h", (round(loud * (sin(low * n) + sin(high * n))) for n in range(count)))


def _silence(length_ms: int) -> Samples:
    return array("h", bytes(2 * (RATE * length_ms // 1000)))


def _joined(parts: Iterable[Samples]) -> Samples:
    made = array("h")
    for part in parts:
        made.extend(part)
    return made
