"""One run: a `Play` from the moment it is asked for to the `Ended` that answers it."""

from dataclasses import dataclass, field

from station_agent.player.envelope import Envelope
from station_agent.player.instants import NS_PER_MS, ns_of, samples_in
from station_agent.player.mixer import Voice, amplitude
from station_agent.player.ports import Block, Relayed, Source
from station_agent.player.tap import Take
from station_agent.player.wire import Cause, Ended, Play, Progress, Started, Trouble

# A start that late is made up for by leaving out the head; later, the item's own policy decides.
MAX_LATE_NS = 2_000 * NS_PER_MS


@dataclass(slots=True)
class Run:
    """A run that is not over: waiting for its instant, or on the air. Instants are monotonic ns."""

    play: Play
    source: Source
    take: Take
    voice: Voice = field(init=False)
    left_out: int = 0  # samples whose instant had passed at the start
    played: int = 0  # samples that the sink has taken
    first_ns: int | None = None
    last_ns: int = 0  # when its last sample so far is over
    told_ns: int = 0  # when its progress was last told
    underruns_before: int = 0  # of the sink, before its first sample
    envelope: Envelope = field(default_factory=Envelope)

    def __post_init__(self) -> None:
        gain = amplitude(self.play.gain_db)
        self.voice = Voice(self.source, gain, samples_in(self.play.fade_in_ms * NS_PER_MS))

    @property
    def from_sample(self) -> int:
        """The first sample of the recording that sounds in this run."""
        return self.play.offset_samples + self.left_out

    def too_late(self, now_ns: int) -> bool:
        """Whether its instant has passed by more than can be made up for."""
        at = self.play.at_monotonic_ns
        return self.first_ns is None and at is not None and now_ns - at > MAX_LATE_NS

    def position(self, block_ns: int, count: int) -> int | None:
        """Return where it sounds in the block of `block_ns`; None: not in this one.

        Before its first sample, samples whose instant has passed are read and left out.
        """
        if self.first_ns is not None:
            return 0
        if not self.source.ready:
            return None
        if self.play.at_monotonic_ns is None:
            return 0
        wait = samples_in(self.play.at_monotonic_ns - block_ns)
        if wait >= 0:
            return wait if wait < count else None
        self.left_out += len(self.source.read(-wait - self.left_out))
        if self.source.relayed is not None:
            self.source.relayed.forget()
        return 0 if self.left_out >= -wait or self.source.ended else None

    def wrote(self, samples: Block, sound_ns: int, underruns: int) -> Started | None:
        """Count samples that the sink has taken; they sound from `sound_ns` on.

        `underruns` is the sink's count. Returns the news if they are the first.
        """
        if not len(samples):
            return None
        self.played += len(samples)
        self.last_ns = sound_ns + ns_of(len(samples))
        self.take.hear(samples)
        self.envelope.hear(samples)
        if self.first_ns is not None:
            return None
        self.first_ns = self.told_ns = sound_ns
        self.underruns_before = underruns
        return Started(run=self.play.run, first_ns=sound_ns, from_sample=self.from_sample)

    def progress(self, now_ns: int, underruns: int) -> Progress:
        """Tell how far the ear is: what is written, less what still waits in the card."""
        self.told_ns = now_ns
        waiting = samples_in(max(0, self.last_ns - now_ns))
        return Progress(
            run=self.play.run,
            from_sample=self.from_sample,
            played_samples=max(0, self.played - waiting),
            underruns=self._underruns(underruns),
            first_level=self.envelope.told,
            levels=self.envelope.take(),
        )

    def outcome(self) -> tuple[Cause, Trouble | None, str]:
        """Return how it ended, once its voice is over."""
        if self.voice.fade_out is not None:
            return Cause.STOPPED, None, ""
        if self.source.trouble is not None:
            return Cause.FAILED, *self.source.trouble
        relayed = self.source.relayed
        return Cause.FINISHED, None, "" if relayed is None else relayed.fault

    def end(self, cause: Cause, trouble: Trouble | None, detail: str, underruns: int) -> Ended:
        """Let the file and the capture go, and return the answer to the Play."""
        self.source.close()
        self.take.close()
        sounded = self.first_ns is not None
        relayed = self.source.relayed or Relayed()
        return Ended(
            run=self.play.run,
            cause=cause,
            trouble=trouble,
            detail=detail,
            from_sample=self.from_sample,
            played_samples=self.played,
            total_samples=self.source.total_samples,
            first_ns=self.first_ns,
            last_ns=self.last_ns if sounded else None,
            underruns=self._underruns(underruns) if sounded else 0,
            rms_dbfs=self.take.rms_dbfs,
            peak_dbfs=self.take.peak_dbfs,
            capture=self.take.path,
            relayed_samples=relayed.live,
            fallback_samples=relayed.fallback,
            silent_samples=relayed.silent,
        )

    def _underruns(self, of_sink: int) -> int:
        return of_sink - self.underruns_before + self.voice.starved
