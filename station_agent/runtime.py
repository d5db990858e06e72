"""The one loop that owns the station's state: take an input, step, write, act, send."""

import logging
from collections.abc import Callable
from queue import Empty

from msgspec.structs import replace

from contract import topics
from station_agent import agent
from station_agent.actions import (
    Action,
    AgentChange,
    Answer,
    AskPlayer,
    BringDiagnosis,
    CompareClock,
    DropRecording,
    Durable,
    Effect,
    KeepTime,
    KillPlayer,
    LowerRig,
    PlayRun,
    RaiseRig,
    ShapeSound,
    SoundTest,
    StartPlayer,
    StopRun,
    Stored,
    Subscribe,
    TuneVolume,
    Want,
    Write,
)
from station_agent.diagnosis.bearer import Bearer
from station_agent.diagnosis.bundle import Seen
from station_agent.errors import JournalError, StationError
from station_agent.events import (
    DiskFailed,
    DiskMended,
    Event,
    MessageArrived,
    MessageBroke,
    PlayerSaid,
    Ticked,
    Woke,
)
from station_agent.hardware.errors import HardwareError
from station_agent.hardware.ports import Rig
from station_agent.inputs import (
    Confirmed,
    Crashed,
    Delivery,
    Inbox,
    Input,
    LinkDown,
    LinkUp,
    StopAsked,
)
from station_agent.journal_port import Journal
from station_agent.journal_words import told
from station_agent.levels import volume_db
from station_agent.next_due import next_due_s
from station_agent.player import wire
from station_agent.ports import Clock, Keeper, Link, Player, Shelf
from station_agent.state import AgentState, Moment
from station_agent.tones import Tones
from station_agent.uplink import Uplink
from station_agent.watchdog import Watchdog, to_nobody

log = logging.getLogger(__name__)

MEND_NS = 10_000_000_000
"""Between two looks at a disk that failed: soon for people, seldom for a dying card."""


