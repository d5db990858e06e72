"""How a bulletin is announced: what an officer may choose around the text itself."""

from typing import Literal

import msgspec

from tts.ports import Pace

Loudness = Literal["soft", "normal", "strong"]


class Craft(msgspec.Struct, frozen=True, kw_only=True):
    """The defaults are a plain announcement: chime, text, chime.

    `identification` is said after the opening chime and `closing` before the closing one; with
    `repeat` the text is said twice. `answer_voice` (`engine` or `engine:voice`) reads the answers
    of a text of questions and answers.
    """

    pace: Pace = "normal"
    loudness: Loudness = "normal"
    chime: bool = True
    identification: str = ""
    repeat: bool = False
    closing: str = ""
    answer_voice: str = ""


class RecordedPart(msgspec.Struct, frozen=True):
    """A sound file of an announcer, as it was uploaded: the same notice in another language."""

    file: str
    place: Literal["before", "after"]
