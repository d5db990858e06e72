"""The shelf: recordings on the disk by their sha256, fetched ahead by a thread of its own."""

import os
import random
import re
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from station_agent.actions import Wanted
from station_agent.download import Media, digest
from station_agent.errors import FetchError, GivenWay, NoRoom
from station_agent.events import FetchFailed, RecordingCleared, RecordingFetched, RecordingSpoilt
from station_agent.inputs import Crashed, Input

RETRY_FIRST_S, RETRY_LAST_S = 1.0, 30.0
"""Soon at first (a broken transfer goes on), then seldom enough not to load a struggling server."""

SPARES = 200
"""Recordings that nothing wants any more are kept up to so many: a bulletin often comes again, and
200 of two minutes are 100 MB."""

NAME = re.compile(r"[0-9a-f]{64}")


class DiskShelf:
    """Whole and checked recordings have their sha256 as file name; `.part` files are on the way."""

    def __init__(
        self,
        root: Path,
        media: Media,
        emit: Callable[[Input], None],
        retry_first_s: float = RETRY_FIRST_S,
    ) -> None:
        self._root, self._media, self._emit = root, media, emit
        self._retry_first_s = retry_first_s
        root.mkdir(parents=True, exist_ok=True)
        self._wake = threading.Condition()
        self._wanted: tuple[Wanted, ...] = ()
        self._due_s: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._checked: set[str] = set()
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="shelf", daemon=True)

    def held(self) -> frozenset[str]:
        """Return the names of those that are there."""
        return frozenset(p.name for p in self._root.iterdir() if NAME.fullmatch(p.name))

    def path(self, sha256: str) -> Path:
        """Return where a recording lies, or would lie."""
        return self._root / sha256

    def start(self) -> None:
        """Begin to fetch."""
        self._thread.start()

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Fetch these, most urgent first; RecordingFetched or FetchFailed follow."""
        now_s = time.monotonic()
        with self._wake:
            self._wanted = tuple(wanted)
            due = {w.recording.sha256: now_s + _jitter_s(w) for w in wanted}
            # what waits already keeps its turn, unless it has become more urgent
            self._due_s = {k: min(v, self._due_s.get(k, v)) for k, v in due.items()}
            self._wake.notify()

    def drop(self, sha256: str) -> None:
        """Throw a spoilt recording away."""
        with self._wake:
            self._checked.discard(sha256)
            self._due_s.pop(sha256, None)
            for name in (sha256, f"{sha256}.part"):
                (self._root / name).unlink(missing_ok=True)
            self._wake.notify()

    def stop(self) -> None:
        """Stop fetching; what has arrived of a recording is kept."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=2)  # it looks up between chunks; a dead peer keeps it longer

    def _work(self) -> None:
        try:
            while (wanted := self._choose()) is not None:
                self._serve(wanted)
        except Exception as error:
            self._emit(Crashed(f"shelf: {error!r}"))

    def _choose(self) -> Wanted | None:
        """Wait for the next one to check or fetch; None when it is time to stop."""
        with self._wake:
            while not self._stopping:
                now_s = time.monotonic()
                todo = [w for w in self._wanted if w.recording.sha256 not in self._checked]
                due = [w for w in todo if self._due(w) <= now_s]
                if due:
                    return due[0]
                waits = [self._due(w) - now_s for w in todo]
                self._wake.wait(min(waits, default=None))
            return None

    def _due(self, wanted: Wanted) -> float:
        return self._due_s.get(wanted.recording.sha256, 0.0)

    def _serve(self, wanted: Wanted) -> None:
        sha256 = wanted.recording.sha256
        try:
            if self.path(sha256).exists():
                self._check(sha256)
            else:
                self._fetch(wanted)
        except GivenWay:
            return
        except (FetchError, OSError) as error:
            self._failed(sha256, str(error))
        else:
            self._failures.pop(sha256, None)

    def _check(self, sha256: str) -> None:
        """Once in a life of the agent: what lay on the disk is still what its name says."""
        if digest(self.path(sha256)) == sha256:
            self._checked.add(sha256)
        else:
            self.path(sha256).unlink()
            self._emit(RecordingSpoilt(sha256=sha256, detail="Tệp trên đĩa không khớp sha256"))

    def _fetch(self, wanted: Wanted) -> None:
        sha256 = wanted.recording.sha256
        part = self._root / f"{sha256}.part"
        fetch = partial(self._media.fetch, wanted.recording, part, lambda: self._give_way(wanted))
        try:
            fetch()
        except NoRoom:
            if not self._clear_out(0):
                raise
            fetch()
        found = digest(part)
        if found != sha256:
            part.unlink()
            raise FetchError(f"Tệp tải về không khớp sha256 ({found[:12]}…)")
        _make_lasting(part, self.path(sha256))
        part.with_suffix(".etag").unlink(missing_ok=True)
        self._checked.add(sha256)
        self._emit(RecordingFetched(sha256))
        self._clear_out(SPARES)

    def _give_way(self, fetching: Wanted) -> None:
        """Break off for a recording that is wanted now and is not on its way yet."""
        with self._wake:
            if self._stopping:
                raise GivenWay
            first = self._wanted[0] if self._wanted else fetching
            urgent = first.spread_s == 0.0 and first.recording.sha256 not in self._checked
            other = first.recording.sha256 != fetching.recording.sha256
            if urgent and other and self._due(first) <= time.monotonic():
                raise GivenWay

    def _failed(self, sha256: str, detail: str) -> None:
        times = self._failures.get(sha256, 0)
        self._failures[sha256] = times + 1
        wait_s = min(RETRY_LAST_S, self._retry_first_s * 2**times)
        with self._wake:
            self._due_s[sha256] = time.monotonic() + wait_s * random.uniform(0.8, 1.2)  # noqa: S311
        self._emit(FetchFailed(sha256=sha256, detail=detail))

    def _clear_out(self, spares: int) -> bool:
        """Throw away what nothing wants, but for the newest whole ones; whether anything went."""
        wanted = {w.recording.sha256 for w in self._wanted}
        unwanted = [path for path in self._root.iterdir() if path.stem not in wanted]
        unwanted.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        whole = [path for path in unwanted if NAME.fullmatch(path.name)]
        gone = [path for path in unwanted if path not in whole[:spares]]
        for path in gone:
            path.unlink(missing_ok=True)
            self._checked.discard(path.name)
        for path in whole[spares:]:
            self._emit(RecordingCleared(path.name))
        return bool(gone)


def _jitter_s(wanted: Wanted) -> float:
    return random.uniform(0, wanted.spread_s)  # noqa: S311 - spreads load, guards nothing


def _make_lasting(part: Path, whole: Path) -> None:
    """Rename only what is on the disk: after a power cut a name never stands for half a file."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(whole)
    folder = os.open(whole.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
