"""One process of a program: its own group, its log, its death when we die, its end."""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from controller.launch.program import Program, environment


class Child:
    """A running process; made once, never started again.

    The kernel sends it SIGTERM when the thread that made it dies (prctl(2), PR_SET_PDEATHSIG), so
    make it in the main thread. setpriv sets that after it has changed the user: a change of user
    clears it.
    """

    def __init__(self, program: Program, log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self._log, self._from = log, out.tell()
            self._process = subprocess.Popen(
                _bound_to_us(program),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment(program.settings, os.environ),
                pass_fds=program.inherits,
                process_group=0,  # Ctrl-C reaches us alone: we stop the others in order
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for a signal."""
        return self._process.poll()

    def said(self) -> str:
        """What it has written so far; nothing when somebody has removed its log."""
        try:
            with self._log.open("rb") as log:
                log.seek(self._from)
                return log.read().decode(errors="replace")
        except OSError:
            return ""

    def ask_to_end(self) -> None:
        """Let it leave in order."""
        self._process.terminate()

    def end(self, within_s: float) -> None:
        """Wait for its end, and kill what is left of its group."""
        try:
            self._process.wait(within_s)
        except subprocess.TimeoutExpired:
            self.end_group()
            self._process.wait()
        self.end_group()

    def end_group(self) -> None:
        """Kill what is left of its group, so that nothing holds its port or its files."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def _bound_to_us(program: Program) -> Sequence[str]:
    user = program.owner
    change = []
    if user is not None and user.uid != os.getuid():
        change = [f"--reuid={user.uid}", f"--regid={user.gid}", "--clear-groups"]
    return ["setpriv", *change, "--pdeathsig=TERM", "--", *program.argv]
