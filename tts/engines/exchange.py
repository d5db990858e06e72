"""One question to a stranger's server, with every limit on the answer."""

import time
from collections.abc import Callable

import requests

from tts.errors import EngineFailed

CONNECT_S, SILENT_S = 10.0, 30.0  # the whole is bounded by the parent, which ends this process
# A breath of 25 s as 48 kHz WAV is 2.4 MB, in base64 3.2 MB; twice that is an attack or a fault.
MOST_BYTES = 7_000_000
# A server that is busy may name its time; a bulletin of 40 breaths cannot wait longer for each.
LONGEST_WAIT_S = 10.0
BUSY = (429, 503)
REFUSED_KEY = (401, 403)


class Exchange:
    """A session that trusts nothing but certificates: no redirect, no .netrc, no proxy."""

    def __init__(
        self,
        engine: str,
        *,
        silent_s: float = SILENT_S,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._engine, self._silent_s, self._sleep = engine, silent_s, sleep
        self._session = requests.Session()
        self._session.trust_env = False

    def send(self, request: requests.PreparedRequest) -> bytes:
        """The body of a 200. Asks once more if the server says when. Raises EngineFailed.

        An answer of another status has it as the error's fact `status`.
        """
        try:
            status, body, wait_s = self._once(request)
            if status in BUSY and wait_s is not None:
                self._sleep(wait_s)
                status, body, _ = self._once(request)
        except requests.exceptions.SSLError as fault:
            raise self._failed("Chứng chỉ của giọng trực tuyến không đúng.", fault) from None
        except requests.Timeout as fault:
            raise self._failed("Giọng trực tuyến không trả lời kịp.", fault) from None
        except requests.RequestException as fault:
            sentence = "Không kết nối được giọng trực tuyến, hoặc bị ngắt giữa chừng."
            raise self._failed(sentence, fault) from None
        if status != 200:
            raise EngineFailed(_refusal(status), engine=self._engine, status=status)
        return body

    def _once(self, request: requests.PreparedRequest) -> tuple[int, bytes, float | None]:
        timeout = (min(CONNECT_S, self._silent_s), self._silent_s)
        with self._session.send(
            request, verify=True, allow_redirects=False, timeout=timeout, stream=True
        ) as reply:
            if reply.status_code != 200:
                return reply.status_code, b"", _wait_s(reply.headers.get("Retry-After", ""))
            body = b""
            for piece in reply.iter_content(65_536):
                body += piece
                if len(body) > MOST_BYTES:
                    message = "Câu trả lời của giọng trực tuyến quá lớn."
                    raise EngineFailed(message, engine=self._engine, limit=MOST_BYTES)
            return 200, body, None

    def _failed(self, sentence: str, fault: Exception) -> EngineFailed:
        # Not the fault's own words: they may hold an address with a key in it.
        return EngineFailed(sentence, engine=self._engine, detail=type(fault).__name__)


def _wait_s(told: str) -> float | None:
    return float(told) if told.isdecimal() and int(told) <= LONGEST_WAIT_S else None


def _refusal(status: int) -> str:
    if status in REFUSED_KEY:
        return f"Giọng trực tuyến không nhận khóa của máy chủ này (mã {status})."
    if 300 <= status < 400:
        return f"Giọng trực tuyến chuyển sang địa chỉ khác (mã {status}) nên không nhận."
    return f"Giọng trực tuyến từ chối (mã {status})."
