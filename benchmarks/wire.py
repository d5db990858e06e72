"""A TCP wire between a station and the server that can be slow, silent, cut or refused."""

import socket
import struct
import threading
import time
from contextlib import suppress
from enum import StrEnum

CHUNK = 65_536
LOOK_S = 0.05
RESET = struct.pack("ii", 1, 0)  # SO_LINGER of 0 s: close sends RST


class Line(StrEnum):
    """How the wire is."""

    GOOD = "good"
    SLOW = "slow"  # SLOW_S late, each way
    SILENT = "silent"  # connections stand, nothing moves
    REFUSED = "refused"  # connections are reset, new ones too


SLOW_S = 0.4


class Wire:
    """Listens at `host`:`port`, and carries what comes to a port of the loopback."""

    def __init__(self, target_port: int, host: str = "127.0.0.1") -> None:
        self.line = Line.GOOD
        self._target = ("127.0.0.1", target_port)
        self._door = socket.create_server((host, 0))
        self.port = int(self._door.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._start(self._welcome)

    def become(self, line: Line) -> None:
        """Change; REFUSED resets what is connected."""
        self.line = line
        if line is Line.REFUSED:
            for end in list(self._open):
                self._drop(end)

    def close(self) -> None:
        """No more."""
        self.become(Line.REFUSED)
        self._door.close()

    def _welcome(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            self._start(self._connect, near)

    def _connect(self, near: socket.socket) -> None:
        far = None
        if self.line is not Line.REFUSED:
            with suppress(OSError):
                far = socket.create_connection(self._target, 5)
        if far is None:
            self._drop(near)
            return
        far.settimeout(None)
        self._open |= {near, far}
        if self.line is Line.REFUSED:  # since it was looked at
            self._drop(near)
            self._drop(far)
        self._start(self._carry, near, far)
        self._carry(far, near)

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if self.line is Line.SLOW:
                    time.sleep(SLOW_S)
                while self.line is Line.SILENT:
                    time.sleep(LOOK_S)
                sink.sendall(data)
        self._drop(source)
        self._drop(sink)

    def _drop(self, end: socket.socket) -> None:
        self._open.discard(end)
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            end.shutdown(socket.SHUT_RD)  # wakes who reads it; a FIN would go before the reset
        end.close()

    @staticmethod
    def _start(work: object, *given: object) -> None:
        threading.Thread(target=work, args=given, name="wire", daemon=True).start()  # type: ignore[arg-type]
