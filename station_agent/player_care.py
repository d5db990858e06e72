"""That there is a player, and that it answers: started, found hung, started again."""

from station_agent import self_test
from station_agent.actions import AskPlayer, KillPlayer, ShapeSound, StartPlayer
from station_agent.draft import Draft
from station_agent.runs import lose_player
from station_agent.state import AgentState

HUNG_NS = 5_000_000_000
"""A player that owes a word for so long is hung: its progress comes every second, and its slowest
start takes two."""

ASK_NS = 10_000_000_000
"""An idle player is asked so often whether it answers: a hung one is found before the hour."""

ANSWERS_WITHIN_NS = ASK_NS + 2 * HUNG_NS
"""A player that is well has said something within this time."""

SHORT_LIFE_NS = 5_000_000_000
RESTART_NS = 2_000_000_000
"""A player that died within five seconds is started again two seconds later and not at once, so
that a broken installation does not eat the machine."""


def care(draft: Draft) -> None:
    """Start the player when there is none, end it when it is hung."""
    state, mono_ns = draft.state, draft.at.mono_ns
    if state.player_since_ns is None:
        if mono_ns >= state.player_due_ns:
            draft.change(
                player_since_ns=mono_ns,
                player_heard_ns=mono_ns,
                player_asked_ns=None,
                player_volume=None,
                player_profile=None,
            )
            draft.act(StartPlayer())
    elif _owes_since_ns(state) + HUNG_NS < mono_ns:
        # time to die before it is judged again
        draft.change(player_heard_ns=mono_ns + HUNG_NS, player_asked_ns=None)
        draft.act(KillPlayer())
    elif state.player_asked_ns is None and state.player_heard_ns + ASK_NS < mono_ns:
        draft.change(player_asked_ns=mono_ns)
        draft.act(AskPlayer())


def shape(draft: Draft) -> None:
    """Tell the player for which loudspeaker the plan wants the sound."""
    wanted = draft.state.sound.profile
    if draft.state.player_since_ns is not None and wanted is not draft.state.player_profile:
        draft.change(player_profile=wanted)
        draft.act(ShapeSound(wanted))


def _owes_since_ns(state: AgentState) -> int:
    """Since when the player owes us a word; the far future when it does not."""
    owed = [
        max(state.player_heard_ns, a.run.due_ns)
        for a in state.open_airings
        if a.run is not None and a.run.over is None
    ]
    if state.player_asked_ns is not None:
        owed.append(state.player_asked_ns)
    return min(owed, default=1 << 62)


def bury(draft: Draft, detail: str) -> None:
    """The player has died: its runs are lost, and another one is due."""
    since, mono_ns = draft.state.player_since_ns, draft.at.mono_ns
    short = since is not None and mono_ns - since < SHORT_LIFE_NS
    due_ns = mono_ns + RESTART_NS if short else mono_ns
    draft.change(player_since_ns=None, player_due_ns=due_ns)
    lose_player(draft, detail)
    self_test.lose_player(draft)
