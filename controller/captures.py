"""Captures: what left the player of a virtual station, to be heard in the browser."""

import re
from pathlib import Path

KEPT_S = 7 * 24 * 3_600.0
"""A week: it is for hearing whether all went well, not an archive."""

_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")


def captured(data: Path, station_id: str, airing_id: str) -> Path | None:
    """The WAV of one airing, its longest run where it was begun again; None: there is none."""
    if not (_NAME.fullmatch(station_id) and _NAME.fullmatch(airing_id)):
        return None
    folder = data / "stations" / station_id / "capture"
    runs = [file for file in folder.glob(f"{airing_id}-*.wav") if file.is_file()]
    return max(runs, key=lambda file: file.stat().st_size, default=None)
