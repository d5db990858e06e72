"""One step being worked out: the state so far, and what it asks for."""

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from contract.proofs import Proof, highest
from contract.reports import Ended, Trouble
from contract.reports import Event as JournalEvent
from contract.states import PHASE_MOVES, Cause, Phase, move
from station_agent.actions import Action, StopRun, TuneVolume, Write
from station_agent.levels import rms_dbfs
from station_agent.state import AgentState, Airing, Left, Moment, Stopping, Told
from station_agent.volume import volume_of

HOUR_NS = 3_600_000_000_000
TROUBLES_AN_HOUR = 12
"""Lines of one kind of trouble: a player that dies every two seconds for a week must not fill the
disk; every five minutes shows that it goes on."""


class Draft:
    """Collects changes; lives no longer than one call of `agent.step`."""

    def __init__(self, state: AgentState, at: Moment) -> None:
        self.state = state
        self.at = at
        self.actions: list[Action] = []

    def act(self, action: Action) -> None:
        """Ask for something to be done."""
        self.actions.append(action)

    def write(self, event: JournalEvent) -> None:
        """Add a line to the journal; trouble that comes again and again is told now and then."""
        if isinstance(event, Trouble) and not self._may_tell(event.code):
            return
        self.act(Write(event))
        self.change(last_line=self.state.last_line + 1)

    def _may_tell(self, code: str) -> bool:
        mono_ns, known = self.at.mono_ns, self.state.told.get(code)
        if known is None or mono_ns - known.since_ns >= HOUR_NS:
            known = Told(mono_ns)
        now = replace(known, count=known.count + 1)
        self.change(told={**self.state.told, code: now})
        return now.count <= TROUBLES_AN_HOUR

    def change(self, **fields: Any) -> None:
        """Change the state."""
        self.state = replace(self.state, **fields)

    def remember(self, **fields: Any) -> None:
        """Change what survives a power cut."""
        self.change(memory=replace(self.state.memory, **fields))

    def keep(self, airing: Airing) -> Airing:
        """Hold this version of an airing."""
        self.remember(airings={**self.state.memory.airings, airing.id: airing})
        return airing

    def shift(self, airing: Airing, phase: Phase, **fields: Any) -> Airing:
        """Move an airing to another phase. Raises UndeclaredMove."""
        if phase is not airing.phase:
            move(PHASE_MOVES, airing.phase, phase)
        return self.keep(replace(airing, phase=phase, **fields))

    def tune(self, airing: Airing) -> None:
        """Give the player the volume at which this airing is to sound."""
        percent = volume_of(self.state, airing, self.at.now).percent
        if percent != self.state.player_volume:
            self.change(player_volume=percent)
            self.act(TuneVolume(percent))

    def halt(self, airing: Airing, why: Cause, by: str = "", *, fade_ms: int | None = None) -> None:
        """Make an airing stop for good, or for now when it is displaced or the rig is not up.

        `by` is the order that asks for it, or the airing that takes its place. What sounds is
        faded out, and what is to be written waits for its exact count.
        """
        if airing.run is None:
            self.end(airing, why, by=by)
        elif airing.run.stopping is None or why is not Cause.DISPLACED:
            self.keep(replace(airing, run=replace(airing.run, stopping=Stopping(why, by))))
            if airing.live:
                fade_ms = self.state.sound.fade_out_ms if fade_ms is None else fade_ms
                self.act(StopRun(run=airing.run_name, fade_ms=fade_ms))

    def end(self, airing: Airing, cause: Cause, detail: str = "", by: str = "") -> None:
        """Write the one final line of an airing that has no run."""
        relay = airing.relay
        proofs = self._let_go_of_proofs(airing)
        self.shift(airing, Phase.DONE, cut=None)
        self.change(left=Left(airing=airing.id, cause=cause, by=by))
        self.write(
            Ended(
                airing=airing.id,
                bulletin=airing.bulletin,
                cls=airing.cls,
                planned_at=airing.planned_at,
                cause=cause,
                played_samples=airing.played,
                total_samples=airing.recording.samples * airing.times,
                started_at=airing.started_at,
                ended_at=airing.ended_at,
                underruns=airing.underruns,
                rms_dbfs=rms_dbfs(airing),
                peak_dbfs=airing.peak_dbfs,
                detail=detail,
                relayed_samples=relay.live if relay else UNSET,
                fallback_samples=relay.fallback if relay else UNSET,
                silent_samples=relay.silent if relay else UNSET,
                evidence=highest(proofs),
                proofs=proofs or UNSET,
            )
        )

    def _let_go_of_proofs(self, airing: Airing) -> tuple[Proof, ...]:
        """What was measured while it sounded; of what never sounded nothing is proved."""
        left = dict(self.state.gathered)
        found = left.pop(airing.id, None)
        self.change(gathered=left)
        return () if found is None or not airing.played else found.proofs(self.state.expected)
