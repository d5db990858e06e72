"""A live stream that is sent in files: one after the other, from shortly before its end."""

import io
from collections import deque
from collections.abc import Callable

from contract.playlist import Playlist, Segment, leanest, read_playlist

LIST_BYTES = 256 * 1024
SEGMENT_BYTES = 8 * 2**20  # ten seconds of a picture; of radio, 200 KB
# A client begins three segments before the end (RFC 8216 §6.3.3): then the next is always there.
EDGE = 3
ID3_HEADER = 10  # bytes; packed audio begins with such a tag (RFC 8216 §3.4)

Fetch = Callable[[str, int], bytes]
"""What an address holds, at most so many bytes; raises what it will."""


class Segments:
    """A file-like body of all segments, as they appear. `wait` sleeps so many seconds."""

    def __init__(self, url: str, fetch: Fetch, wait: Callable[[float], None]) -> None:
        self._url, self._fetch, self._wait = url, fetch, wait
        self._next: int | None = None  # the number that follows what was read
        self._listed: deque[Segment] = deque()
        self._segment = io.BytesIO()

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none when the stream is over. Raises Unreadable, and what
        `fetch` raises."""
        while not (data := self._segment.read(size)):
            if not self._listed and not self._look():
                return b""
            segment = self._listed.popleft()
            self._next = segment.number + 1
            self._segment = io.BytesIO(untagged(self._fetch(segment.url, SEGMENT_BYTES)))
        return data

    def _look(self) -> bool:
        """Wait until there is something new; whether there ever will be."""
        while True:
            playlist = self._playlist()
            self._listed.extend(fresh(playlist, self._next))
            if self._listed:
                return True
            if playlist.over:
                return False
            self._wait(max(1.0, playlist.target_s / 2))  # RFC 8216 §6.3.4

    def _playlist(self) -> Playlist:
        """The list as it is now; at the first time, that of the variant."""
        text = self._text()
        if self._next is None and (variant := leanest(text, self._url)):
            self._url = variant
            text = self._text()
        return read_playlist(text, self._url)

    def _text(self) -> str:
        return self._fetch(self._url, LIST_BYTES).decode("utf-8", errors="replace")


def fresh(playlist: Playlist, following: int | None) -> tuple[Segment, ...]:
    """What is to be read now: from that number on, or the last ones of a list not known before.

    A server that begins to count anew is one not known before.
    """
    segments = playlist.segments
    if following is None or (segments and segments[-1].number < following - len(segments)):
        return segments[-EDGE:]
    return tuple(each for each in segments if each.number >= following)


def untagged(segment: bytes) -> bytes:
    """Without the ID3 tag at its head, which decoders take for sound in the middle of a stream."""
    head = segment[:ID3_HEADER]
    if len(head) < ID3_HEADER or head[:3] != b"ID3":
        return segment
    length = 0
    for seven in head[6:]:  # ID3v2.4 §6.2: seven bits each
        length = length << 7 | seven & 0x7F
    return segment[ID3_HEADER + length :]
