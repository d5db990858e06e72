"""What the agent knows before it wakes: from its settings, and from the keys it was given."""

from station_agent.evidence.gathered import Expected
from station_agent.fitting.ear import ear_of
from station_agent.identity.papers import Papers
from station_agent.rig_known import RigKnown
from station_agent.settings import Settings
from station_agent.state import AgentState
from station_agent.trusted import load_trust
from station_agent.updates.progress import Update


def first_state(settings: Settings, rig: RigKnown | None, update: Update | None) -> AgentState:
    """The state before the first step. Raises BadTrust."""
    trusted = load_trust(settings.trust)
    ear = ear_of(settings)
    return AgentState(
        station=settings.station,
        trust=trusted.trust,
        root=trusted.root,
        floor=Papers(settings.identity).floor(settings.station) if settings.identity else None,
        default_volume=settings.volume,
        receivers=settings.radio.told,
        expected=Expected(
            idle_ma=settings.amplifier_idle_ma,
            line_ma=settings.line_ma,
            ear=ear.kind if ear else None,
        ),
        ear=ear,
        rig=rig,
        update=update,
    )
