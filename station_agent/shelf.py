"""The shelf: recordings on the disk by their sha256, fetched ahead by a thread of its own."""

import logging
import os
import random
import re
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from contract.messages import Recording
from station_agent.actions import Wanted
from station_agent.download import Media, digest
from station_agent.errors import FetchError, GivenWay, NoRoom, WrongBytes
from station_agent.events import FetchFailed, RecordingCleared, RecordingFetched, RecordingSpoilt
from station_agent.inputs import Crashed, Input
from station_agent.retry import wait_s
from station_agent.room import make_room

SPARES = 200
"""Recordings that nothing wants any more are kept up to so many: a bulletin often comes again, and
200 of two minutes are 100 MB."""

log = logging.getLogger(__name__)

URGENT_S = 60.0  # an emergency is asked for every minute, whatever is wrong with its recording

NAME = re.compile(r"[0-9a-f]{64}")


class DiskShelf:
    """Whole and checked recordings have their sha256 as file name; `.part` files are on the way."""

    def __init__(
        self,
        root: Path,
        media: Media,
        emit: Callable[[Input], None],
        reserve_bytes: int = 0,
        patience: Callable[[Exception, int], float] = wait_s,
    ) -> None:
        self._root, self._media, self._emit = root, media, emit
        self._reserve_bytes, self._patience = reserve_bytes, patience
        root.mkdir(parents=True, exist_ok=True)
        self._wake = threading.Condition()
        self._wanted: tuple[Wanted, ...] = ()
        self._due_s: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._cramped: set[str] = set()  # those for which there was no room
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
            # what waits already keeps its turn, unless it has become more urgent; what has failed
            # keeps it in any case, but for want of room, which may be there now
            failed = self._failures.keys() - self._cramped
            old = {k: self._due_s[k] for k in due.keys() & self._due_s.keys()}
            self._due_s = {
                k: old[k] if k in failed and k in old else min(v, old.get(k, v))
                for k, v in due.items()
            }
            self._wake.notify()

    def drop(self, sha256: str) -> None:
        """Throw a spoilt recording away."""
        with self._wake:
            self._checked.discard(sha256)
            self._due_s.pop(sha256, None)
            for name in (sha256, f"{sha256}.part"):
                self._throw_away(self._root / name)
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
            self._failed(wanted, error)
        else:
            self._failures.pop(sha256, None)
            self._cramped.discard(sha256)

    def _check(self, sha256: str) -> None:
        """Once in a life of the agent: what lay on the disk is still what its name says."""
        if digest(self.path(sha256)) == sha256:
            self._checked.add(sha256)
        else:
            self._emit(RecordingSpoilt(sha256=sha256, detail="Tệp trên đĩa không khớp sha256"))
            self.path(sha256).unlink()

    def _fetch(self, wanted: Wanted) -> None:
        sha256 = wanted.recording.sha256
        part = self._root / f"{sha256}.part"
        self._make_room(wanted.recording)
        self._media.fetch(wanted.recording, part, lambda: self._give_way(wanted))
        found = digest(part)
        if found != sha256:
            part.unlink()
            raise WrongBytes(f"Tệp tải về không khớp sha256 ({found[:12]}…)")
        _make_lasting(part, self.path(sha256))
        part.with_suffix(".etag").unlink(missing_ok=True)
        self._checked.add(sha256)
        self._emit(RecordingFetched(sha256))
        self._clear_out()

    def _make_room(self, needed: Recording) -> None:
        with self._wake:
            wanted = self._wanted
        for path in make_room(self._root, wanted, needed, self._reserve_bytes):
            self._gone(path)

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

    def _failed(self, wanted: Wanted, error: Exception) -> None:
        sha256 = wanted.recording.sha256
        times = self._failures.get(sha256, 0)
        self._failures[sha256] = times + 1
        wait = self._patience(error, times) * random.uniform(0.8, 1.2)  # noqa: S311
        if wanted.spread_s == 0.0:
            wait = min(wait, URGENT_S)
        with self._wake:
            self._due_s[sha256] = time.monotonic() + wait
            if isinstance(error, NoRoom):
                self._cramped.add(sha256)
            else:
                self._cramped.discard(sha256)
        self._emit(FetchFailed(sha256=sha256, detail=str(error)))

    def _clear_out(self) -> None:
        """Keep no more spares than are worth it; the oldest go."""
        wanted = {w.recording.sha256 for w in self._wanted}
        unwanted = [path for path in self._root.iterdir() if path.stem not in wanted]
        unwanted.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        whole = [path for path in unwanted if NAME.fullmatch(path.name)]
        for path in unwanted:
            if path not in whole[:SPARES]:
                path.unlink(missing_ok=True)
                self._gone(path)

    def _gone(self, path: Path) -> None:
        if NAME.fullmatch(path.name):
            self._checked.discard(path.name)
            self._emit(RecordingCleared(path.name))

    def _throw_away(self, path: Path) -> None:
        """As far as the disk lets us; what stays is found out again when it is checked."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s: %s", path, error)


def _jitter_s(wanted: Wanted) -> float:
    return random.uniform(0, wanted.spread_s)  # noqa: S311 - spreads load, guards nothing


def _make_lasting(part: Path, whole: Path) -> None:
    """Rename only what is on the disk: after a power cut a name never stands for half a file.

    What could not be made lasting is thrown away: a second fsync would say that all is well.
    """
    try:
        with part.open("rb") as file:
            os.fsync(file.fileno())
    except OSError:
        part.unlink()
        raise
    part.replace(whole)
    folder = os.open(whole.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
