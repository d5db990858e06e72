"""A whole bulletin in the stand-in voice: measured, nothing of it is missing or misplaced."""

from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from tests.tts import standin_voice
from tests.tts.independent_meter import decoded
from tests.tts.standin_voice import phonemes
from tests.tts.tones import RATE_HZ, Samples, sine, write
from tts import chime
from tts.craft import Craft, RecordedPart
from tts.engines.settings import EngineSettings
from tts.script import AFTER_CHIME_MS, AGAIN, BETWEEN_PARTS_MS
from tts.sentences import CLAUSE_MS, PARAGRAPH_MS, SENTENCE_MS
from tts.speech import speak
from tts.wire import Speak

WOMAN_HZ = 3_000  # far above what the announcer reaches
PARTS_S = {"before": 2.5, "after": 1.5}
TEXT = "Hỏi: Mức phạt là bao nhiêu? Nộp ở xã?\nĐáp: Hai triệu đồng. Nộp ở xã."
# Who is heard, what, and the pause after it, in the order in which it must be heard.
TURNS = (
    ("man", "Hỏi:", CLAUSE_MS),
    ("man", "Mức phạt là bao nhiêu?", SENTENCE_MS),
    ("man", "Nộp ở xã?", PARAGRAPH_MS),
    ("woman", "Đáp:", CLAUSE_MS),
    ("woman", "Hai triệu đồng.", SENTENCE_MS),
    ("woman", "Nộp ở xã.", PARAGRAPH_MS),
)
SCRIPT = (
    ("chime", chime.LENGTH_S, AFTER_CHIME_MS),
    ("man", "Đây là xã Suối Mây.", PARAGRAPH_MS),
    ("part", PARTS_S["before"], BETWEEN_PARTS_MS),
    *TURNS,
    ("man", AGAIN, BETWEEN_PARTS_MS),
    *TURNS,
    ("part", PARTS_S["after"], BETWEEN_PARTS_MS),
    ("man", "Cảm ơn.", PARAGRAPH_MS),
    ("chime", chime.LENGTH_S, 0),
)
# Which sound it is, told by its pitch.
PITCHES_HZ = {
    "man": (100, 560),
    "chime": (580, 900),
    "part": (1_490, 1_510),
    "woman": (3_000, 3_500),
}
ROUNDING = 50  # samples: each part is brought to 48 kHz on its own, pauses are whole samples
FRAME = 960  # Opus: what sounds within it is heard a little before it begins, too


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """The recording of everything that an officer may ask for at once."""
    folder = tmp_path_factory.mktemp("bulletin")
    standin_voice.build(folder / "voices", "man")
    standin_voice.build(folder / "voices", "woman", WOMAN_HZ)
    places: tuple[Literal["before", "after"], ...] = ("before", "after")
    parts = tuple(
        RecordedPart(str(write(folder / f"{place}.wav", sine(1_500, -30, PARTS_S[place]))), place)
        for place in places
    )
    done = speak(
        Speak(
            text=TEXT,
            out_dir=str(folder / "out"),
            engine="piper",
            voice="man",
            engines=EngineSettings(voices_dir=str(folder / "voices")),
            recorded=parts,
            craft=Craft(
                identification="Đây là xã Suối Mây.",
                closing="Cảm ơn.",
                repeat=True,
                answer_voice="piper:woman",
            ),
        )
    )
    return decoded(Path(done.recording.path))


def samples_of(what: float | str) -> int:
    """Seconds as they are, words as the stand-in reads them, at 48 kHz."""
    if isinstance(what, str):
        return round(
            standin_voice.samples_of(len(phonemes(what))) * RATE_HZ / standin_voice.RATE_HZ
        )
    return round(what * RATE_HZ)


def test_everything_is_heard_in_its_place_for_its_time(sound: Samples) -> None:
    at = 0
    for who, what, pause_ms in SCRIPT:
        lasts = samples_of(what)
        heard = sound[at + ROUNDING : at + lasts - ROUNDING]
        low, high = PITCHES_HZ[who]
        assert low < pitch_hz(heard) < high, (who, what)
        at += lasts + pause_ms * RATE_HZ // 1_000
    assert len(sound) == pytest.approx(at, abs=ROUNDING)


def test_nothing_else_is_heard(sound: Samples) -> None:
    at = 0
    for _, what, pause_ms in SCRIPT:
        at += samples_of(what)
        pause = pause_ms * RATE_HZ // 1_000
        quiet = sound[at + pause // 3 : at + pause - FRAME]
        assert np.abs(quiet).max(initial=0) < 0.002
        at += pause


def pitch_hz(heard: Samples) -> float:
    """Of its strongest tone."""
    strongest = int(np.abs(np.fft.rfft(heard)).argmax())
    return strongest * RATE_HZ / len(heard)
