"""What a render child is asked and answers, one JSON document each way."""

import msgspec

from tts.cautions import Caution
from tts.normalise import Reading
from tts.recording import Recording


class Speak(msgspec.Struct, frozen=True, kw_only=True, tag_field="op", tag="speak"):
    """Read a text. `enabled` names the optional engines that the operator switched on."""

    text: str
    out_dir: str
    engine: str = "espeak"
    voice: str = "vi"
    enabled: tuple[str, ...] = ()


class Take(msgspec.Struct, frozen=True, kw_only=True, tag_field="op", tag="take"):
    """Take an uploaded file; its name is the server's, never the user's."""

    file: str
    out_dir: str


Request = Speak | Take


class Used(msgspec.Struct, frozen=True):
    """The engine that read. `label` is Vietnamese, and says so if it is a fallback voice."""

    id: str
    label: str
    voice: str


class Rendered(msgspec.Struct, frozen=True, kw_only=True, tag_field="result", tag="rendered"):
    """A finished render. `reading` and `engine` are there for a text, not for an upload."""

    recording: Recording
    reading: Reading | None = None
    engine: Used | None = None
    cautions: tuple[Caution, ...] = ()


class Failure(msgspec.Struct, frozen=True):
    """Why there is no recording: a stable code, a Vietnamese sentence, the facts behind it."""

    code: str
    message: str
    facts: dict[str, str | int | float] = {}


class Failed(msgspec.Struct, frozen=True, tag_field="result", tag="failed"):
    """What a failed render answers (and its exit code is 1)."""

    error: Failure


Answer = Rendered | Failed


def decode_request(body: bytes) -> Request:
    """Raises msgspec.DecodeError (ValidationError is one)."""
    request: Request = msgspec.json.decode(body, type=Request)
    return request


def decode_answer(body: bytes) -> Answer:
    """Read a child's standard output; raises msgspec.DecodeError (a child that was killed)."""
    answer: Answer = msgspec.json.decode(body, type=Answer)
    return answer
