"""Brings diagnoses to the server, beside the agent; a weak link is tried again for a while."""

import logging
import threading
import time
from collections.abc import Callable

from contract.diagnosis import path_of
from station_agent.actions import BringDiagnosis
from station_agent.diagnosis import recent_log
from station_agent.diagnosis.bundle import Box, Seen, bundle
from station_agent.download import Media
from station_agent.errors import FetchError
from station_agent.events import DiagnosisEnded

log = logging.getLogger(__name__)

PAUSES_S = (5.0, 15.0, 45.0, 120.0)
"""Between tries: three minutes in all; a technician who still waits asks again."""


class Bearer:
    """One at a time; what becomes of it comes as an event."""

    def __init__(self, box: Box, media: Media, put: Callable[[DiagnosisEnded], None]) -> None:
        self._box, self._media, self._put = box, media, put
        self._thread: threading.Thread | None = None

    def bring(self, asked: BringDiagnosis, seen: Seen) -> None:
        """Put it together and begin to send; returns at once."""
        if self._thread is not None and self._thread.is_alive():
            busy = "đang gửi một chẩn đoán khác"
            self._put(DiagnosisEnded(order=asked.order, size=0, problem=busy))
            return
        body = bundle(asked.order, seen, self._box, recent_log.lines())
        left_s = (asked.until - seen.beat.at).total_seconds()
        self._thread = threading.Thread(
            target=self._send, args=(asked.order, body, left_s), name="diagnosis", daemon=True
        )
        self._thread.start()

    def _send(self, order: str, body: bytes, left_s: float) -> None:
        until_s = time.monotonic() + left_s
        problem = ""
        for pause_s in (*PAUSES_S, 0.0):
            try:
                self._media.send(path_of(order), body)
            except FetchError as error:
                log.warning("diagnosis: %s", error)
                problem = str(error)
            else:
                self._put(DiagnosisEnded(order=order, size=len(body)))
                return
            if time.monotonic() + pause_s >= until_s:
                break
            time.sleep(pause_s)
        self._put(DiagnosisEnded(order=order, size=len(body), problem=problem[:200]))
