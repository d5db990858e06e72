"""The player's words, put on the inbox as events."""

from station_agent.events import PlayerDied, PlayerSaid
from station_agent.inputs import Inbox
from station_agent.player import client, wire


def hear(inbox: Inbox, word: wire.Event | client.PlayerDied) -> None:
    """Called from the player's reading thread. A player that was told to quit dies in order."""
    if isinstance(word, client.PlayerDied):
        inbox.put(PlayerDied(f"Bộ phát dừng với mã {word.exit_code}" if word.exit_code else ""))
    else:
        inbox.put(PlayerSaid(word))
