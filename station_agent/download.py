"""One recording over HTTP into a file, going on where a broken transfer stopped (RFC 9110 §14)."""

import errno
import hashlib
import http.client
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit

from contract.messages import Recording
from contract.settings import Secret
from station_agent.errors import FetchError, NoRoom, WrongBytes

TIMEOUT_S = 15.0  # a mobile network may be silent for several seconds and still deliver
CHUNK = 65_536
DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
"""Errors of our own disk, not of the way to the server."""


class Media:
    """The server's recordings, asked for with its certificate, or name and secret."""

    def __init__(
        self, url: str, station: str, secret: Secret, tls: ssl.SSLContext | None = None
    ) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port
        self._base = parts.path.rstrip("/")
        token = b64encode(f"{station}:{secret.reveal()}".encode()).decode("ascii")
        self._tls = tls
        self._headers = {"Authorization": f"Basic {token}"} if tls is None else {}

    def fetch(self, recording: Recording, part: Path, on_chunk: Callable[[], None]) -> None:
        """Bring `part` to its full length; what it holds already is not asked for again.

        `on_chunk` is called between chunks and may raise to break off. Raises FetchError: NoRoom
        when the disk does not take it, WrongBytes when it is longer than promised.
        """
        held = part.stat().st_size if part.exists() else 0
        if held > recording.size:
            part.unlink()
            held = 0
        try:
            if held < recording.size:
                self._transfer(recording, part, held, on_chunk)
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, OSError) and error.errno in DISK:
                raise NoRoom(f"Ổ đĩa không ghi được: {error.strerror}") from error
            raise FetchError(f"Không tải được {recording.path}: {error!r}") from error

    def send(self, path: str, body: bytes) -> None:
        """Bring a document to the server. Raises FetchError."""
        headers = {**self._headers, "Content-Type": "application/json"}
        try:
            with closing(self._connect()) as connection:
                connection.request("POST", f"{self._base}/{path}", body, headers)
                answer = connection.getresponse()
                answer.read(CHUNK)
        except (OSError, http.client.HTTPException) as error:
            raise FetchError(f"Không gửi được {path}: {error!r}") from error
        if answer.status != http.client.OK:
            raise FetchError(f"Máy chủ trả lời {answer.status} cho {path}")

    def _transfer(
        self, recording: Recording, part: Path, held: int, on_chunk: Callable[[], None]
    ) -> None:
        tag = part.with_suffix(".etag")
        with closing(self._connect()) as connection:
            connection.request("GET", self._path(recording), headers=self._ask(held, tag))
            answer = connection.getresponse()
            if answer.status not in {200, 206}:
                if answer.status == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                    part.unlink(missing_ok=True)
                raise FetchError(f"Máy chủ trả lời {answer.status} cho {recording.path}")
            if answer.status == 206 and not _continues(answer, held):
                part.unlink(missing_ok=True)
                raise FetchError(f"Máy chủ gửi sai đoạn của {recording.path}")
            tag.write_text(answer.headers.get("ETag") or "", encoding="latin-1")
            with part.open("ab" if answer.status == 206 else "wb") as file:
                for chunk in _body(answer):
                    file.write(chunk)
                    if file.tell() > recording.size:
                        raise WrongBytes(f"{recording.path} dài hơn đã hứa")
                    on_chunk()
        if part.stat().st_size < recording.size:
            raise FetchError(f"Đường truyền đứt khi tải {recording.path}")

    def _connect(self) -> http.client.HTTPConnection:
        if self._secure:
            return http.client.HTTPSConnection(
                self._host, self._port, timeout=TIMEOUT_S, context=self._tls
            )
        return http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT_S)

    def _path(self, recording: Recording) -> str:
        return f"{self._base}/{quote(recording.path.lstrip('/'))}"

    def _ask(self, held: int, tag: Path) -> dict[str, str]:
        if not held:
            return self._headers
        headers = {**self._headers, "Range": f"bytes={held}-"}
        known = tag.read_text(encoding="latin-1") if tag.exists() else ""
        if known and not known.startswith("W/"):  # a weak tag may not stand in If-Range
            headers["If-Range"] = known
        return headers


def _continues(answer: http.client.HTTPResponse, held: int) -> bool:
    return (answer.headers.get("Content-Range") or "").startswith(f"bytes {held}-")


def _body(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    while chunk := answer.read1(CHUNK):
        yield chunk


def digest(path: Path) -> str:
    """The sha256 of a file, lower-case hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
