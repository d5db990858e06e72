"""Announcement: what the console says of an empty server, so that its first person can begin."""

import socket
from datetime import datetime

from controller.first_start import code
from controller.settings import Settings
from controller.store import Store

PATH = "/bat-dau/"


def announce(store: Store, settings: Settings, now: datetime, port: int | None = None) -> str:
    """One address with a fresh code; "" when the server has people."""
    with store.writing() as session:
        made = code.make(session, now=now)
    if made is None:
        return ""
    address = f"http://{_host(settings)}:{port or settings.web_port}{PATH}?ma={made}"
    return f"Máy chủ mới. Mở trang này để bắt đầu, trong một giờ:\n\n    {address}\n\n  Mã: {made}"


def _host(settings: Settings) -> str:
    """What can be typed into a browser: "every address" is none."""
    everywhere = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    return socket.gethostname() if settings.web_host in everywhere else settings.web_host
