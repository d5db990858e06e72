"""A station's agent in virtual time: the real `step`, a virtual player, clocks that tests move."""

from datetime import datetime, timedelta

import msgspec

from contract import topics
from contract.messages import Emergency, Order, Plan, Recording, Signed
from contract.reports import Ack, Ended
from contract.reports import Event as JournalEvent
from contract.states import Profile
from contract.topics import Channel
from station_agent import agent
from station_agent.actions import (
    Action,
    AgentChange,
    Answer,
    AskPlayer,
    BringDiagnosis,
    DropRecording,
    KeepTime,
    KillPlayer,
    LowerRig,
    PlayRun,
    RaiseRig,
    ShapeSound,
    SoundTest,
    StartPlayer,
    StopRun,
    Subscribe,
    TuneVolume,
    Want,
    Wanted,
    Write,
)
from station_agent.events import (
    Event,
    MessageArrived,
    PlayerDied,
    PlayerSaid,
    RecordingFetched,
    Ticked,
    Woke,
)
from station_agent.hardware.deeds import Passed
from station_agent.next_due import next_due_s
from station_agent.player import wire
from station_agent.rig_known import RigKnown, Stage
from station_agent.state import AgentState, Memory, Moment
from station_agent.updates.progress import Update
from tests.fakes.issuer import MORNING, STATION, Issuer
from tests.fakes.virtual_player import Sounding, VirtualPlayer
from tests.fakes.virtual_rig import VirtualRig

T = type[JournalEvent]


