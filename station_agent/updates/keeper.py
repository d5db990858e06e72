"""The keeper of the slots: does what the agent asks for, in threads, and says how it went."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from station_agent.actions import (
    AgentChange,
    FetchAgent,
    GivenUpTold,
    GiveUpAgent,
    KeepAgent,
    TestAgent,
    TryAgent,
)
from station_agent.events import AgentFetched, AgentFetchFailed, AgentTested
from station_agent.inputs import Crashed, Input, StopAsked
from station_agent.updates.slots import Slots

PATIENCE_S = 3_600  # 200 kB over the worst SIM card take minutes; a dead peer is given up
NAME = "tt-station-{}.pyz"
DETAIL_LIMIT = 400  # characters of a reason: a repository may answer with anything


class Keeper:
    """Fetches into the spare slot, tests, keeps, gives up. Call it from the loop's thread."""

    def __init__(
        self,
        slots: Slots,
        source: tuple[str, Path, Path],
        papers: Path | None,
        test: Callable[[], str],
        emit: Callable[[Input], None],
    ) -> None:
        """`source`: address of the repository, a folder for its metadata, the first root.

        `papers`: the box's, when the repository stands behind the stations' door.
        """
        self._slots, self._test, self._emit = slots, test, emit
        self._source, self._papers = source, papers

    def do(self, change: AgentChange) -> None:
        """Begin, or do, what is asked. Slow things go to a thread."""
        match change:
            case FetchAgent(version=version):
                self._begin(lambda: self._fetch(version))
            case TestAgent():
                self._begin(lambda: self._emit(AgentTested(self._test())))
            case TryAgent(version=version):
                self._slots.try_out(version)
                self._emit(StopAsked())
            case GivenUpTold():
                self._slots.told()
            case KeepAgent():
                self._slots.keep()
            case GiveUpAgent(why=why):
                self._slots.give_up(why)
                self._emit(StopAsked())

    def _begin(self, work: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                work()
            except Exception as error:
                self._emit(Crashed(f"updates: {error!r}"))

        threading.Thread(target=guarded, name="updates", daemon=True).start()

    def _fetch(self, version: str) -> None:
        """In a process of its own: TUF's client stays out of the agent's memory."""
        url, folder, root = self._source
        papers = [] if self._papers is None else [str(self._papers)]
        command = [sys.executable, "-m", "station_agent.updates.fetch"]
        try:
            done = subprocess.run(
                [*command, url, str(folder), str(root), NAME.format(version), *papers],
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                check=False,
            )
            said = done.stdout.strip() or done.stderr.strip()[-200:]
            if done.returncode:
                self._emit(AgentFetchFailed(version=version, detail=said[:DETAIL_LIMIT]))
                return
            self._slots.stage(Path(said))
        except (OSError, subprocess.TimeoutExpired) as error:
            self._emit(AgentFetchFailed(version=version, detail=str(error)))
        else:
            self._emit(AgentFetched(version))
