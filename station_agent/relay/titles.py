"""Takes out the titles that SHOUTcast and Icecast lay between the sound, every so many bytes."""

from typing import Protocol

UNIT = 16  # a title's length is told in these


class Body(Protocol):
    """What comes from a server after its headers."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""


class WithoutTitles:
    """A `Body` without them: after each `interval` bytes a length, and a title of that length."""

    def __init__(self, body: Body, interval: int) -> None:
        self._body, self._interval = body, interval
        self._left = interval

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes of sound; none at the end."""
        if not self._left:
            self._left = self._interval
            for length in self._body.read(1):
                self._body.read(length * UNIT)
        data = self._body.read(min(size, self._left))
        self._left -= len(data)
        return data
