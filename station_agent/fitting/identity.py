"""The box's papers, shown at every connection and renewed in their time."""

import ssl
from contextlib import ExitStack
from datetime import datetime

from station_agent.clock import SystemClock
from station_agent.identity.papers import Papers
from station_agent.identity.renewal import Renewal
from station_agent.settings import Settings


def show_papers(settings: Settings, clock: SystemClock, stack: ExitStack) -> ssl.SSLContext | None:
    """What to connect with; None: this station has a password. Raises BadIdentity."""
    if settings.identity is None:
        return None
    papers = Papers(settings.identity)
    context = papers.context()

    def now() -> datetime:
        return clock.moment().now

    renewal = Renewal(papers, context, settings.media_url, now)
    renewal.start()
    stack.callback(renewal.stop)
    return context