class Runtime:
    """Runs until StopAsked. Raises what no part could mend: the supervisor starts it again."""

    def __init__(
        self,
        state: AgentState,
        *,
        inbox: Inbox,
        clock: Clock,
        journal: Journal,
        shelf: Shelf,
        link: Link,
        uplink: Uplink,
        start_player: Callable[[], Player],
        rig: Rig | None = None,
        keeper: Keeper | None = None,
        tones: Tones | None = None,
        bearer: Bearer | None = None,
        notify: Callable[[bytes], None] = to_nobody,
    ) -> None:
        self._state = replace(
            state, journal=journal.id, last_line=journal.last, memory=journal.recall()
        )
        self._inbox, self._clock, self._journal = inbox, clock, journal
        self._shelf, self._link, self._uplink = shelf, link, uplink
        self._start_player, self._rig, self._keeper = start_player, rig, keeper
        self._tones, self._bearer = tones, bearer
        self._player: Player | None = None
        self._mend_due_ns = 0
        self._watchdog = Watchdog(notify, clock.moment().mono_ns)
        self._stopping = False

    def run(self) -> None:
        """Wake up, then take what comes until asked to stop."""
        journal = self._journal
        past = self._clock.past()
        woke = Woke(
            shelf=self._shelf.held(),
            damage=journal.trouble,
            unwritten=journal.unwritten,
            clock_ran=past.ran,
            kept_at=past.kept_at,
            line=past.line,
        )
        self._step(woke)
        self._link.start()
        self._shelf.start()
        while not self._stopping:
            if self._rig is not None:
                self._rig.pulse()
            self._uplink.send(self._state, self._now())
            self._link.watch()
            self._watchdog.look(self._state, self._rig_ns(), self._clock.moment().mono_ns)
            self._mend()
            self._take(self._wait())
        self._uplink.farewell(self._state, self._now())

    def _rig_ns(self) -> int | None:
        """When the rig's thread last went round."""
        return None if self._rig is None else self._rig.round_ns

    def close(self) -> None:
        """End the player and write down how far it got; nothing new begins."""
        self._stopping = True
        self._state = replace(self._state, leaving=True)
        self._watchdog.leave()
        if self._player is not None:
            self._player.close()
        while not self._inbox.empty():
            item = self._inbox.get()
            if isinstance(item, Event):
                self._step(item)

    def _now(self) -> Moment:
        """The present by the station's own time."""
        return self._state.moment(self._clock.moment())

    def _wait(self) -> Input:
        try:
            return self._inbox.get(timeout=next_due_s(self._state, self._clock.moment()))
        except Empty:
            return Ticked()

    def _take(self, item: Input) -> None:
        match item:
            case Delivery():
                self._obey(item)
            case LinkUp():
                self._uplink.up()
            case LinkDown():
                self._uplink.down()
            case Confirmed(token=token):
                self._uplink.confirmed(token)
            case StopAsked():
                self._stopping = True
            case Crashed(detail=detail):
                raise StationError(detail)
            case _:
                self._step(item)

    def _obey(self, item: Delivery) -> None:
        """Take a message in; one that breaks the step is refused, and never stops the loop."""
        at = self._clock.moment()
        message: Event = MessageArrived(topic=item.topic, payload=item.payload)
        try:
            decided = agent.step(self._state, message, at)
        except Exception as error:
            log.exception("a message on %s broke the step", item.topic)
            message = MessageBroke(topic=item.topic, detail=repr(error))
            decided = agent.step(self._state, message, at)
        self._carry_out(message, decided, at)
        self._link.acknowledge(item.receipt)

    def _step(self, event: Event) -> None:
        at = self._clock.moment()
        self._carry_out(event, agent.step(self._state, event, at), at)

    def _carry_out(
        self, event: Event, decided: tuple[AgentState, list[Action]], at: Moment
    ) -> None:
        """Write, then do. When the disk fails, decide again as a station that cannot write."""
        new, actions = decided
        try:
            self._write(new, actions, at)
        except JournalError as error:
            self._journal.begin_leaf(at.now)
            self._mend_due_ns = at.mono_ns + MEND_NS
            failed = DiskFailed(str(error))
            self._carry_out(failed, agent.step(self._state, failed, at), at)
            self._carry_out(event, agent.step(self._state, event, at), at)
            return
        self._state = new
        for action in actions:
            if not isinstance(action, Durable):  # which is on the disk already
                self._do(action)

    def _write(self, new: AgentState, actions: list[Action], at: Moment) -> None:
        """Put what is to be written on the disk before anything is done."""
        old = self._state.memory
        lines = [action.event for action in actions if isinstance(action, Write)]
        answers = [action.ack for action in actions if isinstance(action, Answer)]
        if lines or answers or new.memory is not old:
            self._journal.commit(old, new.memory, lines, answers, new.moment(at).now)
        for line in lines:
            log.info("%s", told(line))

    def _mend(self) -> None:
        """Look from time to time whether the disk takes again what stands on the loose leaf."""
        at = self._clock.moment()
        if not self._journal.unwritten or at.mono_ns < self._mend_due_ns:
            return
        self._mend_due_ns = at.mono_ns + MEND_NS
        memory = self._journal.mend(self._state.memory, at.now)
        if memory is not None:
            journal = self._journal
            self._state = replace(
                self._state, memory=memory, journal=journal.id, last_line=journal.last
            )
            self._step(DiskMended(journal.trouble))

    def _do(self, action: Effect) -> None:
        match action:
            case Want(wanted=wanted):
                self._shelf.want(wanted)
            case DropRecording(sha256=sha256):
                self._shelf.drop(sha256)
            case Subscribe(areas=areas):
                self._link.listen(topics.for_station(self._state.station, areas))
            case StartPlayer():
                self._player = None if self._stopping else self._start_player()
            case KillPlayer():
                if self._player is not None:
                    self._player.kill()  # the loop waits for nobody: an emergency may be next
            case PlayRun() | StopRun() | TuneVolume() | ShapeSound() | AskPlayer():
                if self._player is not None:
                    self._player.send(self._command(action))
            case RaiseRig() | LowerRig():
                self._move_rig(action)
            case CompareClock() | KeepTime() | Stored():
                self._note(action)
            case SoundTest() | BringDiagnosis():
                self._examine(action)
            case _:
                self._change_agent(action)

    def _examine(self, action: SoundTest | BringDiagnosis) -> None:
        match action:
            case SoundTest() if self._player is not None and self._tones is not None:
                try:
                    self._player.send(self._tones.play(action))
                except HardwareError as error:
                    failed = wire.Ended(run=action.run, cause=wire.Cause.FAILED, detail=str(error))
                    self._inbox.put(PlayerSaid(failed))
            case BringDiagnosis() if self._bearer is not None:
                told, beat = self._uplink.introduce(self._state, self._now())
                self._bearer.bring(action, Seen(self._state, told, beat))

    def _change_agent(self, change: AgentChange) -> None:
        if self._keeper is not None:
            self._keeper.do(change)

    def _note(self, action: CompareClock | KeepTime | Stored) -> None:
        match action:
            case CompareClock():
                compared = self._uplink.compare(action, self._now())
                if compared is not None:
                    self._inbox.put(compared)
            case KeepTime(at=at):
                self._clock.keep(at)
            case Stored(journal=journal, through=through):
                self._journal.stored(journal, through)

    def _move_rig(self, action: RaiseRig | LowerRig) -> None:
        match action:
            case RaiseRig(reach=reach) if self._rig is not None and not self._stopping:
                self._rig.up(reach)
            case LowerRig() if self._rig is not None:
                self._rig.down()

    def _command(
        self, action: PlayRun | StopRun | TuneVolume | ShapeSound | AskPlayer
    ) -> wire.Command:
        match action:
            case AskPlayer():
                return wire.Ping()
            case PlayRun():
                return wire.Play(
                    run=action.run,
                    path=str(self._shelf.path(action.recording)),
                    sha256=action.recording,
                    at_monotonic_ns=action.at_ns,
                    offset_samples=action.from_sample,
                    fade_in_ms=action.fade_in_ms,
                    relay=action.relay,
                )
            case StopRun():
                return wire.Stop(run=action.run, fade_ms=action.fade_ms)
            case ShapeSound():
                return wire.Shape(profile=action.profile)
            case TuneVolume():
                return wire.Volume(db=volume_db(action.percent))
