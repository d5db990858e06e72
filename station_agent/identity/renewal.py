"""Renews the certificate in its time, beside the agent; a link that stands is left alone."""

import logging
import random
import ssl
import threading
from collections.abc import Callable
from datetime import datetime

from station_agent.errors import BadIdentity
from station_agent.identity import server
from station_agent.identity.papers import Papers

log = logging.getLogger(__name__)

LOOK_S = 3_600.0
"""A month is left when renewal begins; tries an hour apart find any server that lives."""

SPREAD = 0.5
"""Stations that were claimed together do not come together."""


class Renewal:
    """A thread that looks from time to time."""

    def __init__(
        self, papers: Papers, context: ssl.SSLContext, url: str, now: Callable[[], datetime]
    ) -> None:
        self._papers, self._context, self._url, self._now = papers, context, url, now
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="renewal", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a renewal under way is left to itself."""
        self._stop.set()

    def look(self) -> bool:
        """Renew when it is time; whether that was done."""
        try:
            if self._now() < self._papers.issued().renew_at:
                return False
            issued = server.renew(self._url, self._papers, self._context)
        except (BadIdentity, OSError) as error:  # a disk that is full today has room tomorrow
            log.warning("the certificate is not renewed: %s", error)
            return False
        log.info("a new certificate, until %s", issued.ends_at)
        return True

    def _run(self) -> None:
        while not self._stop.wait(LOOK_S * random.uniform(1 - SPREAD, 1 + SPREAD)):  # noqa: S311 - not a secret
            self.look()
