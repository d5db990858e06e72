"""Evidence gathered in the agent's step, and given with the last line of an airing."""

from station_agent.draft import Draft
from station_agent.evidence.gathered import Gathered
from station_agent.hardware.readings import BoardReading
from station_agent.player import wire


def hear(draft: Draft, word: wire.Event) -> None:
    """The player begins, or tells how loud it was."""
    if not isinstance(word, wire.Started | wire.Progress):
        return
    for airing in draft.state.running:
        if airing.run_name == word.run:
            gathered = draft.state.gathered.get(airing.id, Gathered())
            grown = gathered.start(word) if isinstance(word, wire.Started) else gathered.hear(word)
            draft.change(gathered={**draft.state.gathered, airing.id: grown})


def look(draft: Draft, reading: BoardReading) -> None:
    """The board was read: what sounds now was heard like that."""
    outputs = reading.outputs
    if not outputs.amplifier or outputs.muted:
        return
    state = draft.state
    live = {a.id for a in state.running if a.run and a.run.over is None}
    grown = {
        airing: gathered.look(reading, state.expected) if airing in live else gathered
        for airing, gathered in state.gathered.items()
    }
    draft.change(gathered=grown)
