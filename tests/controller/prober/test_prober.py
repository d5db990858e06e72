"""A source is tried in a process of its own, and people are told what is wrong with it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest

from controller.ports import Checked
from controller.prober import ProcessProber, hearing, process
from controller.prober.hearing import hear
from controller.prober.wire import Unheard
from tests.fakes.folder_server import served
from tests.fakes.hls import listed, write_hls
from tests.fakes.stream import RATE, encoded

HERE = ("127.0.0.1",)
TONE = (0.2 * np.sin(2 * np.pi * 440 * np.arange(6 * RATE) / RATE)).astype(np.float32)
SPEECH = encoded(TONE)
SILENCE = encoded(np.zeros(6 * RATE, np.float32))


class Source:
    """Answers every request with these bytes, whatever they are."""

    def __init__(self, answer: bytes) -> None:
        class Handler(BaseHTTPRequestHandler):
            def handle(self) -> None:
                self.rfile.readline()
                self.wfile.write(answer)

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/live"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def source() -> Iterator[Callable[[bytes], Source]]:
    made: list[Source] = []

    def serve(answer: bytes) -> Source:
        made.append(Source(answer))
        return made[-1]

    yield serve
    for each in made:
        each.close()


Serve = Callable[[bytes], Source]


def ok(body: bytes, kind: str = "audio/mpeg") -> bytes:
    return f"HTTP/1.0 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body


def told(url: str, private: tuple[str, ...] = HERE) -> str:
    """What a person reads; in this process, where it is fast."""
    try:
        return hear(url, private).told
    except Unheard as error:
        return str(error)


def test_a_stream_that_sounds_is_heard_by_the_child(source: Serve) -> None:
    found = ProcessProber(HERE).check(source(ok(SPEECH)).url)
    assert found == Checked(works=True, told="Nghe được: MP3 48 kHz, mức âm -17 dB.")


@pytest.mark.parametrize("codec", ["aac", "libopus"])
def test_every_kind_that_stations_take_is_heard(source: Serve, codec: str) -> None:
    assert told(source(ok(encoded(TONE, codec), "audio/any")).url).startswith("Nghe được")


def test_hls_is_heard_as_stations_hear_it(tmp_path: Path) -> None:
    write_hls(tmp_path, TONE)
    with served(tmp_path) as address:
        assert "Nghe được: AAC" in told(f"{address}/live.m3u8")
        (tmp_path / "led.m3u8").write_text(listed(["http://other.example/a.ts"], 7))
        assert "other.example" in told(f"{address}/led.m3u8")
        elsewhere = address.replace("127.0.0.1", "localhost")
        (tmp_path / "led.m3u8").write_text(
            f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=64000\n{elsewhere}/live.m3u8\n"
        )
        assert "cho phép máy chủ" in told(f"{address}/led.m3u8")
        whole = told(f"{address}/led.m3u8 localhost", (*HERE, "::1"))
        assert "Nghe được: AAC" in whole


def test_shoutcast_is_understood(source: Serve) -> None:
    answer = b"ICY 200 OK\r\nicy-name: VOV\r\nContent-Type: audio/mpeg\r\n\r\n" + SPEECH
    assert told(source(answer).url).startswith("Nghe được: MP3")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (ok(SILENCE), "đang im lặng"),
        (ok(b"<html>", "text/html"), "trang web"),
        (ok(b"#EXTM3U", "application/vnd.apple.mpegurl"), "không phải của một luồng trực tiếp"),
        (ok(b"File1=", "audio/x-scpls"), "danh sách phát"),
        (ok(bytes(range(256)) * 400, "audio/mpeg"), "không phải luồng MP3, AAC hoặc Ogg"),
        (ok(b""), "không phải luồng"),
        (b"HTTP/1.0 404 Not Found\r\n\r\n", "404"),
        (b"HTTP/1.0 401 No\r\n\r\n", "mật khẩu"),
        (b"HTTP/1.0 503 No\r\n\r\n", "mã 503"),
        (b"ICY 401 Service Unavailable\r\n\r\n", "mật khẩu"),
        (b"HTTP/1.0 302 Moved\r\nLocation: http://elsewhere.example/a\r\n\r\n", "elsewhere"),
        (b"HTTP/1.0 302 Moved\r\nLocation: file:///etc/passwd\r\n\r\n", "file:///etc/passwd"),
        (b"HTTP/1.0 302 Moved\r\nLocation: /live\r\n\r\n", "mã 302"),
        (b"SSH-2.0-OpenSSH\r\n", "không trả lời như một nguồn phát"),
        (b"HTTP/1.0 200 OK\r\n" + b"X: y\r\n" * 1_000, "không trả lời như một nguồn phát"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whatever_is_wrong_is_said(source: Serve, answer: bytes, said: str) -> None:
    assert said in told(source(answer).url)


@pytest.mark.parametrize("power", [float("nan"), float("inf")])
def test_samples_that_are_no_numbers_are_not_heard(power: float) -> None:
    found = hearing.judged("AAC", RATE, power)
    assert not found.works
    assert "tiếng trong luồng bị hỏng" in found.told


def test_a_server_cannot_have_us_say_a_lot(source: Serve) -> None:
    answer = b"HTTP/1.0 302 Moved\r\nLocation: http://elsewhere.example/" + b"a" * 9_000
    found = ProcessProber(HERE).check(source(answer + b"\r\n\r\n").url)
    assert found.told.startswith("Nguồn dẫn sang http://elsewhere.example/")
    assert len(found.told) <= 400


def test_a_private_address_is_not_reached_unless_it_is_named(source: Serve) -> None:
    assert "mạng riêng" in told(source(ok(SPEECH)).url, private=())
    assert "mạng riêng" in told(f"http://localhost:{source(ok(SPEECH)).port}/", private=())


def test_a_host_that_nobody_knows_and_a_closed_door_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert f"không nhận kết nối ở cổng {port}" in told(f"http://127.0.0.1:{port}/live")
    assert "Không tìm thấy máy chủ" in told("http://nobody.invalid/live")


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}/live"
        assert ProcessProber(HERE, within_s=1.0).check(url) == process.SLOW


def test_only_so_many_are_tried_at_once(source: Serve) -> None:
    prober = ProcessProber(HERE, within_s=3.0)
    busy: list[Checked] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}/live"
        threads = [threading.Thread(target=prober.check, args=(url,)) for _ in range(2)]
        with ExitStack() as stack:
            for thread in threads:
                thread.start()
                stack.enter_context(door.accept()[0])  # it is being tried
            busy.append(prober.check(url))
    for thread in threads:
        thread.join()
    assert busy == [process.BUSY]
