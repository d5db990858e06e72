"""Several ways to wake receivers, used as one: a name on the encoder and a code that sounds."""

from collections.abc import Sequence
from contextlib import ExitStack

from station_agent.hardware.ports import Reach, Receivers


class Together:
    """See the port Receivers. What fails of one is told when all have had their turn."""

    def __init__(self, ways: Sequence[Receivers]) -> None:
        self._ways = ways
        self.keep_alive_s = min(way.keep_alive_s for way in ways)

    def wake(self, reach: Reach) -> None:
        """See the port."""
        with ExitStack() as turns:
            for way in reversed(self._ways):
                turns.callback(way.wake, reach)

    def release(self, reach: Reach) -> None:
        """See the port."""
        with ExitStack() as turns:
            for way in reversed(self._ways):
                turns.callback(way.release, reach)

    def close(self) -> None:
        """See the port."""
        for way in self._ways:
            way.close()