class Box:
    """One station; whatever it wants is on its shelf at once unless `offline`."""

    def __init__(
        self,
        issuer: Issuer,
        now: datetime = MORNING,
        shelf: tuple[Recording, ...] = (),
        update: Update | None = None,
        rig: VirtualRig | None = None,
    ) -> None:
        self.issuer, self._update = issuer, update
        self.rig, self._rig_told = rig, 0
        self.changes: list[AgentChange] = []
        self.mono_ns = 5_000_000_000_000
        self._offset = now - datetime.fromtimestamp(self.mono_ns / 1e9, now.tzinfo)
        self.lines: list[JournalEvent] = []
        self.answers: list[Ack] = []
        self.wanted: tuple[Wanted, ...] = ()
        self.dropped: list[str] = []
        self.diagnoses: list[BringDiagnosis] = []
        self.areas: list[tuple[str, ...]] = []
        self.volumes: list[int] = []
        self.profiles: list[Profile | None] = []
        self.players = 0
        self.fades_in: list[int] = []
        self.played_at_stage: list[Stage] = []
        self.offline = False
        self.error_ms: int | None = 5  # as with a time server; None: without
        self.clock_runs = True  # on a battery, while the power is off
        self.shelf = {sound.sha256 for sound in shelf}
        self.player = VirtualPlayer({})
        if rig is not None:
            rig.now_ns = self.mono_ns
        self.state = self._asleep(Memory())
        self.tell(Woke(shelf=frozenset(self.shelf)))

    @property
    def now(self) -> datetime:
        """Wall time in the box, right or wrong."""
        return datetime.fromtimestamp(self.mono_ns / 1e9, MORNING.tzinfo) + self._offset

    @property
    def moment(self) -> Moment:
        """Both clocks of the box."""
        return Moment(self.now, self.mono_ns, self.error_ms)

    def tell(self, event: Event) -> None:
        """One step, and what it asks for."""
        self.state, actions = agent.step(self.state, event, self.moment)
        self.changes += [one for one in actions if isinstance(one, AgentChange)]
        for action in actions:
            self._do(action)
        self._fetch()

    def take(self, message: Signed) -> None:
        """A message from the server, as it comes over the broker."""
        for sound in _recordings(message):
            self.player.lengths[sound.sha256] = sound.samples
        self.tell(MessageArrived(topic=topic_of(message), payload=self.issuer.write(message)))

    def wait(self, span: timedelta) -> None:
        """Let time pass, with every word of the player and every look of the loop in its place."""
        end_ns = self.mono_ns + round(span.total_seconds() * 1e9)
        while self.mono_ns < end_ns:
            due_s = next_due_s(self.state, self.moment)
            next_ns = min(end_ns, self.mono_ns + int(due_s * 1e9) + 1, self.player.next_ns())
            if self.rig is not None:
                next_ns = min(next_ns, max(self.rig.next_ns(), self.mono_ns + 1_000_000))
            self.mono_ns = max(self.mono_ns, -(-next_ns // 1000) * 1000)  # wall time has µs
            self._run_rig()
            words: list[Event] = [PlayerSaid(word) for word in self.player.words(self.mono_ns)]
            for event in words + self._rig_words() or [Ticked()]:
                self.tell(event)

    def wait_till(self, instant: datetime) -> None:
        """Let time pass up to an instant of the box's own clock."""
        self.wait(instant - self.now)

    def step_clock(self, by: timedelta) -> None:
        """The wall clock jumps; the monotonic one does not."""
        self._offset += by

    def kill_player(self) -> None:
        """The player process dies."""
        self.player.die(self.mono_ns)
        self.tell(PlayerDied("bị dừng"))

    def cut_power(self, off: timedelta) -> None:
        """kill -9, or the mains; later the agent starts again from what was on the disk."""
        self.player.die(self.mono_ns)
        self.player.silent = False
        self.mono_ns += round(off.total_seconds() * 1e9)
        if self.rig is not None:
            self.rig.lose_power(self.mono_ns)
            self._rig_told = len(self.rig.told)
        kept = msgspec.json.decode(msgspec.json.encode(self.state.memory), type=Memory)
        self.state = self._asleep(kept)
        self.tell(Woke(shelf=frozenset(self.shelf), clock_ran=self.clock_runs))

    def restart(self, line: Moment) -> None:
        """The agent alone starts again; the machine runs on, and the time was kept."""
        kept = msgspec.json.decode(msgspec.json.encode(self.state.memory), type=Memory)
        self.state = self._asleep(kept)
        self.tell(Woke(shelf=frozenset(self.shelf), line=line))

    def fetch(self) -> None:
        """The server of recordings is there again."""
        self.offline = False
        self._fetch()

    def of(self, kind: T, airing: str | None = None) -> list[JournalEvent]:
        """The lines of one kind, about one airing."""
        found = [line for line in self.lines if isinstance(line, kind)]
        return [f for f in found if airing is None or getattr(f, "airing", None) == airing]

    def ended(self, airing: str) -> Ended:
        """Its one final line."""
        (found,) = self.of(Ended, airing)
        assert isinstance(found, Ended)
        return found

    def heard(self, airing: str) -> list[Sounding]:
        """What was really heard of it, run by run."""
        found = [one for one in self.player.heard if one.airing == airing]
        return [one for one in found if one.end_ns > one.begin_ns]

    def wall(self, mono_ns: int) -> datetime:
        """The box's wall time at an instant (if the clock has not jumped since)."""
        return self.now + timedelta(microseconds=(mono_ns - self.mono_ns) // 1000)

    def _asleep(self, memory: Memory) -> AgentState:
        return AgentState(
            station=STATION,
            trust=self.issuer.trust,
            default_volume=80,
            journal="j-1",
            memory=memory,
            update=self._update,
            rig=None if self.rig is None else RigKnown(rise_ms=3_000, tail_ms=300, hold_s=20.0),
        )

    def _fetch(self) -> None:
        while not self.offline:
            missing = [w.recording for w in self.wanted if w.recording.sha256 not in self.shelf]
            if not missing:
                return
            self.shelf.add(missing[0].sha256)
            self.tell(RecordingFetched(missing[0].sha256))

    def _do(self, action: Action) -> None:
        match action:
            case Write(event=event):
                self.lines.append(event)
            case Answer(ack=ack):
                self.answers.append(ack)
            case Want(wanted=wanted):
                self.wanted = wanted
            case DropRecording(sha256=sha256):
                self.dropped.append(sha256)
                self.shelf.discard(sha256)
            case Subscribe(areas=areas):
                self.areas.append(areas)
            case TuneVolume(percent=percent):
                self.volumes.append(percent)
            case ShapeSound(profile=profile):
                self.profiles.append(profile)
            case BringDiagnosis():
                self.diagnoses.append(action)
            case KeepTime():
                self.kept = action.at
            case RaiseRig() | LowerRig():
                self._move_rig(action)
            case _:
                self._do_with_player(action)

    def _do_with_player(self, action: Action) -> None:
        match action:
            case AskPlayer():
                if not self.player.silent:
                    self.tell(PlayerSaid(wire.Pong()))
            case StartPlayer():
                self.players += 1
                self.player.silent = False
            case KillPlayer():
                self.player.die(self.mono_ns)
                self.tell(PlayerDied("không trả lời"))
            case PlayRun():
                self.fades_in.append(action.fade_in_ms)
                self.played_at_stage.append(self.state.rig.stage if self.state.rig else Stage.UP)
                for word in self.player.play(action, self.mono_ns):
                    self.tell(PlayerSaid(word))
            case SoundTest(run=run, seconds=seconds):
                self.player.lengths["tone"] = seconds * 48_000
                played = PlayRun(run=run, recording="tone", at_ns=None, from_sample=0, fade_in_ms=0)
                self.played_at_stage.append(self.state.rig.stage if self.state.rig else Stage.UP)
                for word in self.player.play(played, self.mono_ns):
                    self.tell(PlayerSaid(word))
            case StopRun(run=run, fade_ms=fade_ms):
                self.player.stop(run, self.mono_ns, fade_ms)

    def _move_rig(self, action: RaiseRig | LowerRig) -> None:
        assert self.rig is not None
        self._run_rig()
        if isinstance(action, RaiseRig):
            self.rig.up(action.reach)
        else:
            self.rig.down()

    def _run_rig(self) -> None:
        """Bring the rig to the present; what it does takes time, which passes here too."""
        if self.rig is not None:
            if self.rig.now_ns < self.mono_ns:
                self.rig.run((self.mono_ns - self.rig.now_ns) / 1e9)
            if self.rig.next_ns() <= self.rig.now_ns:
                self.rig.happen(Passed())
            self.mono_ns = max(self.mono_ns, -(-self.rig.now_ns // 1000) * 1000)

    def _rig_words(self) -> list[Event]:
        if self.rig is None:
            return []
        words: list[Event] = list(self.rig.told[self._rig_told :])
        self._rig_told = len(self.rig.told)
        return words


def topic_of(message: Signed) -> str:
    """Where the server publishes a message for this station."""
    if isinstance(message, Plan):
        return topics.of(Channel.PLAN, "station", STATION)
    if isinstance(message, Order):
        return topics.of(Channel.ORDER, "station", STATION)
    name = message.id if isinstance(message, Emergency) else getattr(message, "emergency", "")
    return topics.of(Channel.EMERGENCY, "station", STATION, name)


def _recordings(message: Signed) -> tuple[Recording, ...]:
    if isinstance(message, Plan):
        return message.recordings
    return (message.recording,) if isinstance(message, Emergency) else ()
