"""The online voice's server, on this machine: answers well or in every bad way."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class FakeTranslate:
    """Set `mode` to ok, refuse, hang, silent, rubbish, redirect, `fail from chunk 2`
    or `empty chunk 2`."""

    def __init__(self, mp3: bytes) -> None:
        self.mode = "ok"
        self.asked = 0
        self.released = threading.Event()
        self._mp3 = mp3
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def url(self, **_: str) -> str:
        """What replaces the library's own address."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def body(self) -> bytes:
        sound = self._mp3 if self.mode != "rubbish" else b"no sound" * 100
        if self.mode == "empty chunk 2" and self.asked == 2:
            sound = b""
        inner = json.dumps([base64.b64encode(sound).decode()], separators=(",", ":"))
        answer = [["wrb.fr", "jQ1olc", None if self.mode == "silent" else inner]]
        return b")]}'\n\n123\n" + json.dumps(answer, separators=(",", ":")).encode() + b"\n"

    def status(self) -> int:
        refused = self.mode == "refuse" or (self.mode == "fail from chunk 2" and self.asked > 1)
        return 302 if self.mode == "redirect" else 429 if refused else 200

    def _handler(fake) -> type[BaseHTTPRequestHandler]:  # noqa: N805 the handler has a self too
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                fake.asked += 1
                if fake.mode == "hang":
                    fake.released.wait(20)
                    return
                body = fake.body()
                self.send_response(fake.status())
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Location", fake.url())
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep the test's output quiet."""

        return Handler
