"""A station's loop on a journal of its own disk, with everything else in a test's hand."""

import sqlite3
from pathlib import Path

from contract import codec
from contract.messages import Signed
from contract.reports import Event, Line, Receipt
from station_agent.events import PlayerSaid, Ticked
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
SIZES = {sound.sha256: sound.samples for sound in (SOUND, SIREN)}
AT = MORNING + 2 * MINUTE


class House:
    """A runtime on a real journal, of which a test can take the disk away."""

    def __init__(self, path: Path, issuer: Issuer) -> None:
        self.path, self.issuer, self.clock = path, issuer, FakeClock(MORNING)
        self.server: dict[tuple[str, int], Line] = {}
        self.start()

    def start(self) -> None:
        """As after a power cut."""
        self._woken, self._heard = False, 0
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
        for one in (*inputs, Ticked(), LinkUp()):
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
        """Play the server until nothing is owed; all that it ever got, once each."""
        for _ in range(50):
            self.run()
            for report in self.link.reports():
                for line in report.lines:
                    known = self.server.setdefault((report.journal, line.n), line)
                    assert known == line, "another line under the same number"
            owed = self.records.owed(self.runtime._state.memory.through)
            if owed is None:
                return [line.event for line in self.server.values()]
            got = max((n for journal, n in self.server if journal == owed.journal), default=0)
            self.run(self.receipt(owed.journal, got))
        raise AssertionError("the station reports for ever")

    def cut_power(self) -> None:
        """The agent is gone, and with it what it only had in memory."""
        self.free()
        self.records.close()
        self.start()

    def fill(self) -> None:
        """From now on the disk takes no page more, by SQLite's own limit, and the station knows."""
        (pages,) = self._db.execute("pragma page_count").fetchone()
        self._db.execute(f"pragma max_page_count = {pages}")
        while not self.records.unwritten:
            self.run(self.take(self.issuer.set_volume(40)))

    def free(self) -> None:
        """There is room again."""
        self._db.execute("pragma max_page_count = 1000000")

    @property
    def _db(self) -> sqlite3.Connection:
        book = self.records._book
        assert book is not None
        return book._db

    def play_on(self) -> None:
        """Let what the player was told last sound to its end, if it still waits for that."""
        orders = [one for one in self.player.commands if isinstance(one, wire.Play)]
        if len(orders) == self._heard:
            return
        self._heard, play, first_ns = len(orders), orders[-1], self.clock.mono_ns
        samples = SIZES[play.sha256] - play.offset_samples
        begun = wire.Started(run=play.run, first_ns=first_ns, from_sample=play.offset_samples)
        self.pass_time(samples / 48_000)
        over = wire.Ended(
            run=play.run,
            cause=wire.Cause.FINISHED,
            from_sample=play.offset_samples,
            played_samples=samples,
            first_ns=first_ns,
            last_ns=self.clock.mono_ns,
        )
        self.run(PlayerSaid(begun), PlayerSaid(over))

    def begun(self) -> list[str]:
        return [one.run for one in self.player.commands if isinstance(one, wire.Play)]
