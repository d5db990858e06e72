"""The agent's hold on its player: starts the process, sends commands, passes its events on."""

import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contract.states import Profile
from station_agent.player import wire
from station_agent.player.errors import LineError

log = logging.getLogger(__name__)

# Fade (0.1 s), what is left in the card's buffer, and a slow box; then it is hung, and killed.
QUIT_PATIENCE_S = 3.0


@dataclass(frozen=True)
class PlayerDied:
    """The player process has ended; always the last event of a PlayerProcess.

    `exit_code` is negative for a signal, 0 after a Quit. Runs without an `Ended` got as far as
    their last `Progress`.
    """

    exit_code: int


class PlayerProcess:
    """One player process, from start to death; never restarted, make another.

    `sink` is `file:DIR`, `null` or `alsa:DEVICE`; what goes to it is shaped for `profile`, what is
    captured is not. `inputs` are devices by the name that a `Relay` calls them. `emit` gets every
    event, in order, from a thread of ours: let it only put them on a queue. Start it from a thread
    that outlives the player: the kernel ties the child to the thread that made it (prctl(2),
    PR_SET_PDEATHSIG).
    """

    def __init__(
        self,
        sink: str,
        emit: Callable[[wire.Event | PlayerDied], None],
        capture: Path | None = None,
        profile: Profile = Profile.FLAT,
        inputs: Mapping[str, str] | None = None,
    ) -> None:
        self._emit = emit
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [*_command_line(theirs.fileno(), sink, capture, profile), *_inputs(inputs or {})],
                pass_fds=[theirs.fileno()],
            )
        self._socket = ours
        self._reader = threading.Thread(target=self._read, name="player-events", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process id of the player."""
        return self._process.pid

    def send(self, command: wire.Command) -> None:
        """Hand a command over without waiting.

        To a dead player it is lost: `PlayerDied` is on its way. A player that has stopped reading
        is killed, with the same outcome.
        """
        line = wire.encode(command)
        try:
            sent = self._socket.send(line, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
        except BlockingIOError:
            sent = 0
        except OSError:
            return
        if sent < len(line):
            log.error("player %d does not read its commands: killed", self.pid)
            self._process.kill()

    def kill(self) -> None:
        """End a player that is hung, without waiting; `PlayerDied` follows."""
        self._process.kill()

    def close(self) -> None:
        """Let it fade out and exit, kill it if it does not; returns after `PlayerDied`."""
        self.send(wire.Quit())
        try:
            self._process.wait(QUIT_PATIENCE_S)
        except subprocess.TimeoutExpired:
            log.warning("player %d does not quit: killed", self.pid)
            self._process.kill()
        self._reader.join()
        self._socket.close()

    def _read(self) -> None:
        with self._socket.makefile("rb") as stream:
            try:
                for line in wire.read_lines(stream):
                    self._pass_on(line)
            except OSError as error:
                log.warning("player %d: %s", self.pid, error)
        code = self._process.wait()
        self._socket.close()
        self._emit(PlayerDied(code))

    def _pass_on(self, line: bytes) -> None:
        try:
            event = wire.decode_event(line)
        except LineError as error:  # for instance the half line of a player killed while writing
            log.warning("player %d: %s", self.pid, error)
        else:
            self._emit(event)


def _command_line(fd: int, sink: str, capture: Path | None, profile: Profile) -> Sequence[str]:
    base = [sys.executable, "-m", "station_agent.player", "--fd", str(fd)]
    base += ["--sink", sink, "--profile", profile]
    return base if capture is None else [*base, "--capture", str(capture)]


def _inputs(inputs: Mapping[str, str]) -> Sequence[str]:
    return [f"--input={name}={device}" for name, device in inputs.items()]
