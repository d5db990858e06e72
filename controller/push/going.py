"""Pushes going: a thread of their own, so that a slow service holds up no order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from controller.passkey_site import site_of
from controller.push.web_push import WebPusher, subject
from controller.push_hosts import allowed_by
from controller.pushing import Pushing
from controller.settings import Settings
from controller.store import Store
from controller.voicing_loop import VoicingLoop


@contextmanager
def pushes_going(store: Store, settings: Settings, clock: Callable[[], datetime]) -> Iterator[None]:
    """While the controller runs; nothing where browsers cannot subscribe (TT_PUBLIC_URL)."""
    site = site_of(settings.public_url)
    if site is None or not settings.push_hosts:
        yield
        return
    pusher = WebPusher(settings.keys, subject(site), allowed_by(settings.push_hosts))
    loop = VoicingLoop(Pushing(store, pusher, clock).work, name="pushing", threads=1)
    loop.start()
    try:
        yield
    finally:
        loop.stop()
