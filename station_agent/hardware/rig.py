"""The rig's thread: has the sequencer decide, the parts do, and the agent hear of it."""

import logging
import time
from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread

from station_agent.events import BoardSaid
from station_agent.hardware.deeds import Asked, Deed, Froze, Happening, Passed, Saw, Tell
from station_agent.hardware.kit import Kit
from station_agent.hardware.news import is_news
from station_agent.hardware.parts import Parts
from station_agent.hardware.ports import Reach
from station_agent.hardware.readings import BoardReading
from station_agent.hardware.sequence import Sequence, first, wait_s
from station_agent.hardware.sequencer import step
from station_agent.hardware.steps import Step
from station_agent.inputs import Crashed, Input

log = logging.getLogger(__name__)

FROZEN_S = 10.0
"""The loop goes round every second; a card that stalls while it writes may hold it for a few."""

CLOSE_S = 6.0  # for the way down when the agent stops: its slowest steps, one of them deaf


class RigThread:
    """A `Rig`. From the start it goes down, whatever another process may have left up."""

    def __init__(self, kit: Kit, parts: Parts, put: Callable[[Input], None]) -> None:
        self._kit, self._parts, self._put = kit, parts, put
        self._asked: SimpleQueue[Asked] = SimpleQueue()
        self._sequence = first(kit)
        self._told: BoardReading | None = None
        self._pulsed_s = time.monotonic()
        self._close_by_s: float | None = None
        self._round_ns = time.monotonic_ns()
        self._thread = Thread(target=self._run, name="rig", daemon=True)
        self._thread.start()

    def up(self, reach: Reach) -> None:
        """Raise, or widen the reach of what is up."""
        self._asked.put(Asked(reach))

    def down(self) -> None:
        """Lower in the safe order."""
        self._asked.put(Asked(None))

    def pulse(self) -> None:
        """The loop is alive."""
        self._pulsed_s = time.monotonic()

    @property
    def round_ns(self) -> int:
        """When its thread last went round."""
        return self._round_ns

    def close(self) -> None:
        """Lower, wait for it within bounds, and let the lines go."""
        self._close_by_s = time.monotonic() + CLOSE_S
        self.down()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._live()
        except Exception as error:
            log.exception("the rig's thread died")
            self._put(Crashed(f"bộ điều khiển thiết bị dừng: {error!r}"))
        finally:
            self._parts.close()

    def _live(self) -> None:
        happening: Happening = Passed()
        while not self._over():
            self._round_ns = time.monotonic_ns()
            self._follow(happening)
            happening = self._next()

    def _over(self) -> bool:
        if self._close_by_s is None:
            return False
        resting = self._sequence.step is Step.DARK and self._asked.empty()
        return resting or time.monotonic() >= self._close_by_s

    def _next(self) -> Happening:
        try:
            wait = wait_s(self._sequence, self._kit, time.monotonic_ns())
            return self._asked.get(timeout=wait) if wait else self._asked.get_nowait()
        except Empty:
            closing = self._close_by_s is not None  # the loop has ended then, and rightly
            frozen = time.monotonic() > self._pulsed_s + FROZEN_S and not closing
            return Froze() if frozen and self._sequence.goal else Passed()

    def _follow(self, begin: Happening) -> None:
        """Let something happen, and all that comes of it at once."""
        happenings = deque([begin])
        while happenings:
            now_ns = time.monotonic_ns()
            decided = step(self._sequence, self._kit, happenings.popleft(), now_ns)
            self._enter(decided[0])
            happenings.extend(came for deed in decided[1] if (came := self._do(deed)))

    def _enter(self, sequence: Sequence) -> None:
        if sequence.step is not self._sequence.step:
            log.info("rig: %s -> %s", self._sequence.step, sequence.step)
        self._sequence = sequence

    def _do(self, deed: Deed) -> Happening | None:
        if isinstance(deed, Tell):
            self._put(deed.event)
            return None
        came = self._parts.do(deed)
        if isinstance(came, Saw) and came.look.board is not None:
            self._pass_on(came.look.board)
        return came

    def _pass_on(self, reading: BoardReading) -> None:
        if is_news(self._told, reading):
            self._told = reading
            self._put(BoardSaid(reading))
