"""A rig in a virtual world and time: the true sequencer over parts that misbehave as told."""

from collections import deque

from msgspec import Struct, structs

from station_agent.events import RigDown, RigFailed, RigReady, RigWell
from station_agent.hardware.deeds import (
    Asked,
    Broke,
    Deed,
    Did,
    Feed,
    Froze,
    Guard,
    Happening,
    Key,
    LookAround,
    Passed,
    Release,
    Saw,
    Switch,
    Tell,
    Wake,
)
from station_agent.hardware.findings import Look
from station_agent.hardware.kit import Kit
from station_agent.hardware.ports import Reach
from station_agent.hardware.readings import SAFE, BoardReading, ExciterReading, Output, Outputs
from station_agent.hardware.sequence import first, wait_s
from station_agent.hardware.sequencer import step
from station_agent.hardware.steps import Step

ANSWER_NS = 5_000_000  # what an exchange with a part that answers takes
SILENT_NS = 500_000_000  # and with one that does not
FIELD = {Output.AMPLIFIER: "amplifier", Output.MUTE: "muted", Output.CARRIER: "carrier"}


class World(Struct, kw_only=True):
    """What is really so. Faults are there until they are taken away."""

    outputs: Outputs = SAFE
    stuck: frozenset[Output] = frozenset()  # do not move, whatever they are told
    board_dead: bool = False
    exciter_dead: bool = False
    encoder_dead: bool = False
    exciter_on: bool = False
    locked: bool = True
    frequency_khz: int = 101_500
    temperature_c: float = 35.0
    mains: bool = True
    battery_v: float = 12.6
    interlock_closed: bool = True
    forward_w: float = 50.0
    reflected_w: float = 0.5
    watchdog_s: int = 10
    codes: tuple[str, ...] = ()


