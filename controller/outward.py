"""Outward: what the controller says to the world beside stations: pushes, webhooks and mails."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

from controller.mailer.going import mails_going
from controller.poster.going import hooks_going
from controller.push.going import pushes_going
from controller.settings import Settings
from controller.store import Store


@contextmanager
def outward(store: Store, settings: Settings, clock: Callable[[], datetime]) -> Iterator[None]:
    """While the controller runs."""
    with ExitStack() as going:
        for each in (pushes_going, hooks_going, mails_going):
            going.enter_context(each(store, settings, clock))
        yield
