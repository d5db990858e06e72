"""A serial cable between two pseudo terminals: it can be pulled, plugged, and made noisy."""

import os
import select
import threading
import tty
from contextlib import suppress
from pathlib import Path


class _Plug:
    """One end: a terminal that a program opens by its path. Both sides of it stay open here, so
    that a program may come and go."""

    def __init__(self) -> None:
        self.fd, self._inner = os.openpty()
        os.set_blocking(self.fd, False)
        tty.setraw(self._inner)
        self.path = os.ttyname(self._inner)

    def put(self, data: bytes) -> None:
        """Give bytes to the program; like a wire, lose them when nobody takes them away."""
        with suppress(BlockingIOError):
            os.write(self.fd, data)

    def close(self) -> None:
        os.close(self.fd)
        os.close(self._inner)


class Cable:
    """`near` is a link that names the terminal of one program; the other opens `far_port`."""

    def __init__(self, near: Path) -> None:
        self.near = near
        self._far = _Plug()
        self.far_port = self._far.path
        self._near: _Plug | None = None
        self._pulled: _Plug | None = None
        self._is_out = threading.Event()
        self._wake_out, self._wake_in = os.pipe()
        self._lock = threading.Lock()
        self._ended = False
        self.plug()
        self._carrier = threading.Thread(target=self._carry, name="cable", daemon=True)
        self._carrier.start()

    def plug(self) -> None:
        """Give the near program a terminal again, under the same name as before."""
        if self._near:
            return
        plug = _Plug()
        fresh = self.near.with_name(self.near.name + ".new")
        fresh.symlink_to(plug.path)
        fresh.replace(self.near)
        with self._lock:
            self._near = plug
        os.write(self._wake_in, b"!")

    def pull(self) -> None:
        """Take the terminal away: what the near program does with it fails, its name is gone."""
        if not self._near:
            return
        self.near.unlink()
        self._is_out.clear()
        with self._lock:
            self._near, self._pulled = None, self._near
        os.write(self._wake_in, b"!")
        self._is_out.wait()

    def to_far(self, data: bytes) -> None:
        """Put bytes on the line that nobody has sent, towards the far program."""
        self._far.put(data)

    def to_near(self, data: bytes) -> None:
        """The same towards the near program; lost when the cable is pulled."""
        with self._lock:
            if self._near:
                self._near.put(data)

    def close(self) -> None:
        """Pull both ends; may be called again."""
        if self._ended:
            return
        self.pull()
        self._ended = True
        os.write(self._wake_in, b"!")
        self._carrier.join()
        self._far.close()
        os.close(self._wake_out)
        os.close(self._wake_in)

    def _carry(self) -> None:
        while not self._ended:
            near = self._near
            ends = [self._wake_out, self._far.fd, *([near.fd] if near else [])]
            readable = select.select(ends, [], [])[0]
            if self._wake_out in readable:
                os.read(self._wake_out, 1)
                self._let_go()
                continue  # an end has come or gone: look again
            if near and near.fd in readable:
                self._far.put(os.read(near.fd, 512))
            if self._far.fd in readable:
                self.to_near(os.read(self._far.fd, 512))

    def _let_go(self) -> None:
        """Close a pulled end here, where nobody can be waiting for it."""
        with self._lock:
            if self._pulled:
                self._pulled.close()
                self._pulled = None
                self._is_out.set()
