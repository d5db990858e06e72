"""How long a voice really speaks in a sound: silence before and after it does not count."""

from collections.abc import Iterable, Iterator

import numpy as np
from av import AudioFrame

from tts.refusals import SILENCE_DBFS

_SILENCE = 32_768 * 10 ** (SILENCE_DBFS / 20)


class SpeakingTime:
    """Watches s16 mono frames go by."""

    def __init__(self) -> None:
        self._samples, self._rate_hz = 0, 1
        self._first: int | None = None
        self._last = 0

    @property
    def ms(self) -> float:
        """From the first sample that is heard to the last one; 0 if none is."""
        if self._first is None:
            return 0.0
        return (self._last + 1 - self._first) * 1_000 / self._rate_hz

    def watch(self, frames: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
        """The same frames."""
        for frame in frames:
            self._rate_hz = frame.sample_rate
            loud = np.flatnonzero(np.abs(frame.to_ndarray()[0].astype(np.int32)) > _SILENCE)
            if loud.size:
                self._last = self._samples + int(loud[-1])
                if self._first is None:
                    self._first = self._samples + int(loud[0])
            self._samples += frame.samples
            yield frame
