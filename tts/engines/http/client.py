"""The two ways that providers give a sound: bytes back, or a job and then an address."""

import base64
import binascii
import json
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import msgspec
import requests

from tts.engines.exchange import Exchange
from tts.engines.http import address
from tts.engines.http.profile import Profile, Request
from tts.engines.http.template import Values, fill, fill_tree, fill_xml
from tts.engines.piece import Piece
from tts.errors import EngineFailed

POLL_S = 1.0  # a sentence takes a provider one to five seconds
WAIT_S = 60.0
NOT_YET = (202, 403, 404)  # what a file that is still being made answers


class Client:
    """Asks one provider. `key` leaves it only inside a request to the profile's own address."""

    def __init__(
        self,
        profile: Profile,
        key: str,
        exchange: Exchange,
        *,
        wait_s: float = WAIT_S,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._profile, self._exchange = profile, exchange
        self._always: Values = {**profile.fields, "key": key}
        self._wait_s, self._sleep, self._clock = wait_s, sleep, clock

    def fetch(self, piece: Piece) -> bytes:
        """The sound of one text, in whatever format. Raises EngineFailed."""
        reply, profile = self._profile.reply, self._profile
        values = {
            **self._always,
            "text": piece.text,
            "voice": piece.voice,
            "pace": profile.pace[piece.pace],
        }
        body = self._exchange.send(self._request("POST", profile.request, values))
        if not (reply.base64_at or reply.url_at or reply.job_at):
            return body
        told = _document(body)
        if reply.error_at and _at(told, reply.error_at) not in reply.good:
            code = str(_at(told, reply.error_at))[:40]
            raise EngineFailed(f"Giọng trực tuyến báo lỗi (mã {code}).", provider_code=code)
        if reply.base64_at:
            return _decoded(_at(told, reply.base64_at))
        url = _at(told, reply.url_at) if reply.url_at else self._finished(_at(told, reply.job_at))
        return self._download(url)

    def _request(self, method: str, asked: Request, values: Values) -> requests.PreparedRequest:
        headers = {name: fill(value, values) for name, value in asked.headers.items()}
        url = fill(asked.url, {name: quote(str(value), "") for name, value in values.items()})
        address.check(
            url,
            (address.host_of(url),),
            allow_loopback_http=self._profile.allow_loopback_http,
        )
        data: object = None
        if asked.json:
            data = json.dumps(fill_tree(dict(asked.json), values)).encode()
            headers = {"Content-Type": "application/json", **headers}
        elif asked.form:
            data = {name: fill(value, values) for name, value in asked.form.items()}
        elif asked.xml or asked.text:
            told = fill_xml(asked.xml, values) if asked.xml else fill(asked.text, values)
            data = told.encode()
        return _prepared(requests.Request(method, url, headers=headers, data=data))

    def _finished(self, job: object) -> object:
        """Where the sound of a job is, once it is done."""
        status = self._profile.status
        assert status is not None  # noqa: S101 - Profile checks it
        asked = Request(url=status.url, headers=self._profile.request.headers)
        for _ in self._tries():
            values = {**self._always, "job": str(job)}
            told = _document(self._exchange.send(self._request("GET", asked, values)))
            state = str(_at(told, status.state_at))
            if state in status.done:
                return _at(told, status.url_at)
            if state in status.failed:
                message = "Giọng trực tuyến báo không đọc được văn bản."
                raise EngineFailed(message, provider_code=state[:40])
        raise self._too_late()

    def _download(self, url: object) -> bytes:
        safe = address.check(
            url, self._profile.hosts, allow_loopback_http=self._profile.allow_loopback_http
        )
        for _ in self._tries():
            try:  # without our headers: the key is not for whoever keeps the files
                return self._exchange.send(_prepared(requests.Request("GET", safe)))
            except EngineFailed as fault:
                if fault.facts.get("status") not in NOT_YET:
                    raise
        raise self._too_late()

    def _tries(self) -> Iterator[None]:
        until = self._clock() + self._wait_s
        while self._clock() < until:
            yield
            self._sleep(POLL_S)

    def _too_late(self) -> EngineFailed:
        return EngineFailed(
            f"Giọng trực tuyến không đọc xong trong {self._wait_s:.0f} giây.",
            timeout_s=self._wait_s,
        )


def _prepared(request: requests.Request) -> requests.PreparedRequest:
    try:
        return request.prepare()
    except requests.RequestException:  # an OSError, which would be taken for a full disk
        raise EngineFailed("Địa chỉ hoặc tiêu đề của yêu cầu không đúng mẫu.") from None


def _document(body: bytes) -> object:
    try:
        told: object = msgspec.json.decode(body)
    except msgspec.DecodeError:
        raise EngineFailed("Giọng trực tuyến trả lời không đúng mẫu.") from None
    return told


def _at(told: object, place: str) -> object:
    for name in place.split("."):
        if not isinstance(told, dict) or name not in told:
            raise EngineFailed("Giọng trực tuyến trả lời không đúng mẫu.", missing=place)
        told = told[name]
    return told


def _decoded(told: object) -> bytes:
    try:
        sound = base64.b64decode(told if isinstance(told, str) else "", validate=True)
    except binascii.Error:
        sound = b""
    if not sound:
        raise EngineFailed("Giọng trực tuyến không trả về âm thanh.")
    return sound
