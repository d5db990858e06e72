"""The loop: what is to be written is on the disk before anything is said, done or acknowledged."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from contract import codec
from contract.errors import Refusal
from contract.reports import Ack, Beat, Receipt, State
from station_agent.errors import StationError
from station_agent.events import PlayerDied, PlayerSaid, RecordingFetched
from station_agent.inputs import Crashed, Delivery, Inbox, Input, LinkDown, LinkUp, StopAsked
from station_agent.player import wire
from station_agent.ports import Health
from station_agent.records import Records
from station_agent.runtime import Runtime
from station_agent.state import AgentState
from station_agent.uplink import Uplink
from tests.fakes.box_world import topic_of
from tests.fakes.issuer import MORNING, SECOND, STATION, Issuer, recording
from tests.fakes.wiring import FakeClock, FakeLink, FakePlayer, FakeShelf

SOUND = recording("tin", 60)


class Rig:
    """A runtime on fakes, with a real journal."""

    def __init__(self, path: Path, issuer: Issuer) -> None:
        self.issuer = issuer
        self.inbox = Inbox()
        self.clock = FakeClock(MORNING)
        self.journal = Records(path, MORNING)
        self.link = FakeLink(self.inbox)
        self.shelf = FakeShelf()
        self.players: list[FakePlayer] = []
        health = Health(uptime_s=1, free_bytes=2, rss_bytes=3)
        self.runtime = Runtime(
            AgentState(station=STATION, trust=issuer.trust, default_volume=80),
            inbox=self.inbox,
            clock=self.clock,
            journal=self.journal,
            shelf=self.shelf,
            link=self.link,
            uplink=Uplink(self.link, self.journal, lambda: health, "boot-1", 30),
            start_player=self._start_player,
        )

    def run(self, *inputs: Input) -> None:
        """Let the loop take these, and what follows from them, and stop."""
        for one in inputs:
            self.inbox.put(one)
        self.inbox.put(LinkUp())
        self.inbox.put(StopAsked())
        self.runtime.run()

    def delivery(self, message: object) -> Delivery:
        return Delivery(topic_of(message), self.issuer.write(message), (1, 7))

    def _start_player(self) -> FakePlayer:
        self.players.append(FakePlayer())
        return self.players[-1]


@pytest.fixture
def rig(tmp_path: Path, issuer: Issuer) -> Iterator[Rig]:
    found = Rig(tmp_path / "journal.db", issuer)
    yield found
    found.journal.close()


def test_a_plan_is_taken_answered_and_reported(rig: Rig) -> None:
    plan = rig.issuer.plan((rig.issuer.item("a", MORNING + 60 * SECOND, SOUND), SOUND))
    rig.run(LinkUp(), rig.delivery(plan))
    assert rig.link.acknowledged == [(1, 7)]
    assert rig.link.filters[0] == f"tt/1/station/{STATION}/plan"
    assert "tt/1/area/suoi-may/emergency/+" in rig.link.filters
    assert [w.recording for w in rig.shelf.wanted] == [SOUND]
    ack = codec.decode(Ack, rig.link.of("ack")[-1])
    assert (ack.of, ack.refused) == (plan.id, None)
    report = rig.link.reports()[-1]
    assert (report.journal, report.lines[0].n) == (rig.journal.id, 1)


def test_a_message_that_breaks_the_step_is_refused_and_the_loop_goes_on(rig: Rig) -> None:
    first_day = datetime(1, 1, 1, tzinfo=UTC)  # nothing can be due a second before it
    item = rig.issuer.item("a", MORNING, SOUND)
    release = rig.issuer.seal(rig.issuer.release(item))
    broken = rig.issuer.plan(
        items=(replace(item, starts_at=first_day),), recordings=(SOUND,), releases=(release,)
    )
    good = rig.issuer.plan((item, SOUND))
    rig.run(LinkUp(), rig.delivery(broken), rig.delivery(good))
    acks = [codec.decode(Ack, payload) for payload in rig.link.of("ack")]
    assert [ack.refused for ack in acks[:2]] == [Refusal.UNREADABLE, None]
    assert rig.link.acknowledged == [(1, 7), (1, 7)]
    assert rig.journal.recall().highest == (1, good.seq)


def test_birth_change_and_farewell_are_told(rig: Rig) -> None:
    rig.run(LinkUp(), rig.delivery(rig.issuer.plan()))
    states = [codec.decode(State, payload) for payload in rig.link.of("state")]
    assert [state.online for state in states] == [True, True, True, False]
    assert states[0].plan is None
    assert states[1].plan is not None
    assert {state.boot for state in states} == {"boot-1"}
    kept = rig.link.retained[f"tt/1/station/{STATION}/state"]
    assert codec.decode(State, kept) == states[-1]
    assert codec.decode(Beat, rig.link.of("beat")[0]).volume == 80


def test_an_answer_goes_until_it_is_confirmed(rig: Rig) -> None:
    rig.link.deaf = True
    rig.run(LinkUp(), rig.delivery(rig.issuer.stop()))
    assert len(rig.link.of("ack")) == 2  # again on the second link, for nobody confirmed the first
    assert len(rig.journal.answers()) == 1


def test_a_report_waits_for_its_receipt_and_then_the_next_one_goes(rig: Rig) -> None:
    orders = [rig.delivery(rig.issuer.set_volume(n)) for n in (10, 20, 30)]
    receipt = Receipt(station=STATION, journal=rig.journal.id, through=1)
    told = Delivery(f"tt/1/station/{STATION}/receipt", codec.encode(receipt), (1, 8))
    rig.run(LinkUp(), *orders, told)
    batches = [[line.n for line in report.lines] for report in rig.link.reports()]
    assert batches[0] == [1]
    assert batches[1] == [2, 3]


def test_without_a_link_nothing_is_sent(rig: Rig) -> None:
    rig.inbox.put(rig.delivery(rig.issuer.stop()))
    rig.inbox.put(LinkDown())
    rig.inbox.put(StopAsked())
    rig.runtime.run()
    assert rig.link.sent == []


def test_the_player_gets_the_instant_in_its_own_clock(rig: Rig) -> None:
    plan = rig.issuer.plan((rig.issuer.item("a", MORNING + SECOND, SOUND), SOUND))
    rig.run(rig.delivery(plan), RecordingFetched(SOUND.sha256))
    volume, play = rig.players[0].commands
    assert volume == wire.Volume(db=pytest.approx(-1.938, abs=0.001))
    assert isinstance(play, wire.Play)
    assert play.at_monotonic_ns == rig.clock.mono_ns + 1_000_000_000
    assert (play.run, play.path) == ("a-1", f"/shelf/{SOUND.sha256}")


def test_a_dead_player_is_replaced(rig: Rig) -> None:
    rig.clock.pass_time(timedelta(minutes=1))
    rig.run(PlayerDied("bị dừng"), PlayerSaid(wire.Ready(pid=1)))
    rig.clock.pass_time(timedelta(minutes=1))
    assert len(rig.players) == 1  # it lived less than five seconds: the next one waits


def test_how_far_the_player_got_is_written_down_when_the_agent_stops(rig: Rig) -> None:
    plan = rig.issuer.plan((rig.issuer.item("a", MORNING + SECOND, SOUND), SOUND))
    first_ns = rig.clock.mono_ns
    rig.run(
        rig.delivery(plan),
        RecordingFetched(SOUND.sha256),
        PlayerSaid(wire.Started(run="a-1", first_ns=first_ns, from_sample=0)),
    )
    rig.inbox.put(
        PlayerSaid(
            wire.Ended(
                run="a-1",
                cause=wire.Cause.STOPPED,
                played_samples=48_000,
                first_ns=first_ns,
                last_ns=first_ns + 1_000_000_000,
            )
        )
    )
    rig.inbox.put(PlayerDied(""))
    rig.runtime.close()
    assert rig.players[0].closed
    assert len(rig.players) == 1
    airing = rig.journal.recall().airings["a"]
    assert airing.played == 48_000
    assert (airing.run, airing.runs) == (None, 1), "begun again by an agent that is leaving"


@pytest.mark.parametrize("make", [lambda: Crashed("mqtt: x")])
def test_the_death_of_an_adapter_ends_the_agent(rig: Rig, make: Callable[[], Input]) -> None:
    with pytest.raises(StationError, match="mqtt"):
        rig.run(make())
