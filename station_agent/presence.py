"""What a station says of itself: its state, its last will, its beat."""

from msgspec import UNSET, UnsetType

from contract import __version__ as version
from contract import codec, topics
from contract.reports import Beat, OnAir, PlanHeld, Senses, State
from contract.states import Phase
from contract.topics import Channel
from station_agent.clock_sense import synchronised
from station_agent.hardware.readings import BoardReading
from station_agent.ports import Health
from station_agent.state import AgentState, Compared, Moment
from station_agent.volume import own_volume


def online(state: AgentState, boot: str, at: Moment) -> State:
    """The state as it is now."""
    highest = state.plan.plan if state.plan else None
    return State(
        station=state.station,
        boot=boot,
        online=True,
        at=at.now,
        journal=state.journal,
        plan=PlanHeld(epoch=highest.epoch, version=highest.seq) if highest else None,
        on_air=_on_air(state),
        agent=version,
        troubles=_troubles(state),
        receivers=state.receivers,
        stance=UNSET if state.decided is None else state.decided,
    )


def offline(station: str, boot: str, journal: str, at: Moment) -> State:
    """The last will, and the last word of an agent that stops in order."""
    return State(
        station=station, boot=boot, online=False, at=at.now, journal=journal, agent=version
    )


def message(state: State) -> tuple[str, bytes]:
    """Topic and payload of a state."""
    return topics.of(Channel.STATE, "station", state.station), codec.encode(state)


def beat(state: AgentState, health: Health, at: Moment) -> Beat:
    """Telemetry."""
    server = state.server_clock
    return Beat(
        station=state.station,
        at=at.now,
        uptime_s=health.uptime_s,
        free_bytes=health.free_bytes,
        recordings=len(state.shelf),
        volume=own_volume(state, at.now).percent,
        underruns=state.underruns,
        rss_bytes=health.rss_bytes,
        clock_offset_ms=server.offset_ms if server else None,
        clock_uncertainty_ms=_uncertainty_ms(server, at),
        synchronised=synchronised(at),
        machine=health.machine,
        modem=health.modem or UNSET,
        senses=_senses(state.board),
        root_version=UNSET if state.root is None else state.root.root.version,
    )


def _senses(board: BoardReading | None) -> Senses | UnsetType:
    if board is None:
        return UNSET
    return Senses(
        mains=board.mains,
        battery_v=board.battery_v,
        temperature_c=board.temperature_c,
        door_open=board.door_open,
        interlock_closed=board.interlock_closed,
    )


def _uncertainty_ms(server: Compared | None, at: Moment) -> int | UnsetType:
    """Of the offset to the server; without one, of the clock itself by the kernel's word."""
    if server is not None:
        return server.uncertainty_ms
    return UNSET if at.error_ms is None else at.error_ms


def _troubles(state: AgentState) -> tuple[str, ...]:
    rig = state.rig is not None and state.rig.failures > 0
    found = {"clock": state.clock_unsure, "disk": state.unwritten, "rig": rig}
    return tuple(code for code, wrong in found.items() if wrong)


def _on_air(state: AgentState) -> OnAir | None:
    for airing in state.open_airings:
        sounds = airing.phase is Phase.ON_AIR and airing.live is not None
        if sounds and airing.started_at is not None:
            return OnAir(airing=airing.id, cls=airing.cls, started_at=airing.started_at)
    return None
