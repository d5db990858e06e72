"""Announcement: what the console says of an empty server, so that its first person can begin."""

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
    address = f"http://{settings.web_host}:{port or settings.web_port}{PATH}?ma={made}"
    return f"Máy chủ mới. Mở trang này để bắt đầu, trong một giờ:\n\n    {address}\n\n  Mã: {made}"
