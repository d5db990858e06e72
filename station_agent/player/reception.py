"""A stream being received by a child process, again and again; its samples wait here."""

import logging
import os
import select
import subprocess
import sys
import threading
from typing import Literal

import numpy as np

from station_agent.player.levelling import Levelling
from station_agent.player.ports import Block
from station_agent.player.ring import Ring
from station_agent.player.wire import SAMPLE_RATE

log = logging.getLogger(__name__)

CHUNK = SAMPLE_RATE // 50  # 20 ms: silence is judged by these
CAPACITY = 8 * SAMPLE_RATE  # what a server sends ahead at the start; 1.5 MB
# A studio's pause, and the hiss of a line with nobody on it, lie below; quiet speech lies above.
SILENCE = 10 ** (-50 / 20)
# A server that restarts is back at once; a dead one is spared.
WAITS_S = (1.0, 2.0, 5.0, 10.0, 30.0)
STALL_S = 10.0  # a live stream sends all the time
STALLED = "Luồng ngừng gửi tiếng"
LAST_WORDS = 4096  # bytes of what the child says at its end: a sentence, or a traceback


class Reception:
    """A `Stream` that begins when it is made, and may be asked from any thread.

    `where` is the address of a stream, or the device of an input (relay/capture.py);
    `hosts` are those beside its own that a stream may lead to.
    """

    def __init__(
        self,
        kind: Literal["stream", "input"],
        where: str,
        silence_s: int,
        stall_s: float = STALL_S,
        hosts: tuple[str, ...] = (),
    ) -> None:
        self._command = [sys.executable, "-m", "station_agent.relay", kind, where, *hosts]
        self._silence, self._stall_s = silence_s * SAMPLE_RATE, stall_s
        self._fault = ""
        self._levelling = Levelling()  # one gain: what is sent again is the same programme
        self._ring = Ring(CAPACITY)
        self._held = 0
        self._quiet = 0  # samples of silence that the stream ends in so far
        self._well = 0  # samples since the last fault
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._work, name="relay", daemon=True).start()

    @property
    def held(self) -> int:
        """How many samples can be read."""
        with self._lock:
            return self._held

    @property
    def silent(self) -> bool:
        """Whether the stream has been silent for too long."""
        return self._quiet >= self._silence

    @property
    def well(self) -> int:
        """Samples that came since the last fault or long silence."""
        return self._well

    @property
    def fault(self) -> str:
        """What its last fault was, for people; "" when it had none."""
        if self.silent:
            return f"Luồng im lặng {self._silence // SAMPLE_RATE} giây"
        return self._fault

    def read(self, count: int) -> Block:
        """Take up to `count` samples."""
        samples = self._ring.read(count)
        with self._lock:
            self._held -= len(samples)
        return samples

    def trim(self, count: int) -> None:
        """Throw away all but the latest samples."""
        if self.held > count:
            self.read(self.held - count)

    def close(self) -> None:
        """Stop receiving."""
        self._closed.set()
        self._ring.close()
        with self._lock:
            if self._child is not None:
                self._child.kill()

    def _work(self) -> None:
        failures = 0
        while not self._closed.is_set():
            if self._receive():
                failures = 0
            self._well = 0
            self._closed.wait(WAITS_S[min(failures, len(WAITS_S) - 1)])
            failures += 1

    def _receive(self) -> bool:
        """Receive until it breaks off; whether anything came."""
        ours, theirs = os.pipe()
        with os.fdopen(ours, "rb", buffering=0) as pipe:
            with os.fdopen(theirs, "wb") as out, self._lock:
                if self._closed.is_set():
                    return False
                child = self._child = subprocess.Popen(
                    self._command, stdout=out, stderr=subprocess.PIPE
                )
            try:
                return self._hear(pipe.fileno())
            finally:
                self._bury(child)

    def _bury(self, child: "subprocess.Popen[bytes]") -> None:
        child.kill()
        _, said = child.communicate()
        if not self._closed.is_set():
            lines = said[-LAST_WORDS:].decode(errors="replace").split("\n")
            self._fault = next(filter(None, reversed(lines)), STALLED)
            log.warning("relay: %s", self._fault)

    def _hear(self, pipe: int) -> bool:
        came, rest = False, b""
        watch = select.poll()
        watch.register(pipe, select.POLLIN)
        while watch.poll(self._stall_s * 1000) and (data := os.read(pipe, CHUNK * 2)):
            rest += data
            whole, rest = rest[: len(rest) // 2 * 2], rest[len(rest) // 2 * 2 :]
            if not self._keep(np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(2**15)):
                break
            came = True
        return came

    def _keep(self, samples: Block) -> bool:
        if not len(samples):
            return True
        loud = float(np.sqrt(np.mean(samples * samples))) > SILENCE
        self._quiet = 0 if loud else self._quiet + len(samples)
        self._well = 0 if self.silent else self._well + len(samples)
        with self._lock:
            self._held += len(samples)
        return self._ring.put(self._levelling.level(samples))
