"""A script becomes sound: every voice reads its breaths, every part is brought to one level."""

import wave
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import count, groupby
from pathlib import Path
from typing import NamedTuple

from av import AudioFrame

from tts.assemble import assemble
from tts.chime import CLOSING_HZ, OPENING_HZ, ring
from tts.errors import EngineFailed
from tts.frames import RATE_HZ, decode
from tts.levels import Part, gain_to_level, levelled
from tts.ports import Engine, Pace
from tts.script import Chime, Line, Recorded, Said, Script
from tts.speaking_time import SpeakingTime

# The fastest speaker needs twice this for a syllable, which is a word here: a sound that is shorter
# has lost words.
LEAST_MS_A_WORD = 60

OnBreath = Callable[[int, int], None]
"""Told how many breaths are read, and of how many."""


class Reader(NamedTuple):
    """A voice of an engine."""

    engine: Engine
    voice: str


class Heard(NamedTuple):
    """What one voice read: a file for each text, and the gain to the common level."""

    files: dict[str, Path]
    gain_db: float


class Stage(NamedTuple):
    """Who reads, by the names in the script, how fast; the recorded parts; where to write."""

    readers: Mapping[str, Reader]
    recorded: Sequence[Path]
    pace: Pace
    folder: Path


def perform(script: Script, stage: Stage, on_breath: OnBreath) -> list[Part]:
    """The sounds of the script, in order. Raises EngineFailed, NothingToSay, TextTooLong.

    A text that is said twice is read once, so that a listener hears the same again.
    """
    texts = _texts(script)
    total, numbers = sum(map(len, texts.values())), count(1)

    def told() -> None:
        on_breath(next(numbers), total)

    heard = {
        name: _read(said, stage.readers[name], stage.pace, stage.folder / f"voice-{number}", told)
        for number, (name, said) in enumerate(texts.items())
    }
    parts: list[Part] = []
    for _, lines in groupby(script, key=_who):
        parts += _parts(list(lines), heard, stage, len(parts))
    return parts


def _texts(script: Script) -> dict[str, list[str]]:
    """What each voice must read, without repetitions."""
    said = [line for line in script if isinstance(line, Said)]
    names = dict.fromkeys(line.voice for line in said)
    return {
        name: list(dict.fromkeys(line.text for line in said if line.voice == name))
        for name in names
    }


def _read(
    texts: list[str], reader: Reader, pace: Pace, folder: Path, on_breath: Callable[[], None]
) -> Heard:
    """The level is measured while the engine, a child process, reads on."""
    folder.mkdir()
    files: dict[str, Path] = {}
    with closing(reader.engine.synthesize(texts, reader.voice, pace, folder)) as sounds:

        def frames() -> Iterator[AudioFrame]:
            for text, sound in zip(texts, sounds, strict=True):
                files[text] = sound
                on_breath()
                speaking = SpeakingTime()
                yield from speaking.watch(decode(sound))
                if speaking.ms < LEAST_MS_A_WORD * len(text.split()):
                    raise _lost(text, reader)

        return Heard(files, gain_to_level(frames()))


def _lost(text: str, reader: Reader) -> EngineFailed:
    message = f"Giọng đọc đã chọn đọc thiếu lời: “{text}”. Hãy thử lại hoặc chọn giọng khác."
    return EngineFailed(message, engine=reader.engine.id, voice=reader.voice)


def _who(line: Line) -> object:
    """Neighbouring breaths of one voice are assembled; everything else stands alone."""
    return line.voice if isinstance(line, Said) else line


def _parts(
    lines: list[Line], heard: Mapping[str, Heard], stage: Stage, number: int
) -> Iterable[Part]:
    match lines[0]:
        case Chime(which, pause_ms):
            return [levelled(_chime(which, stage.folder), pause_ms)]
        case Recorded(part, pause_ms):
            return [levelled(stage.recorded[part], pause_ms)]
        case Said(voice):
            out = stage.folder / f"part-{number:04}.wav"
            said = [line for line in lines if isinstance(line, Said)]
            assemble(((heard[voice].files[each.text], each.pause_ms) for each in said), out)
            return [Part(out, heard[voice].gain_db)]


def _chime(which: str, folder: Path) -> Path:
    notes_hz = OPENING_HZ if which == "opening" else CLOSING_HZ
    out = folder / f"{which}.wav"
    with wave.open(str(out), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(ring(notes_hz, RATE_HZ))
    return out
