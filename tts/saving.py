"""Write a recording where somebody wants it, as it is or as samples."""

import shutil
from pathlib import Path

from tts.frames import decode, kept, through
from tts.recording import Recording


def save(recording: Recording, out: Path) -> None:
    """A `.wav` name gets 48 kHz mono s16 samples; any other the Ogg/Opus file itself."""
    if out.suffix.lower() != ".wav":
        shutil.copyfile(recording.path, out)
        return
    chain = (("aformat", "sample_fmts=s16:channel_layouts=mono"),)
    for _ in kept(through(decode(Path(recording.path)), chain), out):
        pass
