"""espeak-ng, the voice that is always there: robotic, offline, 30 ms a sentence.

It runs as a child process: it is GPL-3, and a fault of its own must not be ours.
"""

import shutil
import subprocess
import wave
from collections.abc import Generator, Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path

from tts.errors import EngineFailed, NoRoom
from tts.ports import Pace, VoiceInfo

# Ranked by recognition of 20 sentences (speech reference §3): `vi` at 120 words a minute is the
# best understood, at 140 still the second; slower helps where horns echo.
WORDS_PER_MINUTE: dict[Pace, int] = {"slow": 105, "normal": 120, "fast": 132}
AMPLITUDE = "80"  # at the default, 100, the peaks reach full scale
ACCENTS = {"vi": "miền Bắc", "vi-vn-x-central": "miền Trung", "vi-vn-x-south": "miền Nam"}
# A breath of 300 characters takes about 0.1 s; a minute means that it hangs.
TIMEOUT_S = 60
MISSING = "Máy chủ chưa cài espeak-ng. Hãy báo kỹ thuật cài gói espeak-ng."
HEADER_BYTES = 44  # of the plain RIFF/WAVE that espeak-ng writes


class Espeak:
    """The built-in fallback voice."""

    id = "espeak"
    label = "Giọng dự phòng (giọng máy)"

    def __init__(self, program: str = "espeak-ng") -> None:
        self._program = program

    def voices(self) -> tuple[str, ...]:
        """As ports.Engine."""
        return tuple(ACCENTS)

    def about(self, voice: str) -> VoiceInfo:
        """As ports.Engine."""
        return VoiceInfo(
            engine=self.id,
            voice=voice,
            label=f"{self.label}, {ACCENTS[voice]}",
            accent=ACCENTS[voice],
            gender="nam",
            licence="GPL-3.0-or-later",
            fallback=True,
            problem="" if shutil.which(self._program) else MISSING,
            fingerprint=_version(self._program),
        )

    def awake(self, voice: str) -> AbstractContextManager[None]:  # noqa: ARG002 - the port's
        """As ports.Engine: it is."""
        return nullcontext()

    def synthesize(
        self, texts: Iterable[str], voice: str, pace: Pace, folder: Path
    ) -> Generator[Path, None, None]:
        """As ports.Engine."""
        for number, text in enumerate(texts):
            out = folder / f"{number:04}.wav"
            self._read(text, voice, WORDS_PER_MINUTE[pace], out)
            yield out

    def _read(self, text: str, voice: str, words_per_minute: int, out: Path) -> None:
        # The text goes by standard input: an argument could be an option.
        draft = out.with_suffix(".part")
        command = [self._program, "-v", voice, "-s", str(words_per_minute), "-a", AMPLITUDE]
        try:
            done = subprocess.run(
                [*command, "--stdin", "-b", "1", "-w", str(draft)],
                input=text.encode(),
                capture_output=True,
                timeout=TIMEOUT_S,
                check=False,
            )
        except FileNotFoundError:
            raise EngineFailed(MISSING, engine=self.id) from None
        except subprocess.TimeoutExpired:
            message = f"espeak-ng không đọc xong trong {TIMEOUT_S} giây."
            raise EngineFailed(message, engine=self.id, timeout_s=TIMEOUT_S) from None
        if done.returncode != 0 or not draft.exists():
            detail = done.stderr.decode(errors="replace").strip()
            raise EngineFailed(engine=self.id, exit_code=done.returncode, detail=detail)
        if not _is_whole(draft):
            raise NoRoom(engine=self.id)
        draft.replace(out)


@cache
def _version(program: str) -> str:
    """What it says of itself; another version sounds otherwise."""
    command = [program, "--version"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""  # reading with it will fail, and say so
    return done.stdout.decode(errors="replace").strip()


def _is_whole(sound: Path) -> bool:
    """On a full disk espeak-ng leaves a part of the sound, and says that all went well."""
    try:
        with wave.open(str(sound)) as header:
            length: int = header.getnframes() * header.getsampwidth()
    except (wave.Error, EOFError):
        return False
    return sound.stat().st_size >= length + HEADER_BYTES
