"""The last lines that the program wrote into its log, kept in memory."""

import logging
from collections import deque

LINES = 400  # an hour of a station in trouble, days of one that is well
LONGEST = 300  # characters; a longer one is a traceback, which begins with what matters

_held: deque[str] = deque(maxlen=LINES)


class _Keep(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        text = f"{self.formatter.format(record)}" if self.formatter else record.getMessage()
        _held.extend(line[:LONGEST] for line in text.splitlines())


def begin() -> None:
    """Keep what is written from now on; once is enough."""
    root = logging.getLogger()
    if any(isinstance(handler, _Keep) for handler in root.handlers):
        return
    keep = _Keep()
    keep.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(keep)


def lines() -> tuple[str, ...]:
    """Oldest first."""
    return tuple(_held)
