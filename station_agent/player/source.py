"""A recording decoded ahead by a thread of its own, for the engine to read."""

import logging
import threading

from station_agent.player.decode import Decoding
from station_agent.player.errors import (
    DamagedError,
    HashError,
    PlayerError,
    UnreadableError,
    UnsupportedError,
)
from station_agent.player.ports import Block, Relayed
from station_agent.player.ring import Ring
from station_agent.player.verify import open_verified
from station_agent.player.wire import SAMPLE_RATE, Play, Trouble

log = logging.getLogger(__name__)

# Half a second in hand before the first sample: decoding it takes 2 ms here, 20 on a small board.
ENOUGH_TO_START = SAMPLE_RATE // 2

TROUBLES: dict[type[PlayerError], Trouble] = {
    UnreadableError: Trouble.UNREADABLE,
    HashError: Trouble.WRONG_HASH,
    UnsupportedError: Trouble.UNSUPPORTED,
    DamagedError: Trouble.DAMAGED,
}


class RecordingSource:
    """The `Source` of a `Play`; decoding begins when it is made."""

    def __init__(self, play: Play) -> None:
        self.trouble: tuple[Trouble, str] | None = None
        self.total_samples: int | None = None
        self.relayed: Relayed | None = None
        self._ring = Ring()
        thread = threading.Thread(
            target=self._decode, args=(play,), name=f"decode {play.run}", daemon=True
        )
        thread.start()

    @property
    def ready(self) -> bool:
        """Whether enough is decoded to start without stumbling."""
        return self._ring.holds(ENOUGH_TO_START)

    @property
    def ended(self) -> bool:
        """Whether everything has been read and nothing more will come."""
        return self._ring.drained

    def read(self, count: int) -> Block:
        """Return the next samples, at most `count`; fewer when they are not decoded yet."""
        return self._ring.read(count)

    def close(self) -> None:
        """Stop decoding; the thread lets the file go at its next block."""
        self._ring.close()

    def _decode(self, play: Play) -> None:
        try:
            self._fill(play)
        except PlayerError as error:
            self.trouble = TROUBLES[type(error)], str(error)
        except Exception as error:  # whatever a library raises, the run must end and say so
            log.exception("decoding %s", play.path)
            self.trouble = Trouble.DAMAGED, f"Không giải mã được tệp âm thanh: {error}"
        finally:
            self._ring.finish()

    def _fill(self, play: Play) -> None:
        file = open_verified(play.path, play.sha256)
        with file, Decoding(file, play.offset_samples) as recording:
            self.total_samples = recording.total_samples
            for block in recording.blocks():
                if not self._ring.put(block):
                    return
