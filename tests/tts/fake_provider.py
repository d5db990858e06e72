"""A provider of voices on this machine, which answers as a test tells it to."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self


class Asked(NamedTuple):
    """A request as it came in; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Told(NamedTuple):
    """What is answered; `drop_s` between its bytes, for a server that never finishes."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed
    drop_s: float = 0.0


class FakeProvider:
    """Set `tell` before asking; `asked` holds every request in order."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.tell: Callable[[Asked], Told] = lambda _: Told(500)
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(fake) -> type[BaseHTTPRequestHandler]:  # noqa: N805 the handler has a self too
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                fake.asked.append(asked)
                told = fake.tell(asked)
                self.send_response(told.status)
                for name, value in {"Content-Length": str(len(told.body)), **told.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    self._write(told)
                except OSError:
                    return  # whoever asked is gone

            do_GET = do_POST  # noqa: N815 - the name that http.server looks for

            def _write(self, told: Told) -> None:
                if not told.drop_s:
                    self.wfile.write(told.body)
                    return
                for byte in told.body:
                    if fake.released.wait(told.drop_s):
                        return
                    self.wfile.write(bytes([byte]))

            def log_message(self, *_: object) -> None:
                """Keep the test's output quiet."""

        return Handler
