"""Seven days without network: the signed plan plays to the second, and then every line is told
once. The agent, its journal, its uplink and the server's reporting are the real ones."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from contract import codec
from contract.errors import Refusal
from contract.reports import Ended, Line, MessageRefused, Started
from contract.states import Cause
from controller import incoming, stations
from controller.incoming import Arrived
from controller.model import JournalLine, Quarantined, StationJournal
from controller.store import Store, migrate
from station_agent import agent
from station_agent.actions import Answer, Write
from station_agent.events import Event, MessageArrived
from station_agent.inputs import Confirmed, Inbox
from station_agent.journal_port import Owed
from station_agent.ports import Health
from station_agent.records import Records
from station_agent.state import AgentState, Memory
from station_agent.uplink import Uplink
from tests.controller.village import settle
from tests.fakes.box_world import Box
from tests.fakes.issuer import MINUTE, MORNING, SECOND, STATION, Issuer, recording
from tests.fakes.wiring import FakeLink

DAYS, EVERY, SOUND = 7, 60 * MINUTE, recording("tin", 2)
COUNT = DAYS * 24
MORE = 2_500  # lines of other matters: the backlog of a bad week
FIRST = MORNING + 5 * MINUTE


class KeptBox(Box):
    """A box in virtual time whose memory and lines are on a real disk."""

    def __init__(self, issuer: Issuer, path: Path) -> None:
        self.path = path
        self.records = Records(path, MORNING)
        super().__init__(issuer)

    def tell(self, event: Event) -> None:
        old, at = self.state, self.moment
        self.state, actions = agent.step(old, event, at)
        lines = [action.event for action in actions if isinstance(action, Write)]
        answers = [action.ack for action in actions if isinstance(action, Answer)]
        if lines or answers or self.state.memory is not old.memory:
            self.records.commit(old.memory, self.state.memory, lines, answers, at.now)
        for action in actions:
            self._do(action)
        self._fetch()

    def _asleep(self, memory: Memory) -> AgentState:
        records = self.records
        return replace(super()._asleep(memory), journal=records.id, last_line=records.last)

    def kill(self) -> None:
        """kill -9: the agent starts again from its disk."""
        self.records.close()
        self.records = Records(self.path, self.now)
        assert self.records.recall() == self.state.memory
        self.cut_power(off=30 * SECOND)


def week(issuer: Issuer) -> object:
    """A plan of 168 short bulletins under one approval."""
    about = {"bulletin": "b-tin", "release": "r-tin"}
    items = [issuer.item(f"i-{n}", FIRST + n * EVERY, SOUND, **about) for n in range(COUNT)]
    approval = issuer.release(items[0], starts=(), nbf=MORNING, exp=MORNING + timedelta(30))
    plan = issuer.plan(*((item, SOUND) for item in items))
    return issuer.plan(items=plan.items, recordings=(SOUND,), releases=(issuer.seal(approval),))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptBox]:
    """A station after its week alone; on the third and the fifth day it was killed."""
    issuer = Issuer()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("station_agent.next_due.LOOK_S", 600.0)  # nobody sets this clock
        box = KeptBox(issuer, tmp_path_factory.mktemp("week") / "journal.db")
        box.take(week(issuer))
        box.error_ms = None  # no time server can be reached
        for hours in (50, 60, 58):
            box.wait(timedelta(hours=hours))
            box.kill()
        box.wait(30 * MINUTE)
    refused = MessageRefused(topic="t", reason=Refusal.UNSIGNED, detail="x")
    box.records.commit(box.state.memory, box.state.memory, [refused] * MORE, [], box.now)
    box.state = replace(box.state, last_line=box.records.last)
    yield box
    box.records.close()


def test_a_week_without_network_plays_to_the_second(lived: KeptBox) -> None:
    begun = {run.airing: lived.wall(run.begin_ns) for run in lived.player.heard}
    late = [abs(begun[f"i-{n}"] - (FIRST + n * EVERY)) for n in range(COUNT) if f"i-{n}" in begun]
    assert len(late) == COUNT
    assert max(late) < SECOND
    ends = [line for line in lived.lines if isinstance(line, Ended)]
    assert [line.airing for line in ends] == [f"i-{n}" for n in range(COUNT)]
    assert {line.cause for line in ends} == {Cause.FINISHED}
    assert len([line for line in lived.lines if isinstance(line, Started)]) == COUNT


class Server:
    """The real reporting on a database; what lies between it and the station goes wrong."""

    def __init__(self, store: Store, box: KeptBox, seed: int) -> None:
        self.store, self.box, self.rng = store, box, random.Random(seed)
        self.inbox = Inbox()
        self.link = FakeLink(self.inbox)
        health = Health(uptime_s=1, free_bytes=2, rss_bytes=3)
        self.uplink = Uplink(self.link, box.records, lambda: health, "boot-1", 30)
        self.late: list[bytes] = []

    def turn(self) -> None:
        """One turn of the station's loop, and what the broker makes of it."""
        self.link.sent.clear()
        self.uplink.send(self.box.state, self.box.moment)
        while not self.inbox.empty():
            token = self.inbox.get()
            assert isinstance(token, Confirmed)
            self.uplink.confirmed(token.token)
        for payload in self.link.of("report"):
            self._carry(payload)
        self.box.wait(11 * SECOND)  # longer than a report waits for its receipt

    def _carry(self, payload: bytes) -> None:
        fate = self.rng.random()
        if fate < 0.2:  # the broker is restarted: its queue is gone, and so is the link
            self.uplink.down()
            self.uplink.up()
            return
        if fate < 0.4:  # it comes late, when others have come
            self.late.append(payload)
        arrivals = [payload, *self.late] if fate < 0.7 else [payload]
        for receipt in self._store(arrivals):
            if self.rng.random() < 0.8:  # receipts are lost too
                topic = f"tt/1/station/{STATION}/receipt"
                self.box.tell(MessageArrived(topic=topic, payload=receipt))

    def _store(self, payloads: list[bytes]) -> list[bytes]:
        topic = f"tt/1/station/{STATION}/report"
        with self.store.writing() as session:
            arrivals = [Arrived(topic, payload) for payload in payloads]
            return [codec.encode(one) for one in incoming.take(session, arrivals, self.box.now)]


