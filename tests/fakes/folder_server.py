"""A real HTTP server over a folder, on a free port of the loopback."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Requests are not news."""


@contextmanager
def served(folder: Path, host: str = "127.0.0.1") -> Iterator[str]:
    """The address under which the folder's files are."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer((host, 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://{host}:{server.server_port}"
        server.shutdown()
