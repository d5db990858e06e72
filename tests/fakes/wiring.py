"""Fakes of the agent's ports for its runtime: link, shelf, player, and a clock in one's hand."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from contract import codec
from contract.reports import Report
from station_agent.actions import Wanted
from station_agent.inputs import Confirmed, Inbox
from station_agent.player import wire
from station_agent.ports import Past
from station_agent.state import Moment


class FakeClock:
    """Time passes when it is told to."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.mono_ns = 5_000_000_000_000

    def moment(self) -> Moment:
        return Moment(self.now, self.mono_ns, error_ms=5)

    def past(self) -> Past:
        return Past(ran=True)

    def keep(self, at: Moment) -> None:
        self.kept = at

    def pass_time(self, span: timedelta) -> None:
        self.now += span
        self.mono_ns += round(span.total_seconds() * 1e9)


class FakeLink:
    """A broker that confirms what it is given, unless `deaf`; keeps all that was sent."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self.filters: Sequence[str] = ()
        self.sent: list[tuple[str, bytes]] = []
        self.retained: dict[str, bytes] = {}
        self.acknowledged: list[tuple[int, int]] = []
        self.deaf = False
        self.stopped = False

    def start(self) -> None:
        pass

    def listen(self, filters: Sequence[str]) -> None:
        self.filters = filters

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool) -> int | None:
        self.sent.append((topic.rpartition("/")[2], payload))
        if retain:
            self.retained[topic] = payload
        if not self.deaf and qos:
            self._inbox.put(Confirmed(len(self.sent)))
        return len(self.sent)

    def acknowledge(self, receipt: tuple[int, int]) -> None:
        self.acknowledged.append(receipt)

    def watch(self) -> None:
        pass

    def stop(self) -> None:
        self.stopped = True

    def of(self, channel: str) -> list[bytes]:
        """What was sent on a channel."""
        return [payload for name, payload in self.sent if name == channel]

    def reports(self) -> list[Report]:
        """The batches that were sent."""
        return [codec.decode(Report, payload) for payload in self.of("report")]


class FakeShelf:
    """A shelf that holds what it is given."""

    def __init__(self) -> None:
        self.wanted: Sequence[Wanted] = ()
        self.dropped: list[str] = []

    def held(self) -> frozenset[str]:
        return frozenset()

    def path(self, sha256: str) -> Path:
        return Path("/shelf") / sha256

    def start(self) -> None:
        pass

    def want(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = wanted

    def drop(self, sha256: str) -> None:
        self.dropped.append(sha256)

    def stop(self) -> None:
        pass


class FakePlayer:
    """Keeps its commands."""

    def __init__(self) -> None:
        self.commands: list[wire.Command] = []
        self.closed = self.killed = False

    def send(self, command: wire.Command) -> None:
        self.commands.append(command)

    def kill(self) -> None:
        self.killed = True

    def close(self) -> None:
        self.closed = True
