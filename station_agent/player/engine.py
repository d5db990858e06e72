"""Turns commands into sound: one device stream, opened ahead of a run and closed after it."""

import time
from collections.abc import Callable
from pathlib import Path

from contract.states import Profile
from station_agent.player.errors import SinkError
from station_agent.player.instants import NS_PER_MS, NS_PER_S, ns_of, samples_in
from station_agent.player.mixer import Level, mix
from station_agent.player.ports import Block, Sink, Source
from station_agent.player.run import Run
from station_agent.player.tap import Take
from station_agent.player.wire import (
    SAMPLE_RATE,
    Cause,
    Command,
    Ended,
    Event,
    Ping,
    Play,
    Pong,
    Quit,
    Rejected,
    Shape,
    Stop,
    Trouble,
    Volume,
)

BLOCK = SAMPLE_RATE // 50  # 20 ms, an Opus frame: a command waits no longer before it is heeded
# The card must be open and full (120 ms) before the first sample; slow ones take 100 ms to open.
OPEN_AHEAD_NS = 400 * NS_PER_MS
# Cards click when they open and close: keep it open between the parts of a session.
TAIL_NS = 300 * NS_PER_MS
PROGRESS_EVERY_NS = NS_PER_S
QUIT_FADE_MS = 100  # no click, and the supervisor waits for it


class Engine:
    """The player without its process: `obey` commands, then `turn` when `rest_s` is over.

    One thread owns it. It never waits but in `turn`, for room in the sink.
    """

    def __init__(
        self,
        open_sink: Callable[[Profile | None], Sink],
        open_source: Callable[[Play], Source],
        emit: Callable[[Event], None],
        capture: Path | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._open_sink = open_sink
        self._open_source = open_source
        self._emit = emit
        self._capture = capture
        self._clock = clock
        self._sink: Sink | None = None
        self._profile: Profile | None = None
        self._opened_for: Profile | None = None  # the profile of the sink that is open
        self._level = Level()
        self._runs: dict[str, Run] = {}
        self._fallen_silent: list[Ended] = []  # told when their last sample has sounded
        self._silent_since = 0
        self._quitting = False

    @property
    def over(self) -> bool:
        """Whether it has been told to quit and everything has faded, sounded and been told."""
        return self._quitting and self._sink is None and not self._runs

    def rest_s(self) -> float | None:
        """Return how long nothing needs doing, unless a command comes; None: for ever."""
        if self._sink is not None or self._fallen_silent or self._quitting:
            return 0.0
        if not self._runs:
            return None
        return max(0, min(map(self._opens_ns, self._runs.values())) - self._clock()) / NS_PER_S

    def obey(self, command: Command) -> None:
        """Take a command in; what it changes is heard from the next block on."""
        match command:
            case Play(run=name) if name in self._runs:
                self._emit(Rejected(reason=f"run {name} is already here"))
            case Play(run=name):
                source = self._open_source(command)
                self._runs[name] = Run(command, source, Take(name, self._capture))
            case Stop(run=name):
                if name in self._runs:
                    self._stop(self._runs[name], command.fade_ms)
            case Volume():
                self._level.want(command.db)
            case Shape():
                self._profile = command.profile
            case Ping():
                self._emit(Pong())
            case Quit():
                self._quitting = True
                for run in list(self._runs.values()):
                    self._stop(run, QUIT_FADE_MS)

    def turn(self) -> None:
        """Write one block if anything sounds or is about to, and tell what has happened."""
        self._fail_what_cannot_start()
        try:
            if self._sink is None and self._due():
                self._sink = self._open_sink(self._profile)
                self._opened_for = self._profile
                self._silent_since = self._clock()
            if self._sink is not None:
                self._write_block(self._sink)
        except SinkError as error:
            self._lose_device(str(error))
        self._tell()
        self._close_after_the_tail()

    def _write_block(self, sink: Sink) -> None:
        block_ns = sink.next_dac()
        placed: list[tuple[Run, int, Block]] = []
        for run in self._runs.values():
            position = run.position(block_ns, BLOCK)
            if position is not None:
                placed.append((run, position, run.voice.take(BLOCK - position)))
        mixed = self._level.apply(mix([(at, samples) for _, at, samples in placed], BLOCK))
        sound_ns = sink.write(mixed)
        for run, at, samples in placed:  # the tap: what was mixed, and has been taken
            heard = mixed[at : at + len(samples)]
            started = run.wrote(heard, sound_ns + ns_of(at), sink.underruns)
            if started is not None:
                self._emit(started)
            if run.voice.over:
                self._end(run, *run.outcome())

    def _stop(self, run: Run, fade_ms: int) -> None:
        if run.first_ns is None:
            self._end(run, Cause.STOPPED, None, "")
        else:
            run.voice.stop(samples_in(fade_ms * NS_PER_MS))

    def _end(self, run: Run, cause: Cause, trouble: Trouble | None, detail: str) -> None:
        del self._runs[run.play.run]
        underruns = self._sink.underruns if self._sink is not None else run.underruns_before
        self._silent_since = max(self._silent_since, run.last_ns)
        self._fallen_silent.append(run.end(cause, trouble, detail, underruns))

    def _fail_what_cannot_start(self) -> None:
        now = self._clock()
        for run in list(self._runs.values()):
            if run.first_ns is None and run.source.trouble is not None:
                self._end(run, Cause.FAILED, *run.source.trouble)
            elif run.too_late(now):
                self._end(run, Cause.FAILED, Trouble.LATE, "Đã quá giờ phát")

    def _lose_device(self, detail: str) -> None:
        """End what sounds or was about to; the next run tries to open the device again."""
        for run in list(self._runs.values()):
            if run.first_ns is not None or self._opens_ns(run) <= self._clock():
                self._end(run, Cause.FAILED, Trouble.DEVICE, detail)
        self._close()

    def _tell(self) -> None:
        now = self._clock()
        for ended in list(self._fallen_silent):
            if self._sink is None or (ended.last_ns or 0) <= now:
                self._fallen_silent.remove(ended)
                self._emit(ended)
        if self._sink is not None:
            for run in self._runs.values():
                if run.first_ns is not None and now - run.told_ns >= PROGRESS_EVERY_NS:
                    self._emit(run.progress(now, self._sink.underruns))

    def _close_after_the_tail(self) -> None:
        if self._due() or self._fallen_silent:
            return
        tail = 0 if self._quitting or self._profile is not self._opened_for else TAIL_NS
        if self._clock() >= self._silent_since + tail:
            self._close()

    def _close(self) -> None:
        if self._sink is not None:
            self._sink.close()
            self._sink = None

    def _due(self) -> bool:
        now = self._clock()
        return any(self._opens_ns(run) <= now for run in self._runs.values())

    @staticmethod
    def _opens_ns(run: Run) -> int:
        """When the device must open for the run: at once for one without an instant (0)."""
        at = run.play.at_monotonic_ns
        return 0 if at is None else at - OPEN_AHEAD_NS
