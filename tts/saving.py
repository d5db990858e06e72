"""Write a recording where somebody wants it, as it is or as samples."""

import shutil
import wave
from pathlib import Path

from tts.frames import RATE_HZ, decode, through
from tts.recording import Recording


def save(recording: Recording, out: Path) -> None:
    """A `.wav` name gets 48 kHz mono s16 samples; any other the Ogg/Opus file itself."""
    if out.suffix.lower() != ".wav":
        shutil.copyfile(recording.path, out)
        return
    with wave.open(str(out), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        chain = (("aformat", "sample_fmts=s16:channel_layouts=mono"),)
        for frame in through(decode(Path(recording.path)), chain):
            sound.writeframes(frame.to_ndarray().tobytes())
