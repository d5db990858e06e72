"""Who speaks in a text of questions and answers."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tts.wholes import NUMBER_WORD


class Role(StrEnum):
    """The announcer says everything that is not an answer."""

    ANNOUNCER = "announcer"
    ANSWERER = "answerer"


class Turn(NamedTuple):
    """A stretch of spoken text, and who says it."""

    role: Role
    text: str


# "Hỏi:", "Hai, câu hỏi:", "Câu hai.", "Đáp, Công an xã:", "Trả lời câu hai:" where a line or a
# sentence begins.
_MARKER = re.compile(
    rf"(?:^|(?<=[.!?…;] ))(?:{NUMBER_WORD}(?: {NUMBER_WORD})*[,.] )?"
    rf"(?P<asks>Câu hỏi|Hỏi|Câu(?= (?:số |thứ )?{NUMBER_WORD}))?"
    r"(?(asks)|(?:Đáp|Trả lời|Câu trả lời))"
    rf"(?: (?:câu|hỏi|số|thứ|{NUMBER_WORD}))*(?:\.(?=\s)|(?:, [^.!?…;:\n]{{1,60}})? ?:)",
    re.MULTILINE | re.IGNORECASE,
)


def turns(spoken: str) -> Iterator[Turn]:
    """Cut where the speaker changes, losing no character. A text without answers is one turn."""
    role, start = Role.ANNOUNCER, 0
    for marker in _MARKER.finditer(spoken):
        next_role = Role.ANNOUNCER if marker["asks"] else Role.ANSWERER
        if next_role != role:
            if spoken[start : marker.start()].strip():
                yield Turn(role, spoken[start : marker.start()])
            role, start = next_role, marker.start()
    if spoken[start:].strip():
        yield Turn(role, spoken[start:])
