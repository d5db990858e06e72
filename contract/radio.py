"""The answer of a radio server: HTTP, or the older one of SHOUTcast; who tries a source hears what
stations hear."""

import http.client
import io

GREETING = b"ICY "  # SHOUTcast 1 says `ICY 200 OK` where HTTP names its version
LONGEST_LINE = 200


class RadioAnswer(http.client.HTTPResponse):
    """An HTTP response that understands `ICY 200 OK` too.

    http.client takes at most 100 header lines of 64 KiB.
    """

    def begin(self) -> None:
        """Read the status and the headers."""
        if self.fp.peek(len(GREETING)).startswith(GREETING):
            status = self.fp.readline(LONGEST_LINE)[len(GREETING) :]
            self.fp = io.BufferedReader(_After(b"HTTP/1.0 " + status, self.fp))
        super().begin()


class _After(io.RawIOBase):
    """Some bytes, and then what a file still holds."""

    def __init__(self, first: bytes, rest: io.BufferedReader) -> None:
        self._first, self._rest = first, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io hands over
        data = self._first[: len(buffer)] or self._rest.read1(len(buffer))
        self._first = self._first[len(data) :]
        buffer[: len(data)] = data
        return len(data)
