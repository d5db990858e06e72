"""What a render child is asked and answers, one JSON document each way."""

import msgspec

from tts.cautions import Caution
from tts.craft import Craft, RecordedPart
from tts.engines.settings import EngineSettings
from tts.normalise import Reading
from tts.normalise.lexicon import Entry
from tts.recording import Recording, Waveform

# What the voices that come with the program are called, where none is named.
DEFAULT_VOICE = "vi"


class Speak(msgspec.Struct, frozen=True, kw_only=True, tag_field="op", tag="speak"):
    """Read a text. `lexicon` is the commune's own, before the standard one.

    With `cache_dir` the child first looks there for what it would say, and for its recording in
    `kept_dir`. `progress` is a file in which it keeps "done/total" of the breaths that are read.
    """

    text: str
    out_dir: str
    engine: str = "espeak"
    voice: str = DEFAULT_VOICE
    engines: EngineSettings = EngineSettings()
    lexicon: tuple[Entry, ...] = ()
    craft: Craft = Craft()
    recorded: tuple[RecordedPart, ...] = ()
    cache_dir: str = ""
    kept_dir: str = ""
    progress: str = ""


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


class Before(msgspec.Struct, frozen=True):
    """An upload as it came in; its values are those of Rendered and Recording."""

    waveform: Waveform
    loudness_lufs: float | None
    true_peak_dbtp: float


class Rendered(msgspec.Struct, frozen=True, kw_only=True, tag_field="result", tag="rendered"):
    """A finished render. A text has `reading`, `engine` and `key`; an upload has `before`.

    `cached`: nothing was rendered; the recording lies in the request's `kept_dir`. `key` names
    the entry under which this render may be found again (tts.cache.keep); "" is none.
    """

    recording: Recording
    waveform: Waveform = ()
    reading: Reading | None = None
    engine: Used | None = None
    before: Before | None = None
    cautions: tuple[Caution, ...] = ()
    key: str = ""
    cached: bool = False


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
