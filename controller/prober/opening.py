"""Opens a stream over HTTP as stations do: the named host and no other, public addresses only."""

import http.client
import socket
import ssl
from collections.abc import Collection
from contextlib import closing
from urllib.parse import SplitResult, urljoin, urlsplit

from contract.radio import RadioAnswer
from contract.relay import may_connect
from controller.prober.wire import Unheard

PATIENCE_S = 8.0  # for each step; stations wait as long
REDIRECTS = 3
MOVED = frozenset({301, 302, 303, 307, 308})
REFUSALS = {
    401: "Nguồn đòi mật khẩu: cần địa chỉ công khai.",
    403: "Nguồn không cho máy chủ này nghe (mã 403): hãy hỏi đơn vị phát.",
    404: "Không có luồng phát ở đường dẫn này (mã 404): kiểm tra lại địa chỉ.",
}


def open_stream(
    address: str, private: Collection[str], named: Collection[str]
) -> http.client.HTTPResponse:
    """The body that comes from there, from a named host. Raises Unheard."""
    for _ in range(REDIRECTS + 1):
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or parts.hostname not in named:
            raise Unheard(
                f"Nguồn dẫn sang {address}: hãy cho phép máy chủ đó, hoặc nhập địa chỉ ấy."
            )
        response = _ask(parts, private)
        if response.status not in MOVED:
            break
        address = urljoin(address, response.headers.get("Location", ""))
    if response.status != http.client.OK:
        usual = f"Nguồn trả lời mã {response.status}: hãy thử lại sau."
        raise Unheard(REFUSALS.get(response.status, usual))
    return response


def fetched(private: Collection[str], named: Collection[str], address: str, most: int) -> bytes:
    """What an address of a named host holds. Raises Unheard, of more than `most` bytes."""
    try:
        with closing(open_stream(address, private, named)) as body:
            data = body.read(most + 1)
    except (OSError, http.client.HTTPException) as error:
        raise Unheard(f"Nguồn ngắt giữa chừng: {error}") from error
    if len(data) > most:
        raise Unheard("Nguồn gửi tệp quá lớn.")
    return data


def _ask(parts: SplitResult, private: Collection[str]) -> http.client.HTTPResponse:
    host = parts.hostname or ""
    path = parts.path or "/"
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        sock = _connect(parts.scheme, host, port, private)
        with closing(http.client.HTTPConnection(host, port)) as connection:
            connection.response_class, connection.sock = RadioAnswer, sock
            connection.request(
                "GET",
                f"{path}?{parts.query}" if parts.query else path,
                headers={"Connection": "close"},  # what is read then belongs to the answer
            )
            return connection.getresponse()
    except socket.gaierror as error:
        raise Unheard(f"Không tìm thấy máy chủ {host}: kiểm tra lại địa chỉ.") from error
    except TimeoutError as error:
        raise Unheard(f"Máy chủ {host} không trả lời sau {PATIENCE_S:.0f} giây.") from error
    except ConnectionRefusedError as error:
        raise Unheard(f"Máy chủ {host} không nhận kết nối ở cổng {port}.") from error
    except ssl.SSLError as error:
        raise Unheard(f"Kết nối bảo mật tới {host} không hợp lệ: {error.reason}.") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unheard(f"{host} không trả lời như một nguồn phát: {error}") from error


def _connect(scheme: str, host: str, port: int, private: Collection[str]) -> socket.socket:
    """To the very address that was looked at: a second look-up might give another."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for ip in found:
        if not may_connect(ip, private):
            raise Unheard(f"{host} dẫn tới {ip}, một địa chỉ trong mạng riêng: không được dùng.")
    plain = socket.create_connection((found[0], port), timeout=PATIENCE_S)
    if scheme == "http":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
