"""What was on the air during a run: how loud it was, and on request every sample.

Before the output profile: proof is compared with the recording that was approved.
"""

import logging
import math
from pathlib import Path

import numpy as np

from station_agent.player.ports import Block
from station_agent.player.wav import WavFile

log = logging.getLogger(__name__)

FLOOR_DBFS = -120.0  # below the last bit of 16; also what silence is reported as


class Take:
    """The proof of one run: level, and a WAV named after it when `directory` is given.

    A file of that name is kept: the next is `RUN-2.wav`. A disk that fails loses the capture, not
    the broadcast: `path` is None then.
    """

    def __init__(self, run: str, directory: Path | None) -> None:
        self._run = run
        self._directory = directory
        self._wav: WavFile | None = None
        self._peak = 0.0
        self._energy = 0.0
        self._samples = 0

    def hear(self, block: Block) -> None:
        """Add samples that have been written to the sink; the file is made for the first ones."""
        self._peak = max(self._peak, float(np.abs(block).max()))
        self._energy += float(np.dot(block, block))
        self._samples += len(block)
        if self._directory is None:
            return
        try:
            if self._wav is None:
                self._directory.mkdir(parents=True, exist_ok=True)
                self._wav = WavFile(_free_name(self._run, self._directory))
            self._wav.append(block)
        except OSError:
            log.exception("no capture of %s any more", self._run)
            self.close()
            self._wav = self._directory = None

    def close(self) -> None:
        """Close the capture; its path stays known."""
        if self._wav is not None:
            self._wav.close()

    @property
    def path(self) -> str | None:
        """Where the samples are."""
        return None if self._wav is None else str(self._wav.path)

    @property
    def rms_dbfs(self) -> float:
        """Level over the whole run; a full-scale sine has -3."""
        return dbfs(math.sqrt(self._energy / self._samples)) if self._samples else FLOOR_DBFS

    @property
    def peak_dbfs(self) -> float:
        """The highest sample."""
        return dbfs(self._peak)


def dbfs(amplitude: float) -> float:
    """Return the level of an amplitude, never below the floor."""
    return max(FLOOR_DBFS, 20 * math.log10(amplitude)) if amplitude > 0 else FLOOR_DBFS


def _free_name(run: str, directory: Path) -> Path:
    path, number = directory / f"{run}.wav", 1
    while path.exists():
        number += 1
        path = directory / f"{run}-{number}.wav"
    return path
