"""A Voice that runs `python -m tts render` as a bounded child, so that no decoder runs in here."""

import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from controller.child import answer_of
from controller.errors import VoiceRefused
from controller.ports import Speech, Voiced
from tts import cache
from tts.engines.settings import EngineSettings
from tts.wire import DEFAULT_VOICE, Failed, Rendered, Speak, Take, decode_answer

SPEAK_WITHIN_S = 300.0
"""Wall time of a text: the longest takes about a minute on a small machine that is busy."""

TAKE_WITHIN_S = 1_200.0
"""Wall time of an upload: an hour of sound took seven minutes on a small machine that was busy."""

_SCRATCH = ".rendering-"

_LOCAL = EngineSettings()


class ProcessVoice:
    """Renders into `out_dir`, one child a call; nobody else renders into it.

    `default` is the voice `""`; `engines` is what the operator decided about voices. With
    `cache_dir` a text that was read before, and whose recording is there, is not read again.
    """

    def __init__(
        self,
        out_dir: Path,
        *,
        default: str,
        engines: EngineSettings = _LOCAL,
        cache_dir: Path | None = None,
        speak_within_s: float = SPEAK_WITHIN_S,
        command: tuple[str, ...] = (sys.executable, "-m", "tts", "render"),
    ) -> None:
        self._out_dir, self._default, self._engines = out_dir, default, engines
        self._cache_dir = cache_dir
        self._speak_within_s, self._command = speak_within_s, command
        for left in out_dir.glob(f"{_SCRATCH}*"):  # by a controller that was killed
            shutil.rmtree(left, ignore_errors=True)
        if cache_dir is not None:
            cache.sweep(cache_dir, out_dir)

    def speak(self, speech: Speech, progress: Path) -> Voiced:
        """Read a text aloud. Raises VoiceRefused."""
        engine, _, voice = (speech.voice or self._default).partition(":")
        with self._scratch() as scratch:
            request = Speak(
                text=speech.text,
                out_dir=scratch,
                engine=engine,
                voice=voice or DEFAULT_VOICE,
                engines=self._engines,
                lexicon=speech.lexicon,
                craft=speech.craft,
                recorded=speech.recorded,
                cache_dir=str(self._cache_dir.absolute()) if self._cache_dir else "",
                kept_dir=str(self._out_dir.absolute()),
                progress=str(progress.absolute()),
            )
            return self._render(request, self._speak_within_s)

    def take(self, original: Path) -> Voiced:
        """Make a recording of an upload. Raises VoiceRefused."""
        with self._scratch() as scratch:
            return self._render(Take(file=str(original.absolute()), out_dir=scratch), TAKE_WITHIN_S)

    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        """All that a child writes, on the disk of the recordings: gone with it, even if killed."""
        return tempfile.TemporaryDirectory(
            dir=self._out_dir.absolute(), prefix=_SCRATCH, ignore_cleanup_errors=True
        )

    def _render(self, request: Speak | Take, within_s: float) -> Voiced:
        answer = _read(_run(self._command, request, within_s))
        if isinstance(answer, Failed):
            raise VoiceRefused(answer.error.code, answer.error.message, answer.error.facts)
        if not answer.cached:
            self._keep(answer)
        return _voiced(answer)

    def _keep(self, rendered: Rendered) -> None:
        made = Path(rendered.recording.path)
        made.replace(self._out_dir / made.name)
        if self._cache_dir and rendered.key:
            with suppress(OSError):  # it is there; without a note it is made again one day
                cache.keep(rendered, self._cache_dir)


def _run(command: tuple[str, ...], request: Speak | Take, timeout_s: float) -> bytes:
    """What the child answered."""
    try:
        return answer_of(
            command,
            msgspec.json.encode(request),
            within_s=timeout_s,
            environment={"TMPDIR": request.out_dir},
        )
    except TimeoutError as error:
        message = f"Tạo bản ghi âm quá {timeout_s:.0f} giây nên đã dừng. Hãy chia nhỏ bản tin."
        raise VoiceRefused("timeout", message) from error


def _read(answer: bytes) -> Rendered | Failed:
    try:
        return decode_answer(answer)
    except msgspec.DecodeError as error:
        message = "Bộ phận ghi âm dừng đột ngột. Hãy thử lại, nếu vẫn lỗi thì báo kỹ thuật."
        raise VoiceRefused("crashed", message) from error


def _voiced(done: Rendered) -> Voiced:
    reading = msgspec.to_builtins(done.reading) if done.reading is not None else None
    if reading is not None and done.engine is not None:
        reading["engine"] = msgspec.to_builtins(done.engine)  # its label is shown to people
    return Voiced(
        sha256=done.recording.sha256,
        size=done.recording.size,
        samples=done.recording.samples,
        format=done.recording.format,
        loudness_lufs=done.recording.loudness_lufs,
        true_peak_dbtp=done.recording.true_peak_dbtp,
        waveform=done.waveform,
        before=done.before,
        reading=reading,
        warnings=tuple(caution.message for caution in done.cautions),
    )
