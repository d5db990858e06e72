"""One who watches: a wall by its stream, or by asking; and the bar of every page."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from msgspec import Struct, field

WALL_EVERY_S, BAR_EVERY_S = 10.0, 10.0  # as scripts/wall.js and scripts/bar.js ask


class Seen(Struct):
    """What came back to all viewers: seconds of each answer, statuses, and when news was seen."""

    asks: list[float] = field(default_factory=list)
    bars: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    by_stream: list[float] = field(default_factory=list)
    by_asking: list[float] = field(default_factory=list)
    streams: int = 0


class Viewer:
    """Somebody with one page open. `changed_at` tells when a station was given a new standing."""

    def __init__(
        self, address: str, cookie: str, seen: Seen, changed_at: Mapping[tuple[str, str], float]
    ) -> None:
        place = urlsplit(address)
        self._host, self._port = place.hostname or "", place.port or 80
        self._cookie, self._seen, self._changed_at = cookie, seen, changed_at
        self._known: dict[str, str] = {}
        self._tags: dict[str, str] = {}

    async def watch(self, phase: float) -> None:
        """Until it is cancelled; `phase` keeps viewers from asking all at once."""
        await asyncio.sleep(phase)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._again("/dang-phat/thanh", BAR_EVERY_S, self._seen.bars))
            if not await self._listen():
                wall = "/tram-loa/tuong/luc-nay"
                tasks.create_task(self._again(wall, WALL_EVERY_S, self._seen.asks, self._asked))

    async def _listen(self) -> bool:
        """Follow the stream until it ends; False when there is none left."""
        reader, writer = await self._send("/tram-loa/tuong/nguon")
        try:
            status, _ = await _head(reader)
            if status != 200:
                return False
            self._seen.streams += 1
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    self._news(json.loads(line[6:]), self._seen.by_stream)
        finally:
            writer.close()
        return True

    async def _again(
        self,
        path: str,
        every_s: float,
        took: list[float],
        take: Callable[[bytes], None] = len,  # type: ignore[assignment]  # nobody reads the bar
    ) -> None:
        while True:
            begun = time.monotonic()
            status, body = await self._ask(path)
            took.append(time.monotonic() - begun)
            self._seen.statuses[status] = self._seen.statuses.get(status, 0) + 1
            if status == 200:
                take(body)
            await asyncio.sleep(every_s)

    async def _ask(self, path: str) -> tuple[int, bytes]:
        reader, writer = await self._send(path)
        try:
            status, fields = await _head(reader)
            self._tags[path] = fields.get("etag", "")
            return status, await reader.read()
        finally:
            writer.close()

    async def _send(self, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=1 << 20)
        lines = [f"GET {path} HTTP/1.1", f"Host: {self._host}", f"Cookie: {self._cookie}"]
        lines += ["Connection: close", "HX-Request: true"]
        if self._tags.get(path):
            lines.append(f"If-None-Match: {self._tags[path]}")
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        await writer.drain()
        return reader, writer

    def _asked(self, body: bytes) -> None:
        self._news(json.loads(body), self._seen.by_asking)

    def _news(self, stands: Mapping[str, str], delays: list[float]) -> None:
        for station, stand in stands.items():
            at = self._changed_at.get((station, stand))
            if self._known.get(station, stand) != stand and at is not None:
                delays.append(time.monotonic() - at)
            self._known[station] = stand


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """Status and fields of an answer."""
    first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
    fields = dict(line.lower().split(": ", 1) for line in rest if ": " in line)
    return int(first.split()[1]), fields
