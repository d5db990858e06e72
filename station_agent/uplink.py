"""What goes up: state, beats, answers, and the journal in batches; all of it may be sent twice."""

import random
from collections.abc import Callable
from datetime import timedelta

from msgspec.structs import replace

from contract import codec, topics
from contract.reports import Beat, Report, State
from contract.topics import Channel
from station_agent import presence
from station_agent.actions import CompareClock
from station_agent.events import ClockCompared
from station_agent.journal_port import Journal, Owed
from station_agent.ports import Health, Link
from station_agent.state import AgentState, Moment

MILLISECOND = timedelta(milliseconds=1)

RESEND_NS = 10_000_000_000
"""A report without a receipt is sent again after ten seconds: three times the server's worst
round trip over a mobile network."""

BEAT_JITTER = 0.2  # stations that were started together must not beat together


class Uplink:
    """Sends what is due whenever the loop comes by; knows what is on its way."""

    def __init__(
        self, link: Link, journal: Journal, measure: Callable[[], Health], boot: str, beat_s: float
    ) -> None:
        self._link, self._journal, self._measure = link, journal, measure
        self._boot, self._beat_s = boot, beat_s
        self._up = False
        self._told: State | None = None
        self._answering: dict[int, int] = {}
        self._reported: Owed | None = None  # up to where
        self._reported_ns = 0
        self._asked_ns: int | None = None
        self._beat_due_ns = 0

    def up(self) -> None:
        """The link is new: the broker may have forgotten all that it was told."""
        self._up = True
        self._told, self._reported, self._beat_due_ns = None, None, 0
        self._answering.clear()

    def down(self) -> None:
        """There is no link."""
        self._up = False

    def confirmed(self, token: int) -> None:
        """The broker has a message; an answer is done with."""
        number = self._answering.pop(token, None)
        if number is not None:
            self._journal.answered(number)

    def compare(self, told: CompareClock, at: Moment) -> ClockCompared | None:
        """Our clock beside the server's, which read its own between our report and its receipt."""
        asked_ns, self._asked_ns = self._asked_ns, None
        if asked_ns is None or self._reported != Owed(told.journal, told.through):
            return None
        half = timedelta(microseconds=(at.mono_ns - asked_ns) // 2000)
        offset = told.server_at - (at.now - half)
        return ClockCompared(offset // MILLISECOND, -(-half // MILLISECOND))

    def send(self, state: AgentState, at: Moment) -> None:
        """Send what is due."""
        if self._up:
            self._send_state(state, at)
            self._send_answers(state)
            self._send_report(state, at)
            self._send_beat(state, at)

    def introduce(self, state: AgentState, at: Moment) -> tuple[State, Beat]:
        """What would be said of the station now."""
        told = presence.online(state, self._boot, at)
        return told, presence.beat(state, self._measure(), at)

    def farewell(self, state: AgentState, at: Moment) -> None:
        """Say that the station stops in order."""
        if self._up:
            last = presence.offline(state.station, self._boot, state.journal, at)
            self._publish(Channel.STATE, state, last, retain=True)

    def _send_state(self, state: AgentState, at: Moment) -> None:
        now = presence.online(state, self._boot, at)
        if self._told is not None and replace(now, at=self._told.at) == self._told:
            return
        if self._publish(Channel.STATE, state, now, retain=True) is not None:
            self._told = now

    def _send_answers(self, state: AgentState) -> None:
        on_their_way = set(self._answering.values())
        for number, answer in self._journal.answers():
            if number not in on_their_way:
                token = self._publish(Channel.ACK, state, answer)
                if token is None:
                    return
                self._answering[token] = number

    def _send_report(self, state: AgentState, at: Moment) -> None:
        owed = self._journal.owed(state.memory.through)
        if owed is None or (self._waits_for(owed) and at.mono_ns - self._reported_ns < RESEND_NS):
            return
        lines = self._journal.after(owed)
        if not lines:
            return
        report = Report(station=state.station, journal=owed.journal, lines=lines)
        if self._publish(Channel.REPORT, state, report) is not None:
            sent = Owed(owed.journal, lines[-1].n)
            # which of two sendings a receipt answers, nobody can tell
            self._asked_ns = None if sent == self._reported else at.mono_ns
            self._reported, self._reported_ns = sent, at.mono_ns

    def _waits_for(self, owed: Owed) -> bool:
        """Whether lines that are owed are on their way."""
        sent = self._reported
        return sent is not None and sent.journal == owed.journal and sent.through > owed.through

    def _send_beat(self, state: AgentState, at: Moment) -> None:
        if at.mono_ns < self._beat_due_ns:
            return
        share = random.uniform(1 - BEAT_JITTER, 1 + BEAT_JITTER)  # noqa: S311 - not a secret
        self._beat_due_ns = at.mono_ns + int(self._beat_s * share * 1e9)
        self._publish(Channel.BEAT, state, presence.beat(state, self._measure(), at), qos=0)

    def _publish(
        self,
        channel: Channel,
        state: AgentState,
        message: object,
        *,
        qos: int = 1,
        retain: bool = False,
    ) -> int | None:
        topic = topics.of(channel, "station", state.station)
        return self._link.publish(topic, codec.encode(message), qos=qos, retain=retain)
