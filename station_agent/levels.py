"""Levels: percent of volume to decibels, and the mean level of all runs of an airing."""

from math import log10

from station_agent.state import Airing

SILENT_DB = -90.0  # the lowest volume that the player takes; below the hiss of any amplifier


def volume_db(percent: int) -> float:
    """Percent of amplitude in dB: 100 is the recording as mastered, 50 is -6 dB, 0 is silence."""
    return max(SILENT_DB, 20 * log10(percent / 100)) if percent else SILENT_DB


def energy_of(rms_dbfs: float, samples: int) -> float:
    """Mean square x samples, which adds up over runs."""
    return float(10 ** (rms_dbfs / 10) * samples)


def rms_dbfs(airing: Airing) -> float | None:
    """The mean level over all runs; None when nothing sounded."""
    if not airing.sounded or airing.energy <= 0:
        return None
    return round(10 * log10(airing.energy / airing.sounded), 2)
