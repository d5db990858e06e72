"""Mails going: a thread of their own, so that a slow mail server holds up no order."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from controller.mailer.child_writer import ChildWriter
from controller.mailer.smtp import SmtpMailer
from controller.mails.sending import Sending
from controller.settings import Settings
from controller.store import Store
from controller.voicing_loop import VoicingLoop


@contextmanager
def mails_going(store: Store, settings: Settings, clock: Callable[[], datetime]) -> Iterator[None]:
    """While the controller runs; nothing where no mail server is set."""
    door = settings.mail_door
    if door is None:
        yield
        return
    work = Sending(store, ChildWriter(), SmtpMailer(door), clock, random.random).work
    loop = VoicingLoop(work, name="mails", threads=1)
    loop.start()
    try:
        yield
    finally:
        loop.stop()
