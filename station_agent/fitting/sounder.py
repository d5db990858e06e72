"""Lets the rig sound its codes through the player that the agent has started."""

from collections.abc import Callable
from queue import Empty, SimpleQueue

from station_agent.hardware.errors import HardwareError, NoAnswer
from station_agent.hardware.fm.coded.sounded import Signal
from station_agent.player import wire
from station_agent.player.client import PlayerDied, PlayerProcess

Word = wire.Event | PlayerDied
Hearing = Callable[[Word], None]

PATIENCE_S = 1.4  # a code takes a second, a slow card a tenth to open (ports.CALL_LIMIT_S)
START_S = 2.0  # more, for a player that must be started first; the board's guard waits for 5
NAME = "code-"  # of runs that are the rig's; the agent hears nothing of them


class PlayerSounder:
    """Starts players for the agent with `make`, and sounds codes on the present one.

    When the agent has none any more, as at its end, a code gets a player of its own: receivers
    that only a code closes must not stay open.
    """

    def __init__(self, make: Callable[[Hearing], PlayerProcess], hear: Hearing) -> None:
        self._make, self._pass_on = make, hear
        self._player: PlayerProcess | None = None
        self._words: SimpleQueue[Word] = SimpleQueue()
        self._runs = 0

    def start(self) -> PlayerProcess:
        """Start a player in the place of the last one."""
        self._player = self._make(self._hear)
        return self._player

    def sound(self, signal: Signal) -> None:
        """See Sounder; called from the rig's thread."""
        words = self._words = SimpleQueue()  # what is left of an earlier code says nothing of this
        if self._player is not None:
            self._play(self._player, words, signal, PATIENCE_S)
            return
        player = self._make(words.put)
        try:
            self._play(player, words, signal, PATIENCE_S + START_S)
        finally:
            player.close()

    def _play(
        self, player: PlayerProcess, words: "SimpleQueue[Word]", signal: Signal, patience_s: float
    ) -> None:
        self._runs += 1
        run = f"{NAME}{self._runs}"
        player.send(wire.Play(run=run, path=str(signal.path), sha256=signal.sha256))
        ended = _end_of(run, words, patience_s)
        if ended is None:
            player.send(wire.Stop(run=run))
            raise NoAnswer("mã gọi không phát ra kịp")
        if ended.cause is not wire.Cause.FINISHED:
            raise HardwareError(f"mã gọi không phát được: {ended.detail}")

    def _hear(self, word: Word) -> None:
        """Called from the player's reading thread."""
        if isinstance(word, PlayerDied):
            self._player = None
            self._words.put(word)
            self._pass_on(word)
        elif getattr(word, "run", "").startswith(NAME):
            self._words.put(word)
        else:
            self._pass_on(word)


def _end_of(run: str, words: "SimpleQueue[Word]", patience_s: float) -> wire.Ended | None:
    try:
        while True:
            match words.get(timeout=patience_s):
                case wire.Ended() as ended if ended.run == run:
                    return ended
                case PlayerDied():
                    raise HardwareError("bộ phát tiếng đã dừng")
    except Empty:
        return None
