"""What an engine's child is asked and answers: one JSON line each way."""

import msgspec

from tts.ports import Pace


class Piece(msgspec.Struct, frozen=True):
    """Read `text` into the file `out`, an absolute path."""

    text: str
    voice: str
    pace: Pace
    out: str


class Done(msgspec.Struct, frozen=True):
    """The file is whole, or there is none: then `code` and `message` are those of an error."""

    code: str = ""
    message: str = ""
    facts: dict[str, str | int | float] = {}
