"""A radio station on the internet: sends a recording at the pace of its time, as Icecast does."""

import io
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BURST_S = 3.0  # what Icecast sends ahead to a new listener is of this size
CONTAINERS = {"libmp3lame": "mp3", "aac": "adts", "libopus": "ogg", "flac": "ogg"}
KINDS = {"libmp3lame": "fltp", "aac": "fltp", "libopus": "flt", "flac": "s16"}


def encoded(samples: NDArray[Any], codec: str = "libmp3lame") -> bytes:
    """The bytes of a stream with these samples."""
    out = io.BytesIO()
    with av.open(out, "w", format=CONTAINERS[codec]) as container:
        layout, kind = "mono", KINDS[codec]
        samples = samples if kind != "s16" else np.rint(samples * 32_767).astype(np.int16)
        stream = container.add_stream(codec, rate=RATE, layout=layout)
        assert isinstance(stream, av.AudioStream)
        stream.bit_rate = 64_000
        size = 1024 if codec == "aac" else 960
        for at in range(0, len(samples), size):
            part = samples[None, at : at + size]
            frame = av.AudioFrame.from_ndarray(part, format=kind, layout=layout)
            frame.sample_rate, frame.pts = RATE, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


class Radio:
    """Serves one stream to any number of listeners, and its faults."""

    def __init__(self, body: bytes, seconds: float) -> None:
        self.body, self.seconds = body, seconds
        self.cut_after_s: list[float] = []  # the next listeners are cut off then
        self.moved_to: str | None = None
        self.headers = 0  # endless ones when it is large
        self.greeting: bytes | None = None  # in place of status and headers
        self.burst_s = BURST_S
        self.stalls_after_s: float | None = None
        self.listeners = 0
        self._closed = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where it is heard."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/live"

    def close(self) -> None:
        """Go off the air."""
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(radio: "Radio") -> type[BaseHTTPRequestHandler]:  # noqa: N805 - two selves
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                radio.listeners += 1
                if radio.greeting is None:
                    self._greet()
                with suppress(OSError):  # the listener has gone
                    self.wfile.write(radio.greeting or b"")
                    self._send(radio.cut_after_s.pop(0) if radio.cut_after_s else radio.seconds)

            def _greet(self) -> None:
                self.send_response(200 if radio.moved_to is None else 302)
                if radio.moved_to is not None:
                    self.send_header("Location", radio.moved_to)
                for number in range(radio.headers):
                    self.send_header(f"X-{number}", "x" * 100)
                self.end_headers()

            def _send(self, until_s: float) -> None:
                began, sent = time.monotonic(), 0
                rate = len(radio.body) / radio.seconds
                while (gone := time.monotonic() - began) < until_s and sent < len(radio.body):
                    due = int(rate * (gone + radio.burst_s))
                    self.wfile.write(radio.body[sent:due])
                    sent = max(sent, due)
                    if radio.stalls_after_s is not None and gone >= radio.stalls_after_s:
                        radio._closed.wait()
                    time.sleep(0.02)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                pass

        return Handler


def with_titles(body: bytes, every: int, title: bytes = b"StreamTitle='Tin';") -> bytes:
    """The bytes as SHOUTcast sends them, an even number of parts: a title, or none, between."""
    told = bytes([-(-len(title) // 16)]) + title.ljust(-(-len(title) // 16) * 16, b"\0")
    parts = [body[at : at + every] for at in range(0, len(body), every)]
    return b"\0".join(one + told + two for one, two in zip(parts[::2], parts[1::2], strict=True))
