"""Sounds in one folder: `originals/<sha256>` as they came, `recordings/<sha256>.ogg` finished."""

import hashlib
import os
import re
import tempfile
from collections.abc import Container
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


class DiskMedia:
    """A Media on the local disk."""

    def __init__(self, folder: Path) -> None:
        """Make the folders when they are missing."""
        self._originals = folder / "originals"
        self.recordings = folder / "recordings"  # where a Voice puts what it made
        self.renders = folder / "renders"  # and notes of what it made it
        self._progress = folder / "progress"
        for each in (self._originals, self.recordings, self.renders, self._progress):
            each.mkdir(parents=True, exist_ok=True)

    def keep_original(self, file: BinaryIO) -> str:
        """Keep the bytes as they came; on disk before this returns."""
        digest = hashlib.sha256()
        descriptor, scratch = tempfile.mkstemp(dir=self._originals, prefix=".coming-")
        try:
            with os.fdopen(descriptor, "wb") as kept:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    kept.write(chunk)
                kept.flush()
                os.fsync(kept.fileno())
            place = self._originals / digest.hexdigest()
            Path(scratch).replace(place)
        finally:
            Path(scratch).unlink(missing_ok=True)
        _settle(self._originals)
        return place.name

    def forget(self, named: Container[str], before: datetime) -> None:
        """Let go of originals that are not `named` and came `before`, and of broken-off uploads."""
        for file in self._originals.iterdir():
            came = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            if came < before and file.name not in named:
                file.unlink()

    def original(self, sha256: str) -> Path:
        """Raises FileNotFoundError."""
        return _existing(self._originals, sha256, "")

    def recording(self, sha256: str) -> Path:
        """Raises FileNotFoundError."""
        return _existing(self.recordings, sha256, ".ogg")

    def progress(self, bulletin_id: str) -> Path:
        """Where a Voice tells how far the recording of a bulletin is; there may be no file."""
        return self._progress / bulletin_id


def _existing(folder: Path, sha256: str, suffix: str) -> Path:
    """The name comes from outside: nothing but a sha256 may become a path."""
    if not _SHA256.fullmatch(sha256):
        raise FileNotFoundError(sha256)
    file = folder / f"{sha256}{suffix}"
    if not file.is_file():
        raise FileNotFoundError(file)
    return file


def _settle(folder: Path) -> None:
    """A rename is on disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
