"""Reads playlists of HTTP Live Streaming (RFC 8216). Pure."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from contract.errors import Unreadable

# What would need a key, another container, or parts of files: none of the radio that we met.
REFUSED = ("#EXT-X-MAP", "#EXT-X-BYTERANGE")
MOST_SEGMENTS = 2_000  # a day of them; live lists have three to ten


@dataclass(frozen=True)
class Segment:
    """Some seconds of the stream, and its number in it."""

    number: int
    url: str


@dataclass(frozen=True)
class Playlist:
    """What is there now of a stream, the latest last; no segment is longer than `target_s`."""

    segments: tuple[Segment, ...]
    target_s: int
    over: bool  # nothing more will come


def is_list(kind: str, url: str) -> bool:
    """Whether an answer of that media type, from that address, is a list and no sound."""
    return "mpegurl" in kind or urlsplit(url).path.endswith(".m3u8")


def joined(url: str, link: str) -> str:
    """Where a link leads that stands at an address. Raises Unreadable."""
    try:
        found = urljoin(url, link)
        urlsplit(found)
    except ValueError as error:
        raise Unreadable(f"Nguồn chuyển sang địa chỉ sai: {link[:80]!r}") from error
    return found


def leanest(text: str, url: str) -> str | None:
    """The address of the variant with the lowest bandwidth; None of a list that has none.

    Speech needs no more, and stations pay for their data. Raises Unreadable.
    """
    lines = _lines(text)
    found = [
        (int(rate[1]), lines[n + 1])
        for n, line in enumerate(lines[:-1])
        if line.startswith("#EXT-X-STREAM-INF:")
        and (rate := re.search(r"[:,]BANDWIDTH=(\d{1,12})\b", line))
    ]
    return joined(url, min(found)[1]) if found else None


def read_playlist(text: str, url: str) -> Playlist:
    """The segments that the playlist of an address lists. Raises Unreadable."""
    lines = _lines(text)
    target, first = _number("TARGETDURATION", lines), _number("MEDIA-SEQUENCE", lines) or 0
    if target is None:
        raise Unreadable("Danh sách phát không phải của một luồng trực tiếp (HLS)")
    if any(line.startswith(REFUSED) or _is_locked(line) for line in lines):
        raise Unreadable("Không nhận luồng HLS có khoá hoặc không gồm các tệp TS, AAC, MP3")
    links = [line for line in lines if not line.startswith("#")]
    if len(links) > MOST_SEGMENTS:
        raise Unreadable("Danh sách phát quá dài")
    segments = tuple(Segment(first + n, joined(url, link)) for n, link in enumerate(links))
    return Playlist(segments, target, over="#EXT-X-ENDLIST" in lines)


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or lines[0] != "#EXTM3U":
        raise Unreadable("Không đọc được danh sách phát")
    return lines


def _number(tag: str, lines: list[str]) -> int | None:
    for line in lines:
        if found := re.fullmatch(rf"#EXT-X-{tag}:(\d{{1,18}})", line):
            return int(found[1])
    return None


def _is_locked(line: str) -> bool:
    return line.startswith("#EXT-X-KEY:") and "METHOD=NONE" not in line
