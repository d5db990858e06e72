"""What can go wrong in the player."""


class PlayerError(Exception):
    """The player could not do what it was asked; the message is for people."""


class LineError(PlayerError):
    """A line on the agent's socket is not a message of the protocol."""


class RecordingError(PlayerError):
    """A recording is not the approved one, or is of a kind the player does not open."""


class SinkError(PlayerError):
    """The sound card (or what stands for it) cannot be opened or has stopped taking samples."""
