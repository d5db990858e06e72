"""HTTPS: one message to one address that was looked at; no way round, no long wait."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import ExitStack, closing, suppress
from urllib.parse import SplitResult, urlsplit

from controller import entered
from controller.hooks import addresses
from controller.hooks.ports import Answer

WITHIN_S = 10.0
"""For all of it; Standard Webhooks asks for 15 to 30 of whoever has few messages, we have many."""

ANSWER_BYTES = 2_000
SHOWN = 200  # characters of it


class HttpsPoster:
    """Speaks to public addresses, and to the hosts that are `named`."""

    def __init__(
        self,
        named: Collection[str],
        *,
        tls: ssl.SSLContext | None = None,
        within_s: float = WITHIN_S,
    ) -> None:
        """`tls`: whose certificates are believed; None: those of this machine."""
        self._named, self._tls, self._within_s = named, tls, within_s

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """As the port says."""
        begun = time.monotonic()
        if wrong := addresses.problem(url, self._named):
            return Answer(code=None, told=wrong, took_ms=0)
        code, told = self._try(urlsplit(url), headers, body)
        return Answer(code=code, told=told, took_ms=int((time.monotonic() - begun) * 1000))

    def _try(
        self, parts: SplitResult, headers: Mapping[str, str], body: bytes
    ) -> tuple[int | None, str]:
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = _found(host, port)
        if not found:
            return None, f"Không tìm thấy máy chủ {host}: kiểm tra lại địa chỉ."
        inner = [ip for ip in found if not addresses.may_reach(host, ip, self._named)]
        if inner:
            wrong = f"{host} dẫn tới {inner[0]}, một địa chỉ trong mạng riêng: không được dùng."
            return None, wrong
        limit = _Limit(self._within_s)
        try:
            with ExitStack() as opened:
                sock = opened.enter_context(closing(_connect(found, port, self._within_s)))
                limit.watch(sock)
                opened.enter_context(limit)
                if parts.scheme == "https":
                    context = self._tls or ssl.create_default_context()
                    tls = context.wrap_socket(
                        sock, server_hostname=host, do_handshake_on_connect=False
                    )
                    sock = opened.enter_context(closing(tls))
                    limit.watch(sock)
                    tls.do_handshake()
                answer = _ask(sock, parts, headers, body)
        except (OSError, ValueError, http.client.HTTPException) as error:
            return None, _trouble(error, host, self._within_s, late=limit.over)
        if limit.over:  # what was cut looks like an end
            return None, _trouble(TimeoutError(), host, self._within_s, late=True)
        return answer


def _trouble(error: Exception, host: str, within_s: float, *, late: bool) -> str:
    """Why no answer came, in Vietnamese."""
    if late or isinstance(error, TimeoutError):
        return f"{host} không trả lời sau {within_s:.0f} giây."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Chứng thư của {host} không hợp lệ: {error.verify_message}."
    if isinstance(error, ConnectionRefusedError):
        return f"{host} không nhận kết nối."
    return f"{host} ngắt kết nối, hoặc trả lời không đúng HTTP."


def _found(host: str, port: int) -> list[str]:
    """The addresses that the name leads to; none when it leads nowhere."""
    try:
        every = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(each[4][0]) for each in every]


class _Limit:
    """Ends whatever a socket does when its time is over: drops that fall one by one count too."""

    def __init__(self, within_s: float) -> None:
        self._timer = threading.Timer(within_s, self._end)
        self._timer.daemon = True
        self._sock: socket.socket | None = None
        self.over = False

    def watch(self, sock: socket.socket) -> None:
        self._sock = sock

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.over = True
        if self._sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._sock, socket.SHUT_RDWR)  # TLS must not be asked


def _connect(found: list[str], port: int, within_s: float) -> socket.socket:
    """To one of the very addresses that were looked at: a second look-up might give another."""
    trouble: OSError = ConnectionRefusedError()
    for ip in found[:3]:
        try:
            return socket.create_connection((ip, port), timeout=within_s / 2)
        except OSError as error:
            trouble = error
    raise trouble


def _ask(
    sock: socket.socket, parts: SplitResult, headers: Mapping[str, str], body: bytes
) -> tuple[int, str]:
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port)) as connection:
        connection.sock = sock
        if parts.scheme == "https":
            connection.default_port = 443  # so that Host names no port that is the usual one
        path = parts.path or "/"
        connection.request(
            "POST",
            f"{path}?{parts.query}" if parts.query else path,
            body,
            {
                "Content-Type": "application/json",
                "User-Agent": "truyen-thanh",
                "Connection": "close",
                **headers,
            },
        )
        with closing(connection.getresponse()) as answer:
            if 300 <= answer.status < 400:
                return answer.status, "Máy chủ chuyển sang nơi khác: nhập thẳng địa chỉ cuối cùng."
            said = answer.read(ANSWER_BYTES).decode(errors="replace")
            return answer.status, entered.line(said)[:SHOWN]
