"""A real HTTP server of recordings that cuts, stalls or lies when a test asks it to."""

import re
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class MediaServer:
    """Serves `files` (path to bytes) with ranges and ETags; keeps the requests that it got."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.brought: dict[str, bytes] = {}  # documents that stations sent, by their path
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.cut_after: list[int] = []  # bytes of body after which the next answers break off
        self.statuses: list[int] = []  # what the next answers say instead
        self.ranges = True  # False: a server that always sends the whole
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """The address to give to stations."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/media"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(media: "MediaServer") -> type[BaseHTTPRequestHandler]:  # noqa: N805 - two selves
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                media.requests.append((self.path, dict(self.headers)))
                body = media.files.get(self.path.removeprefix("/media/"))
                if media.statuses or body is None:
                    self.send_error(media.statuses.pop(0) if media.statuses else 404)
                    return
                self._send(body)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                media.brought[self.path.removeprefix("/media/")] = body
                self.send_response(200)
                self.end_headers()

            def do_HEAD(self) -> None:
                self.send_response(200)
                self.end_headers()

            def _send(self, body: bytes) -> None:
                tag = f'"{hash(body)}"'
                asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
                whole = (
                    not media.ranges or asked is None or self.headers.get("If-Range", tag) != tag
                )
                start = 0 if whole or asked is None else int(asked[1])
                self.send_response(200 if whole else 206)
                self.send_header("ETag", tag)
                self.send_header("Content-Length", str(len(body) - start))
                if not whole:
                    self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
                self.end_headers()
                limit = media.cut_after.pop(0) if media.cut_after else len(body)
                with suppress(OSError):  # a station may have heard enough
                    self.wfile.write(body[start : start + limit])

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
