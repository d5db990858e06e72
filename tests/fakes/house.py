"""A station's loop on a journal of its own disk, with everything else in a test's hand."""

from pathlib import Path

from contract import codec
from contract.messages import Signed
from contract.reports import Event, Receipt
from station_agent.inputs import Delivery, Inbox, Input, LinkUp, StopAsked
from station_agent.player import wire
from station_agent.ports import Health
from station_agent.records import Records
from station_agent.runtime import Runtime
from station_agent.state import AgentState
from station_agent.uplink import Uplink
from tests.fakes.box_world import topic_of
from tests.fakes.issuer import MINUTE, MORNING, SECOND, STATION, Issuer, recording
from tests.fakes.wiring import FakeClock, FakeLink, FakePlayer, FakeShelf

SOUND, SIREN = recording("tin", 60), recording("siren", 10)
AT = MORNING + 2 * MINUTE


class House:
    """A runtime on a real journal, of which a test can take the disk away."""

    def __init__(self, path: Path, issuer: Issuer) -> None:
        self.path, self.issuer, self.clock = path, issuer, FakeClock(MORNING)
        self.start()

    def start(self) -> None:
        """As after a power cut."""
        self._woken = False
        self.inbox = Inbox()
        self.records = Records(self.path, self.clock.now)
        self.link, self.player = FakeLink(self.inbox), FakePlayer()
        health = Health(uptime_s=1, free_bytes=2, rss_bytes=3)
        self.runtime = Runtime(
            AgentState(station=STATION, trust=self.issuer.trust, default_volume=80),
            inbox=self.inbox,
            clock=self.clock,
            journal=self.records,
            shelf=FakeShelf(),
            link=self.link,
            uplink=Uplink(self.link, self.records, lambda: health, "boot-1", 30),
            start_player=lambda: self.player,
        )

    def run(self, *inputs: Input) -> None:
        """Let the loop take these and what follows from them, and come to rest."""
        for one in (*inputs, LinkUp()):
            self.inbox.put(one)
        if not self._woken:
            self._woken = True
            self.inbox.put(StopAsked())
            self.runtime.run()
            return
        runtime = self.runtime
        while not self.inbox.empty():
            runtime._uplink.send(runtime._state, runtime._now())
            runtime._mend()
            runtime._take(self.inbox.get())
        runtime._uplink.send(runtime._state, runtime._now())

    def pass_time(self, span: float) -> None:
        self.clock.pass_time(span * SECOND)

    def take(self, message: Signed) -> Delivery:
        return Delivery(topic_of(message), self.issuer.write(message), (1, 7))

    def receipt(self, journal: str, through: int) -> Delivery:
        told = Receipt(station=STATION, journal=journal, through=through)
        return Delivery(f"tt/1/station/{STATION}/receipt", codec.encode(told), (1, 8))

    def report_all(self) -> list[Event]:
        """Play the server until nothing is owed; all lines that it got."""
        told: dict[tuple[str, int], Event] = {}
        for _ in range(50):
            for report in self.link.reports():
                told |= {(report.journal, line.n): line.event for line in report.lines}
            last = self.link.reports()[-1]
            self.run(self.receipt(last.journal, last.lines[-1].n))
            if self.records.owed(self.runtime._state.memory.through) is None:
                return list(told.values())
        raise AssertionError("the station reports for ever")

    def begun(self) -> list[str]:
        return [one.run for one in self.player.commands if isinstance(one, wire.Play)]
