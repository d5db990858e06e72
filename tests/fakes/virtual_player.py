"""A player in virtual time: says the words that the real one would, and keeps what was heard."""

from dataclasses import dataclass, field

from station_agent.actions import PlayRun
from station_agent.player import wire

DELAY_NS = 20_000_000  # what "as soon as possible" takes
FADE_NS = 50_000_000  # the longest, unless a plan asks for more
SECOND_NS = 1_000_000_000


@dataclass
class Sounding:
    """One run; `end_ns` is when its last sample sounds, or sounded."""

    run: str
    recording: str
    from_sample: int
    begin_ns: int
    end_ns: int
    total: int
    relay: bool = False
    stopped: bool = False
    told_started: bool = False
    told_ns: int = 0

    @property
    def airing(self) -> str:
        return self.run.rpartition("-")[0]

    def samples(self, until_ns: int) -> int:
        sounded_ns = max(0, min(until_ns, self.end_ns) - self.begin_ns)
        return round(sounded_ns * 48 / 1_000_000)


@dataclass
class VirtualPlayer:
    """`heard` is the truth about the air; `trigger_…` makes the next plays fail."""

    lengths: dict[str, int]
    heard: list[Sounding] = field(default_factory=list)
    running: list[Sounding] = field(default_factory=list)
    failures: list[wire.Trouble] = field(default_factory=list)
    silent: bool = False
    relayed_share: float = 1.0  # of a relay: so much was the stream, the rest its fallback

    def trigger_failure(self, trouble: wire.Trouble) -> None:
        """The next play fails at once."""
        self.failures.append(trouble)

    def trigger_hang(self) -> None:
        """It says nothing any more."""
        self.silent = True

    def play(self, action: PlayRun, now_ns: int) -> list[wire.Event]:
        """Take a play; what fails says so at once."""
        relay = action.relay
        total = self.lengths[action.recording] if relay is None else relay.samples
        if self.failures:
            trouble = self.failures.pop(0)
            ended = wire.Ended(run=action.run, cause=wire.Cause.FAILED, trouble=trouble)
            return [ended]
        begin = now_ns + DELAY_NS if action.at_ns is None else action.at_ns
        left_ns = round((total - action.from_sample) * 1_000_000 / 48)
        end, first = begin + left_ns, action.from_sample
        run = Sounding(action.run, action.recording, first, begin, end, total, relay is not None)
        self.running.append(run)
        self.heard.append(run)
        return []

    def stop(self, run: str, now_ns: int, fade_ms: int) -> None:
        """Fade a run out."""
        for one in self.running:
            if one.run == run:
                one.stopped = True
                one.end_ns = min(one.end_ns, max(one.begin_ns, now_ns + fade_ms * 1_000_000))
                if one.begin_ns > now_ns:
                    one.begin_ns = one.end_ns = now_ns

    def die(self, now_ns: int) -> None:
        """Everything stops at once."""
        for one in self.running:
            one.end_ns = max(one.begin_ns, min(one.end_ns, now_ns))
            if one.begin_ns > now_ns:
                one.begin_ns = one.end_ns = now_ns
        self.running.clear()

    def next_ns(self) -> int:
        """When it has something to say."""
        return min((self._next_of(one) for one in self.running), default=1 << 62)

    def words(self, now_ns: int) -> list[wire.Event]:
        """What it says up to now, once."""
        found: list[wire.Event] = []
        for one in list(self.running):
            found += self._words_of(one, now_ns)
        return [] if self.silent else found

    def _next_of(self, one: Sounding) -> int:
        if not one.told_started:
            return min(one.begin_ns, one.end_ns)
        return min(one.told_ns + SECOND_NS, one.end_ns)

    def _words_of(self, one: Sounding, now_ns: int) -> list[wire.Event]:
        found: list[wire.Event] = []
        if not one.told_started and one.begin_ns <= now_ns and one.end_ns > one.begin_ns:
            one.told_started, one.told_ns = True, one.begin_ns
            found.append(
                wire.Started(run=one.run, first_ns=one.begin_ns, from_sample=one.from_sample)
            )
        while one.told_started and one.told_ns + SECOND_NS <= min(now_ns, one.end_ns):
            one.told_ns += SECOND_NS
            found.append(self._progress(one))
        if one.end_ns <= now_ns:
            self.running.remove(one)
            found.append(self._ended(one))
        return found

    def _progress(self, one: Sounding) -> wire.Progress:
        played = one.samples(one.told_ns)
        return wire.Progress(
            run=one.run, from_sample=one.from_sample, played_samples=played, underruns=0
        )

    def _ended(self, one: Sounding) -> wire.Ended:
        played = one.samples(one.end_ns)
        total = one.total
        live = round(played * self.relayed_share) if one.relay else 0
        whole = one.from_sample + played >= total
        return wire.Ended(
            run=one.run,
            cause=wire.Cause.FINISHED if whole else wire.Cause.STOPPED,
            from_sample=one.from_sample,
            played_samples=played,
            total_samples=total,
            first_ns=one.begin_ns if played else None,
            last_ns=one.end_ns if played else None,
            rms_dbfs=-18.0,
            peak_dbfs=-3.0,
            relayed_samples=live,
            fallback_samples=played - live if one.relay else 0,
        )
