"""Process: a Printer in a child (`python -m controller.printing`): layout holds no page up."""

import sys
import threading

from controller.child import answer_of

WITHIN_S = 60.0
_COMMAND = (sys.executable, "-m", "controller.printing")
AT_ONCE = 2  # each holds a thread of the web server, and a core


class NoPaper(Exception):
    """Máy chủ chưa làm được tệp PDF: hãy thử lại sau ít phút, hoặc dùng lệnh in của trình duyệt."""


def pdf(html: str, within_s: float = WITHIN_S) -> bytes:
    """A page as PDF. Raises NoPaper."""
    if not _FREE.acquire(timeout=within_s / 2):
        raise NoPaper
    try:
        made = answer_of(
            (sys.executable, "-m", "controller.printing"), html.encode(), within_s=within_s
        )
    except TimeoutError as error:
        raise NoPaper from error
    finally:
        _FREE.release()
    if not made.startswith(b"%PDF"):
        raise NoPaper
    return made


_FREE = threading.BoundedSemaphore(AT_ONCE)
