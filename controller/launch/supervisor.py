"""Keeps the programs of one run alive: starts, watches, starts again with backoff, stops.

It has no thread of its own: whoever waits for something calls `tick` meanwhile.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from controller.launch.child import Child
from controller.launch.errors import NotReady
from controller.launch.program import Program, log_file, pids_file

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.05  # how soon a death or a readiness is noticed; 20 polls a second cost nothing
FIRST_PAUSE_S = 0.2  # before the first new start: an airing waits for it
LONGEST_PAUSE_S = 5.0
MISSES = 3  # answers that may fail in a row: a busy machine is not a hung program
STEADY_AFTER_S = 10.0  # a process that lived this long earns the first pause again


@dataclass(slots=True)
class _Post:
    """A program and its present process."""

    program: Program
    child: Child
    since: float  # time.monotonic() of the start
    pause_s: float = FIRST_PAUSE_S
    again_at: float | None = None  # dead, and to be started then
    checked: float = 0.0  # time.monotonic() of the last question whether it still answers
    misses: int = 0  # questions in a row without an answer


class Supervisor:
    """Owns the processes of one data directory. Use it as a context: leaving it stops them all."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._posts: dict[str, _Post] = {}
        self._groups: list[list[_Post]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, *programs: Program) -> None:
        """Start a group, which will also be stopped together; `wait_ready` says when it is up."""
        self._groups.append([])
        for program in programs:
            now = time.monotonic()
            post = _Post(program, self._spawn(program), now, checked=now)
            self._posts[program.name] = post
            self._groups[-1].append(post)
            self._publish()

    def wait_ready(self, name: str) -> None:
        """Return when the program is ready. Raises NotReady."""
        post = self._posts[name]
        within_s = post.program.ready_within_s
        if not self.wait_until(lambda: post.again_at is None and post.program.ready(), within_s):
            raise NotReady(name, within_s, log_file(self._data, name))

    def wait_until(self, met: Callable[[], bool], within_s: float) -> bool:
        """Keep everything alive until `met()`, at most so long; whether it was met."""
        deadline = time.monotonic() + within_s
        while not met():
            if time.monotonic() > deadline:
                return False
            self.tick()
            time.sleep(LOOK_EVERY_S)
        return True

    def tick(self) -> None:
        """Notice deaths and start again what is due."""
        now = time.monotonic()
        for post in self._posts.values():
            if post.again_at is None:
                self._look(post, now)
            elif now >= post.again_at:
                self._start_again(post, now)

    def end(self, name: str) -> None:
        """Stop one program for good; the others go on."""
        post = self._posts.pop(name)
        for group in self._groups:
            if post in group:
                group.remove(post)
        log.info("stopping %s", name)
        post.child.ask_to_end()
        post.child.end(post.program.stop_within_s)
        self._publish()

    def stop(self) -> None:
        """Stop everything, the group that was started last first."""
        while self._groups:
            group = self._groups.pop()
            for post in group:
                log.info("stopping %s", post.program.name)
                post.child.ask_to_end()
            for post in group:
                post.child.end(post.program.stop_within_s)
        self._posts.clear()
        self._publish()

    def _look(self, post: _Post, now: float) -> None:
        code = post.child.exit_code
        if code is None:
            self._check(post, now)
            return
        if now - post.since >= STEADY_AFTER_S:
            post.pause_s = FIRST_PAUSE_S
        else:
            post.program.mend(post.child.said())
        log.warning("%s ended with %d; again in %.1f s", post.program.name, code, post.pause_s)
        post.again_at = now + post.pause_s
        post.pause_s = min(2 * post.pause_s, LONGEST_PAUSE_S)

    def _check(self, post: _Post, now: float) -> None:
        """Kill what runs and yet does not answer; its death is noticed next."""
        every_s = post.program.check_every_s
        if every_s is None or now < post.checked + every_s:
            return
        post.checked, post.misses = now, 0 if post.program.ready() else post.misses + 1
        if post.misses == MISSES:
            log.warning("%s does not answer: killed", post.program.name)
            post.child.end_group()

    def _start_again(self, post: _Post, now: float) -> None:
        post.child.end_group()
        try:
            post.child = self._spawn(post.program)
        except OSError as error:  # no memory or no disk: what still runs goes on
            log.warning("%s cannot start: %s", post.program.name, error)
            post.again_at = now + LONGEST_PAUSE_S
            return
        post.since = post.checked = now
        post.misses, post.again_at = 0, None
        try:
            self._publish()
        except OSError as error:
            log.warning("process ids not written: %s", error)

    def _spawn(self, program: Program) -> Child:
        return Child(program, log_file(self._data, program.name))

    def _publish(self) -> None:
        file = pids_file(self._data)
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".new")
        draft.write_text(json.dumps({name: post.child.pid for name, post in self._posts.items()}))
        draft.replace(file)
