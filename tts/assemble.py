"""Join breaths and pauses into one sound, with pydub.

pydub has no defences and holds what it is given in memory, so it is given one breath at a time,
a short WAV file that our own engine wrote (audio reference §2.1).
"""

import warnings
import wave
from collections.abc import Iterable
from pathlib import Path

from tts.errors import TextTooLong

with warnings.catch_warnings():
    # It misses an ffmpeg that we never let it call, and has old regular expressions.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

# A commune's longest programme is half an hour.
MAX_MINUTES = 30


def assemble(breaths: Iterable[tuple[Path, int]], out: Path) -> None:
    """Write (mono 16-bit WAV, pause after it in ms)… to `out` as WAV.

    All have one sample rate. Raises TextTooLong beyond half an hour.
    """
    length_ms = 0
    with wave.open(str(out), "wb") as whole:
        whole.setnchannels(1)
        whole.setsampwidth(2)
        for path, pause_ms in breaths:
            voice = AudioSegment(path.read_bytes())  # from_wav would give a broken one to an ffmpeg
            if length_ms == 0:
                whole.setframerate(voice.frame_rate)
            breath = voice + AudioSegment.silent(pause_ms, frame_rate=voice.frame_rate)
            length_ms += len(breath)
            if length_ms > MAX_MINUTES * 60 * 1_000:
                message = f"Bản tin đọc dài hơn {MAX_MINUTES} phút, hãy chia thành nhiều bản tin."
                raise TextTooLong(message)
            whole.writeframes(breath.raw_data)
