"""The way to the server: names, the broker's port, the recordings."""

import http.client
import socket
from urllib.parse import urlsplit

from station_agent.checks.finding import Finding, bad, good
from station_agent.errors import BadIdentity
from station_agent.identity.papers import Papers
from station_agent.link.mqtt import read_address
from station_agent.settings import Settings

TIMEOUT_S = 5.0  # a person waits for the answer
NO_NAME = "kiểm tra SIM hoặc dây mạng, rồi DNS"


def broker(settings: Settings) -> Finding:
    """Only whether it answers: connecting would take the session of a running agent."""
    address = read_address(settings.broker_url.reveal(), settings.station, settings.secret)
    about = f"Máy chủ MQTT {address.host}:{address.port}"
    try:
        socket.create_connection((address.host, address.port), TIMEOUT_S).close()
    except socket.gaierror:
        return bad(about, "không tìm thấy tên máy", NO_NAME)
    except OSError as error:
        return bad(about, f"không kết nối được: {error.strerror or error}", _elsewhere())
    return good(about, "trả lời")


def media(settings: Settings) -> Finding:
    """Whether recordings can be asked for; any answer will do."""
    parts = urlsplit(settings.media_url)
    about = f"Máy chủ âm thanh {parts.netloc}"
    try:
        connection = _connection(settings)
    except BadIdentity as error:
        return bad(about, str(error), "nhận hộp bằng tt-station claim")
    try:
        connection.request("HEAD", parts.path or "/")
        status = connection.getresponse().status
    except socket.gaierror:
        return bad(about, "không tìm thấy tên máy", NO_NAME)
    except (OSError, http.client.HTTPException) as error:
        return bad(about, f"không kết nối được: {error}", _elsewhere())
    finally:
        connection.close()
    if status >= 500:
        return bad(about, f"báo lỗi {status}", "báo cho người quản trị máy chủ")
    return good(about, "trả lời")


def _connection(settings: Settings) -> http.client.HTTPConnection:
    """With the box's papers, if it has any. Raises BadIdentity."""
    parts = urlsplit(settings.media_url)
    host = parts.hostname or ""
    if parts.scheme != "https":
        return http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT_S)
    papers = settings.identity
    context = None if papers is None else Papers(papers).context()
    return http.client.HTTPSConnection(host, parts.port, timeout=TIMEOUT_S, context=context)


def _elsewhere() -> str:
    """A telephone on the same network tells the box's fault from the server's."""
    return "thử mở trang của máy chủ bằng điện thoại cùng mạng; không được thì báo nhà mạng"
