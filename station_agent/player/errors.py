"""What can go wrong in the player."""


class PlayerError(Exception):
    """The player could not do what it was asked; the message is for people."""


class LineError(PlayerError):
    """A line on the agent's socket is not a message of the protocol."""


class UnreadableError(PlayerError):
    """The file of a recording is not there, or the disk does not give it."""


class HashError(PlayerError):
    """The file is not the recording that was approved."""


class UnsupportedError(PlayerError):
    """The file is of a kind the player does not open."""


class DamagedError(PlayerError):
    """The file is of the right kind but cannot be decoded."""


class SinkError(PlayerError):
    """The sound card (or what stands for it) cannot be opened or has stopped taking samples."""
