"""Child writer: a Writer in a process of its own (`python -m web.letter`).

What a report shows, and its layout, is the web's; the controller knows only its command, as the
launcher knows the one of the pages. A report of a province takes seconds: no order waits for it.
"""

import sys

import msgspec

from controller.child import answer_of
from controller.mails.ports import Unwritten, Written

COMMAND = (sys.executable, "-m", "web.letter")
WITHIN_S = 180.0  # a PDF of a province takes up to 60 of them
_NONE = Unwritten("Máy chủ chưa viết được thư; sẽ thử lại.", later=True)


class ChildWriter:
    """As the port says; the child has the settings of this process."""

    def write(self, mail_id: str) -> Written | Unwritten:
        """As the port says."""
        try:
            return _READ.decode(answer_of(COMMAND, mail_id.encode(), within_s=WITHIN_S))
        except (TimeoutError, msgspec.DecodeError):
            return _NONE


_READ: msgspec.json.Decoder[Written | Unwritten] = msgspec.json.Decoder(Written | Unwritten)
