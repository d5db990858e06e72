"""The machine's two clocks."""

import time
from datetime import UTC, datetime

from station_agent.state import Moment


class SystemClock:
    """Wall clock (UTC, aware) and CLOCK_MONOTONIC, read together."""

    def moment(self) -> Moment:
        """Return the present."""
        return Moment(datetime.now(UTC), time.monotonic_ns())
