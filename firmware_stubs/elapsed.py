"""Time that never comes round, from a chip's counter that does every few minutes."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any  # ticks have a type of their own in the stubs of a chip


class Elapsed:
    """Adds up the steps of `ticks_us`; right when asked at least every eight minutes (2^29 us)."""

    def __init__(self, ticks_us: "Callable[[], Any]", diff: "Callable[[Any, Any], int]") -> None:
        self._ticks_us = ticks_us
        self._diff = diff
        self._seen = ticks_us()
        self._total_us = 0

    def now_us(self) -> int:
        """Return microseconds since this was made."""
        ticks = self._ticks_us()
        self._total_us += self._diff(ticks, self._seen)
        self._seen = ticks
        return self._total_us
