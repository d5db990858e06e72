"""The two doors of this package: a text becomes a recording, an upload becomes a recording."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tts import ingest
from tts.assemble import assemble
from tts.cautions import Caution
from tts.errors import NothingToSay, TextTooLong
from tts.mastering import master
from tts.normalise import Reading, read
from tts.normalise.lexicon import Lexicon
from tts.ports import Engine
from tts.recording import Recording
from tts.sentences import Breath, breathe

# Ten minutes of speech, as much as one assembly may hold: 11.7 characters a second measured
# with espeak at 120 words a minute.
MAX_CHARACTERS = 7_000


class Spoken(NamedTuple):
    """A read text: its recording, and how it was read."""

    recording: Recording
    reading: Reading


class Taken(NamedTuple):
    """An accepted upload: its recording, and what its author must be told."""

    recording: Recording
    cautions: tuple[Caution, ...]


def speak(text: str, *, engine: Engine, voice: str, lexicon: Lexicon, out_dir: Path) -> Spoken:
    """Read `text` aloud into `out_dir`. Raises NothingToSay, TextTooLong, EngineFailed."""
    if len(text) > MAX_CHARACTERS:
        message = f"Văn bản dài {len(text)} ký tự; một bản tin tối đa {MAX_CHARACTERS} ký tự."
        raise TextTooLong(message, characters=len(text), limit=MAX_CHARACTERS)
    reading = read(text, lexicon)
    if not any(letter.isalpha() for letter in reading.spoken):
        raise NothingToSay
    with tempfile.TemporaryDirectory(prefix="tt-speech-") as scratch:
        whole = Path(scratch) / "whole.wav"
        assemble(_voiced(breathe(reading.spoken), engine, voice, Path(scratch)), whole)
        return Spoken(master(whole, out_dir), reading)


def _voiced(
    breaths: tuple[Breath, ...], engine: Engine, voice: str, scratch: Path
) -> Iterator[tuple[Path, int]]:
    said = engine.synthesize((breath.text for breath in breaths), voice, "normal", scratch)
    for sound, breath in zip(said, breaths, strict=True):
        yield sound, breath.pause_ms


def take(upload: Path, out_dir: Path) -> Taken:
    """Take an uploaded sound into `out_dir`. Raises UploadRefused."""
    with tempfile.TemporaryDirectory(prefix="tt-upload-") as scratch:
        decoded = Path(scratch) / "decoded.wav"
        cautions = ingest.decode(upload, decoded)
        return Taken(master(decoded, out_dir), cautions)
