"""espeak-ng, the voice that is always there: robotic, offline, 30 ms a sentence.

It runs as a child process: it is GPL-3, and a fault of its own must not be ours.
"""

import subprocess
import wave
from pathlib import Path

from tts.errors import EngineFailed, NoRoom
from tts.ports import Voice

# Ranked by recognition of 20 sentences (speech reference §3): `vi` at 120 words a minute is the
# best understood; at the default amplitude the peaks reach full scale, hence 80.
SPEED_WPM = "120"
AMPLITUDE = "80"
# A breath of 300 characters takes about 0.1 s; a minute means that it hangs.
TIMEOUT_S = 60
HEADER_BYTES = 44  # of the plain RIFF/WAVE that espeak-ng writes


class Espeak:
    """The built-in fallback voice."""

    id = "espeak"
    label = "Giọng dự phòng (giọng máy)"
    voices: tuple[Voice, ...] = (
        Voice("vi", "miền Bắc"),
        Voice("vi-vn-x-central", "miền Trung"),
        Voice("vi-vn-x-south", "miền Nam"),
    )

    def __init__(self, program: str = "espeak-ng") -> None:
        self._program = program

    def synthesize(self, text: str, voice: str, out: Path) -> None:
        """As ports.Engine. The text goes by standard input: an argument could be an option."""
        draft = out.with_suffix(".part")
        command = [self._program, "-v", voice, "-s", SPEED_WPM, "-a", AMPLITUDE]
        try:
            done = subprocess.run(
                [*command, "--stdin", "-b", "1", "-w", str(draft)],
                input=text.encode(),
                capture_output=True,
                timeout=TIMEOUT_S,
                check=False,
            )
        except FileNotFoundError:
            raise EngineFailed("Máy chủ chưa cài espeak-ng.", engine=self.id) from None
        except subprocess.TimeoutExpired:
            message = f"espeak-ng không đọc xong trong {TIMEOUT_S} giây."
            raise EngineFailed(message, engine=self.id, timeout_s=TIMEOUT_S) from None
        if done.returncode != 0 or not draft.exists():
            detail = done.stderr.decode(errors="replace").strip()
            raise EngineFailed(engine=self.id, exit_code=done.returncode, detail=detail)
        if not _is_whole(draft):
            raise NoRoom(engine=self.id)
        draft.replace(out)


def _is_whole(sound: Path) -> bool:
    """On a full disk espeak-ng leaves a part of the sound, and says that all went well."""
    try:
        with wave.open(str(sound)) as header:
            length: int = header.getnframes() * header.getsampwidth()
    except (wave.Error, EOFError):
        return False
    return sound.stat().st_size >= length + HEADER_BYTES
