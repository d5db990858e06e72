"""What stands in the way of a station: each thing that it needs, tried, in words for people."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from station_agent.errors import BadTrust
from station_agent.link.mqtt import read_address
from station_agent.settings import Settings
from station_agent.trusted import load_trust

TIMEOUT_S = 5.0  # a person waits for the answer


def problems(settings: Settings) -> list[str]:
    """Return one sentence for each thing that does not work; empty when the station can run."""
    tries: list[Callable[[Settings], str | None]] = [_trust, _data, _sink, _broker, _media]
    return [found for one in tries if (found := one(settings)) is not None]


def _trust(settings: Settings) -> str | None:
    try:
        load_trust(settings.trust)
    except BadTrust as error:
        return str(error)
    return None


def _data(settings: Settings) -> str | None:
    return _unwritable(settings.data, "Thư mục dữ liệu")


def _sink(settings: Settings) -> str | None:
    kind, _, where = settings.sink.partition(":")
    if kind == "file":
        return _unwritable(Path(where), "Thư mục của bộ phát")
    return _alsa(settings.sink) if kind == "alsa" else None


def _alsa(sink: str) -> str | None:
    """Opened in a process of its own: NumPy and the card's library stay out of this one."""
    command = [sys.executable, "-m", "station_agent.player.sinks", sink]
    try:
        tried = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"Thiết bị âm thanh {sink} không trả lời"
    return None if tried.returncode == 0 else tried.stdout.strip() or tried.stderr.strip()


def _broker(settings: Settings) -> str | None:
    """Only whether it answers: connecting would take the session of a running agent."""
    address = read_address(settings.broker_url.reveal(), settings.station, settings.secret)
    try:
        socket.create_connection((address.host, address.port), TIMEOUT_S).close()
    except OSError as error:
        return f"Không kết nối được máy chủ MQTT {address.host}:{address.port}: {error}"
    return None


def _media(settings: Settings) -> str | None:
    parts = urlsplit(settings.media_url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
    try:
        connection.request("HEAD", parts.path or "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        return f"Không kết nối được máy chủ âm thanh {settings.media_url}: {error}"
    finally:
        connection.close()
    return None


def _unwritable(folder: Path, name: str) -> str | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"{name} {folder}: {error.strerror}"
    return None if os.access(folder, os.W_OK) else f"{name} {folder}: không ghi được"
