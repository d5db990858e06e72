"""The box's papers, shown at every connection and renewed in their time."""

import logging
import ssl
from contextlib import ExitStack
from datetime import datetime

from station_agent.clock import SystemClock
from station_agent.errors import BadIdentity
from station_agent.identity.papers import Papers
from station_agent.identity.renewal import Renewal
from station_agent.settings import Settings

log = logging.getLogger(__name__)


def show_papers(settings: Settings, clock: SystemClock, stack: ExitStack) -> ssl.SSLContext | None:
    """What to connect with; None: this station has a password.

    Papers that cannot be used end the link, and not what is planned: with an authority that knows
    nobody every connection fails, and the plan on the disk goes on.
    """
    if settings.identity is None:
        return None
    papers = Papers(settings.identity)
    try:
        context = papers.context()
    except BadIdentity as error:
        log.error("no link to the server: %s", error)  # noqa: TRY400 - the sentence says it all
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def now() -> datetime:
        return clock.moment().now

    renewal = Renewal(papers, context, settings.media_url, now)
    renewal.start()
    stack.callback(renewal.stop)
    return context
