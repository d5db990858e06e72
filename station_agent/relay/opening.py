"""Opens a stream over HTTP: the granted host and no other, few redirects, small headers."""

import http.client
from urllib.parse import urljoin, urlsplit

from station_agent.relay.errors import StreamError

PATIENCE_S = 8.0  # for each read: less than the player's own patience with us
REDIRECTS = 3  # a station's address leads to its newest mount; more is a loop
MOVED = frozenset({301, 302, 303, 307, 308})


def open_stream(url: str) -> http.client.HTTPResponse:
    """The body of the granted address. Raises StreamError.

    http.client takes at most 100 header lines of 64 KiB.
    """
    granted = urlsplit(url).hostname
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.hostname != granted or granted is None:
            raise StreamError(f"Nguồn chuyển sang địa chỉ không được duyệt: {parts.hostname}")
        response = _ask(url)
        if response.status not in MOVED:
            break
        url = urljoin(url, response.headers.get("Location", ""))
    if response.status != http.client.OK:
        raise StreamError(f"Nguồn trả lời mã {response.status}")
    return response


def _ask(url: str) -> http.client.HTTPResponse:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    make = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    path = parts.path or "/"
    try:
        connection = make(parts.hostname or "", parts.port, timeout=PATIENCE_S)
        connection.request("GET", f"{path}?{parts.query}" if parts.query else path)
        return connection.getresponse()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise StreamError(f"Không nối được tới nguồn: {error}") from error
