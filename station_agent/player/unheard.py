"""The stream of an input that a station does not have."""

import numpy as np

from station_agent.player.ports import Block


class Unheard:
    """A `Stream` that nothing comes from, and why."""

    held, well, silent = 0, 0, False

    def __init__(self, fault: str) -> None:
        self.fault = fault

    def read(self, count: int) -> Block:  # noqa: ARG002 - see Stream
        """Take none: there are none."""
        return np.empty(0, np.float32)

    def trim(self, count: int) -> None:
        """Nothing is held."""

    def close(self) -> None:
        """Nothing is open."""