class VirtualRig:
    """Steps the sequencer; `said` is what the agent heard, without RigWell; `history` what
    the outputs were."""

    def __init__(self, kit: Kit, world: World | None = None) -> None:
        self.kit = kit
        self.world = world or World()
        self.now_ns = 1_000_000_000_000
        self.sequence = first(kit)
        self.said: list[RigReady | RigFailed | RigDown] = []
        self.told: list[RigReady | RigWell | RigFailed | RigDown] = []
        self.history: list[tuple[int, Outputs, bool]] = [(self.now_ns, self.world.outputs, False)]
        self.well_ns = 0  # of the last RigWell
        self.last_look: Look | None = None
        self.unmuted_after: list[Look | None] = []
        self._fed_ns = self.now_ns

    @property
    def step(self) -> Step:
        return self.sequence.step

    @property
    def audible(self) -> bool:
        outputs = self.world.outputs
        return (outputs.amplifier and not outputs.muted) or outputs.carrier

    def up(self, reach: Reach = Reach.OWN) -> None:
        self.happen(Asked(reach))

    def down(self) -> None:
        self.happen(Asked(None))

    def freeze(self) -> None:
        self.happen(Froze())

    def happen(self, first: Happening) -> None:
        """Let something happen, and all that comes of it at once."""
        happenings = deque([first])
        while happenings:
            self.sequence, deeds = step(self.sequence, self.kit, happenings.popleft(), self.now_ns)
            happenings.extend(came for deed in deeds if (came := self._do(deed)))

    def run(self, seconds: float) -> None:
        """Let time pass, as the thread does."""
        end_ns = self.now_ns + round(seconds * 1e9)
        while self.now_ns < end_ns:
            wait_ns = round(wait_s(self.sequence, self.kit, self.now_ns) * 1e9)
            self._pass(min(end_ns - self.now_ns, max(wait_ns, 1_000_000)))
            if self.now_ns < end_ns:
                self.happen(Passed())

    def next_ns(self) -> int:
        """When time alone asks for something."""
        return self.now_ns + round(wait_s(self.sequence, self.kit, self.now_ns) * 1e9)

    def lose_power(self, until_ns: int) -> None:
        """Box and board are without power until then, and begin anew."""
        self.now_ns = self._fed_ns = until_ns
        self.sequence = first(self.kit)
        self.change(outputs=SAFE, exciter_on=False)

    def change(self, **facts: object) -> None:
        """Make the world different."""
        for name, value in facts.items():
            setattr(self.world, name, value)
        self._note()

    def _pass(self, span_ns: int) -> None:
        self.now_ns += span_ns
        if self.kit.board and self.now_ns > self._fed_ns + self.world.watchdog_s * 1_000_000_000:
            self.world.outputs = SAFE
            self._note()

    def _note(self) -> None:
        state = (self.world.outputs, self.world.exciter_on)
        if state != self.history[-1][1:]:
            self.history.append((self.now_ns, *state))

    def _do(self, deed: Deed) -> Happening | None:
        match deed:
            case Tell(event=event):
                self._hear(event)
                return None
            case LookAround():
                self.last_look = self._look()
                return Saw(self.last_look)
            case Guard() | Feed() | Switch():
                return self._board_does(deed)
            case Key(on=on):
                return self._exciter_does(deed, on)
            case Wake() | Release():
                return self._encoder_does(deed)

    def _hear(self, event: RigReady | RigWell | RigFailed | RigDown) -> None:
        self.told.append(event)
        if isinstance(event, RigWell):
            self.well_ns = event.well_ns
        else:
            self.said.append(event)

    def _board_does(self, deed: Deed) -> Happening:
        if not self._answers(self.world.board_dead):
            return Broke("bo mạch câm")
        self._fed_ns = self.now_ns
        match deed:
            case Guard(watchdog_s=watchdog_s):
                self.world.watchdog_s = watchdog_s
            case Switch(output=output, on=on):
                if output is Output.MUTE and not on:
                    self.unmuted_after.append(self.last_look)
                if output in FIELD and output not in self.world.stuck:
                    self.world.outputs = structs.replace(self.world.outputs, **{FIELD[output]: on})
        self._note()
        return Did(deed)

    def _exciter_does(self, deed: Deed, on: bool) -> Happening:
        if not self._answers(self.world.exciter_dead):
            return Broke("máy phát câm")
        self.world.exciter_on = on
        self._note()
        return Did(deed)

    def _encoder_does(self, deed: Wake | Release) -> Happening:
        if not self._answers(self.world.encoder_dead):
            return Broke("bộ mã hóa câm")
        word = "open" if isinstance(deed, Wake) else "close"
        self.world.codes += (f"{word} {deed.reach}",)
        return Did(deed)

    def _answers(self, dead: bool) -> bool:
        self._pass(SILENT_NS if dead else ANSWER_NS)
        return not dead

    def _look(self) -> Look:
        board = self.kit.board and self._answers(self.world.board_dead)
        exciter = self.kit.exciter and self._answers(self.world.exciter_dead)
        return Look(
            board=self._board_reading() if board else None,
            exciter=self._exciter_reading() if exciter else None,
            board_silent="bo mạch câm" if self.kit.board and not board else "",
            exciter_silent="máy phát câm" if self.kit.exciter and not exciter else "",
        )

    def _board_reading(self) -> BoardReading:
        world = self.world
        radiates = world.outputs.carrier
        return BoardReading(
            mono_ns=self.now_ns,
            outputs=world.outputs,
            mains=world.mains,
            battery_v=world.battery_v,
            interlock_closed=world.interlock_closed,
            temperature_c=world.temperature_c,
            forward_w=world.forward_w if radiates else 0.0,
            reflected_w=world.reflected_w if radiates else 0.0,
        )

    def _exciter_reading(self) -> ExciterReading:
        world = self.world
        return ExciterReading(
            carrier=world.exciter_on,
            locked=world.exciter_on and world.locked,
            forward_w=world.forward_w if world.exciter_on else 0.0,
            reflected_w=world.reflected_w if world.exciter_on else 0.0,
            frequency_khz=world.frequency_khz,
        )