@pytest.mark.parametrize("seed", [1, 2])
def test_when_the_link_returns_every_line_is_told_once_in_order(
    lived: KeptBox, tmp_path: Path, seed: int
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'server.db'}")
    migrate.upgrade(store)
    with store.writing() as session:
        village = settle(session)
        stations.register(session, None, village.suoi_may, "Cụm loa", now=MORNING, code=STATION)
    forget_receipts(lived)
    server = Server(store, lived, seed)
    server.uplink.up()
    turns = 0
    while lived.state.memory.through < lived.records.last:
        server.turn()
        turns += 1
        assert turns < 3_000
    assert lived.records.last > 2 * COUNT + MORE
    with store.reading() as session:
        query = select(JournalLine).order_by(JournalLine.n)
        told = [(row.n, row.event["type"], row.airing_id) for row in session.scalars(query)]
        assert session.scalar(select(StationJournal.through)) == lived.records.last
        assert session.scalar(select(func.count()).select_from(Quarantined)) == 0
    store.close()
    assert told == [(line.n, *shape(line)) for line in written(lived)]
    assert [n for n, *_ in told] == list(range(1, lived.records.last + 1))


def forget_receipts(box: KeptBox) -> None:
    """As for a server that was put back from before the week."""
    old = box.state.memory
    box.state = replace(box.state, memory=replace(old, through=0))
    box.records.commit(old, box.state.memory, [], [], box.now)


def written(box: KeptBox) -> list[Line]:
    """All lines of the journal."""
    found: list[Line] = []
    while more := box.records.after(Owed(box.records.id, len(found))):
        found += more
    return found


def shape(line: Line) -> tuple[str, str | None]:
    return line.event.__struct_config__.tag, getattr(line.event, "airing", None)
