"""What can go wrong with a stream."""


class StreamError(Exception):
    """The stream cannot be received; the message is for people."""
