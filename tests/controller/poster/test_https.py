"""One message to a server on this machine: by name and number, with and without a certificate."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from controller import alarms
from controller.hooks import making
from controller.hooks.kinds import Kind
from controller.poster.going import hooks_going
from controller.poster.https import HttpsPoster
from controller.poster.nowhere import poster_of
from controller.settings import Settings
from controller.store import Store, migrate
from tests.controller.village import settle
from tests.fakes.certificate import of_localhost

NAMED = frozenset({"127.0.0.1", "localhost"})
HEADERS = {"webhook-id": "msg_1"}


class System:
    """Takes messages and answers as it is told."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.status, self.said = 200, b"ok"
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.arrived = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(outer.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(outer.said)
                outer.arrived.set()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port


def serve(system: System) -> Iterator[System]:
    threading.Thread(target=system.server.serve_forever, daemon=True).start()
    yield system
    system.server.shutdown()
    system.server.server_close()


@pytest.fixture
def system() -> Iterator[System]:
    yield from serve(System())


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return of_localhost(tmp_path)


@pytest.fixture
def secured(certificate: Path) -> Iterator[System]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    yield from serve(System(context))


def test_it_arrives_as_it_was_signed_and_the_answer_comes_back(system: System) -> None:
    url = f"http://127.0.0.1:{system.port}/hook?a=1"
    answer = HttpsPoster(NAMED).post(url, HEADERS, b'{"x":1}')
    assert (answer.code, answer.told, answer.is_taken) == (200, "ok", True)
    ((path, headers, body),) = system.got
    assert (path, body) == ("/hook?a=1", b'{"x":1}')
    assert headers["webhook-id"] == "msg_1"
    assert headers["content-type"] == "application/json"
    assert headers["host"] == f"127.0.0.1:{system.port}"


def test_only_a_certificate_that_is_believed_gets_anything(
    secured: System, certificate: Path
) -> None:
    url = f"https://localhost:{secured.port}/"
    ours = ssl.create_default_context(cafile=str(certificate))
    assert HttpsPoster(NAMED, tls=ours).post(url, HEADERS, b"{}").is_taken
    answer = HttpsPoster(NAMED).post(url, HEADERS, b"{}")
    assert answer.code is None
    assert "Chứng thư của localhost không hợp lệ" in answer.told
    other = f"https://127.0.0.1:{secured.port}/"
    assert "Chứng thư" in HttpsPoster(NAMED, tls=ours).post(other, HEADERS, b"{}").told
    assert len(secured.got) == 1


@pytest.mark.parametrize("status", [301, 307, 308])
def test_nothing_is_followed(system: System, status: int) -> None:
    system.status = status
    answer = HttpsPoster(NAMED).post(f"http://127.0.0.1:{system.port}/", HEADERS, b"{}")
    assert (answer.code, answer.is_taken) == (status, False)
    assert "nhập thẳng" in answer.told
    assert len(system.got) == 1


def test_a_name_that_leads_inside_is_refused_before_any_knock(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        public = (2, 1, 6, "", ("8.8.8.8", 443))
        return [public, (2, 1, 6, "", ("127.0.0.1", system.port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    url = f"https://nhan.tinh.gov.vn:{system.port}/"
    answer = HttpsPoster(frozenset()).post(url, HEADERS, b"{}")
    assert answer.code is None
    assert "127.0.0.1, một địa chỉ trong mạng riêng" in answer.told
    assert system.got == []


def test_the_name_is_asked_for_once(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = socket.getaddrinfo

    def resolve(host: str, *about: object, **more: object) -> object:
        asked.append(host)
        number = "127.0.0.1" if host == "localhost" else host
        return real(number, *about, **more)  # type: ignore[arg-type]  # as it was asked

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert HttpsPoster(NAMED).post(f"http://localhost:{system.port}/", {}, b"{}").is_taken
    assert asked.count("localhost") == 1


def dripping(conn: socket.socket) -> None:
    """One byte at a time, for ever."""
    with conn:
        try:
            conn.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                conn.sendall(b"x")
                time.sleep(0.02)
        except OSError:
            return


def silent(conn: socket.socket) -> None:
    with conn:
        while conn.recv(4096):
            pass


def garbage(conn: socket.socket) -> None:
    with conn:
        conn.recv(4096)
        conn.sendall(b"\0\1\2 not HTTP\r\n\r\n")


@pytest.mark.parametrize(
    ("manner", "words", "scheme"),
    [
        (dripping, "không trả lời sau", "http"),
        (silent, "không trả lời sau", "http"),
        (silent, "không trả lời sau", "https"),
        (garbage, "không đúng HTTP", "http"),
        (garbage, "không đúng HTTP", "https"),
    ],
)
def test_a_bad_system_is_told_of_in_words_and_in_time(
    manner: Callable[[socket.socket], None], words: str, scheme: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:

        def answer() -> None:
            manner(door.accept()[0])

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        begun = time.monotonic()
        url = f"{scheme}://127.0.0.1:{door.getsockname()[1]}/"
        found = HttpsPoster(NAMED, within_s=0.4).post(url, HEADERS, b"{}")
        assert time.monotonic() - begun < 5
        thread.join(5)
    assert found.code is None
    assert words in found.told


def test_nobody_there_is_told_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    poster = HttpsPoster(NAMED)
    assert "không nhận kết nối" in poster.post(f"http://127.0.0.1:{port}/", {}, b"").told
    told = HttpsPoster(frozenset()).post("https://khong-co.invalid/", {}, b"").told
    assert "Không tìm thấy máy chủ khong-co.invalid" in told
    assert "mạng riêng" in HttpsPoster(frozenset()).post("https://10.0.0.5/", {}, b"").told


def test_where_one_practises_nothing_leaves_the_house(system: System, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{system.port}/"
    real = Settings(data=tmp_path, hook_hosts="127.0.0.1")
    assert poster_of(real).post(url, HEADERS, b"{}").is_taken
    practice = Settings(data=tmp_path, hook_hosts="127.0.0.1", sandbox=True)
    answer = poster_of(practice).post(url, HEADERS, b"{}")
    assert (answer.code, answer.is_taken) == (None, False)
    assert "Nơi tập dùng không gửi gì ra ngoài" in answer.told
    assert len(system.got) == 1


def test_a_long_answer_is_cut(system: System) -> None:
    system.said = "á".encode() * 100_000
    answer = HttpsPoster(NAMED).post(f"http://127.0.0.1:{system.port}/", HEADERS, b"{}")
    assert answer.is_taken
    assert len(answer.told) <= 200


def test_what_happens_reaches_a_system_by_itself(system: System, tmp_path: Path) -> None:
    """The whole way, as the controller goes it."""
    settings = Settings(data=tmp_path, hook_hosts="127.0.0.1")
    store = Store(settings.database)
    migrate.upgrade(store)
    with store.writing() as session:
        v = settle(session)
        wanted = making.Wanted(
            name="Tỉnh",
            area_id=v.province,
            url=f"http://127.0.0.1:{system.port}/",
            kinds=(Kind.ALARM,),
        )
        named = settings.hook_names
        making.make(session, v.technician, wanted, named, now=datetime.now(UTC))
    with hooks_going(store, settings, lambda: datetime.now(UTC)):
        with store.writing() as session:
            alarms.sound_alarm(session, "mains", "Mất điện.", datetime.now(UTC))
        assert system.arrived.wait(20)
    store.close()
    assert json.loads(system.got[0][2])["data"]["code"] == "mains"
