"""Opens a stream over HTTP: the granted hosts and no other, few redirects, public addresses."""

import http.client
import socket
import ssl
from collections.abc import Collection
from contextlib import closing
from urllib.parse import SplitResult, urlsplit

from contract.errors import Unreadable
from contract.playlist import joined
from contract.radio import RadioAnswer
from contract.relay import may_connect
from station_agent.relay.errors import StreamError
from station_agent.relay.titles import Body, WithoutTitles

PATIENCE_S = 8.0  # for each read: less than the player's own patience with us
REDIRECTS = 3  # a station's address leads to its newest mount; more is a loop
MOVED = frozenset({301, 302, 303, 307, 308})
LONGEST_INTERVAL = 2**20  # bytes between two titles; servers say 8 to 32 thousand


def ask(url: str, granted: Collection[str]) -> http.client.HTTPResponse:
    """The answer after all redirects, none of which leads away from the granted hosts.

    Raises StreamError.
    """
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.hostname not in granted:
            raise StreamError(f"Nguồn chuyển sang địa chỉ không được duyệt: {parts.hostname}")
        response = _ask(parts)
        if response.status not in MOVED:
            break
        try:
            url = joined(url, response.headers.get("Location", ""))
        except Unreadable as error:
            raise StreamError(error.detail) from error
    if response.status != http.client.OK:
        raise StreamError(f"Nguồn trả lời mã {response.status}")
    return response


def fetched(granted: Collection[str], url: str, most: int) -> bytes:
    """What an address of the granted hosts holds. Raises StreamError, of more than `most` bytes."""
    try:
        data = ask(url, granted).read(most + 1)
    except (OSError, http.client.HTTPException) as error:
        raise StreamError(f"Nguồn ngắt giữa chừng: {error}") from error
    if len(data) > most:
        raise StreamError("Nguồn gửi tệp quá lớn")
    return data


def sound_in(response: http.client.HTTPResponse) -> Body:
    """The body without the titles in it. Raises StreamError."""
    interval = response.headers.get("icy-metaint", "0")
    if not interval.isdecimal() or int(interval) > LONGEST_INTERVAL:
        raise StreamError(f"Nguồn báo khoảng cách tên bài {interval[:20]!r}: không đọc được")
    return WithoutTitles(response, int(interval)) if int(interval) else response


def _ask(parts: SplitResult) -> http.client.HTTPResponse:
    host, path = parts.hostname or "", parts.path or "/"
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with closing(http.client.HTTPConnection(host, port)) as connection:
            connection.response_class = RadioAnswer
            connection.sock = _connect(parts.scheme, host, port)
            connection.request(
                "GET",
                f"{path}?{parts.query}" if parts.query else path,
                headers={"Connection": "close"},  # what is read then belongs to the answer
            )
            return connection.getresponse()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise StreamError(f"Không nối được tới nguồn: {error}") from error


def _connect(scheme: str, host: str, port: int) -> socket.socket:
    """To the very address that was looked up: a second look-up might give another."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for ip in found:
        # who signs the number of an address in a private network means that address
        if not may_connect(ip, {host}):
            raise StreamError(f"{host} dẫn tới {ip}, một địa chỉ trong mạng riêng")
    plain = socket.create_connection((found[0], port), timeout=PATIENCE_S)
    if scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
