"""The two doors of this package: a text becomes a recording, an upload becomes a recording."""

import hashlib
import tempfile
from pathlib import Path

from tts import cache, ingest, progress
from tts.cautions import Caution
from tts.craft import RecordedPart
from tts.engines import choose
from tts.errors import BadRequest
from tts.frames import decode
from tts.levels import levelled
from tts.mastering import loudness_of, master
from tts.meter import measure
from tts.normalise.lexicon import standard
from tts.performance import OnBreath, Reader, Stage, perform
from tts.ports import Engine, VoiceInfo
from tts.readings import read_all
from tts.recording import Mastered
from tts.script import Cast, Said, Script, write
from tts.waveform import Outline
from tts.wire import DEFAULT_VOICE, Before, Rendered, Speak, Take, Used

Readers = dict[str, Reader]


def speak(
    request: Speak, on_breath: OnBreath | None = None, announcer: Engine | None = None
) -> Rendered:
    """Read a text aloud, or find it read already. Raises SpeechError; then nothing is kept.

    `announcer` is the engine that the request asks for, if it is chosen already.
    """
    lexicon = standard().with_entries(request.lexicon)
    readings = read_all(request.text, request.craft, lexicon)
    cast = _cast(request)
    script = write(readings.spoken, cast, request.craft)
    readers = _readers(request, cast, script, announcer)
    voices = {name: reader.engine.about(reader.voice) for name, reader in readers.items()}
    key = cache.key(script, [*voices.values()], request.craft, _sums(request))
    kept = _kept(request, key)
    made, cautions = (
        (kept, ())
        if kept
        else _made(request, script, readers, on_breath or progress.into(request.progress))
    )
    return Rendered(
        recording=made.recording,
        waveform=made.waveform,
        reading=readings.text,
        engine=_used(voices[cast.announcer]),
        cautions=(*readings.cautions, *_unheard(cast, readers), *cautions),
        key="" if cautions else key,  # what an author must be told is told each time
        cached=kept is not None,
    )


def take(request: Take) -> Rendered:
    """Take an uploaded sound. Raises UploadRefused, BadRequest."""
    with tempfile.TemporaryDirectory(prefix="tt-upload-") as scratch:
        decoded = Path(scratch) / "decoded.wav"
        cautions = ingest.decode(_upload(request.file), decoded)
        before = _before(decoded)
        done = master([levelled(decoded)], Path(request.out_dir))
    return Rendered(
        recording=done.recording, waveform=done.waveform, before=before, cautions=cautions
    )


def _cast(request: Speak) -> Cast:
    announcer = f"{request.engine}:{request.voice}"
    engine, _, voice = request.craft.answer_voice.partition(":")
    return Cast(
        announcer=announcer,
        answerer=f"{engine}:{voice or DEFAULT_VOICE}" if engine else announcer,
        before=_placed(request.recorded, "before"),
        after=_placed(request.recorded, "after"),
    )


def _placed(recorded: tuple[RecordedPart, ...], place: str) -> tuple[int, ...]:
    return tuple(number for number, part in enumerate(recorded) if part.place == place)


def _readers(request: Speak, cast: Cast, script: Script, announcer: Engine | None) -> Readers:
    """Those who are heard, and the announcer. Raises EngineUnavailable."""
    heard = {line.voice for line in script if isinstance(line, Said)}
    readers = {}
    for name in sorted({cast.announcer} | heard):
        engine, _, voice = name.partition(":")
        known = announcer if name == cast.announcer else None
        readers[name] = Reader(known or choose(engine, voice, request.engines), voice)
    return readers


def _unheard(cast: Cast, readers: Readers) -> tuple[Caution, ...]:
    if cast.answerer in readers:
        return ()
    message = (
        "Không thấy dòng nào bắt đầu bằng “Đáp:” hoặc “Trả lời:” nên giọng đọc phần trả lời "
        "không được dùng."
    )
    return (Caution("no_answers", message),)


def _used(voice: VoiceInfo) -> Used:
    return Used(voice.engine, voice.label, voice.voice)


def _kept(request: Speak, key: str) -> Mastered | None:
    if not (request.cache_dir and request.kept_dir):
        return None
    return cache.find(key, Path(request.cache_dir), Path(request.kept_dir))


def _made(
    request: Speak, script: Script, readers: Readers, on_breath: OnBreath
) -> tuple[Mastered, tuple[Caution, ...]]:
    """The recording, and what is doubtful about its recorded parts."""
    with tempfile.TemporaryDirectory(prefix="tt-speech-") as scratch:
        folder = Path(scratch)
        recorded = [folder / f"recorded-{number}.wav" for number in range(len(request.recorded))]
        cautions = tuple(
            Caution(caution.code, f"Phần ghi sẵn: {caution.message}")
            for part, out in zip(request.recorded, recorded, strict=True)
            for caution in ingest.decode(_upload(part.file), out)
        )
        stage = Stage(readers, recorded, request.craft.pace, folder)
        parts = perform(script, stage, on_breath)
        return master(parts, Path(request.out_dir), request.craft.loudness), cautions


def _sums(request: Speak) -> list[str]:
    sums = []
    for part in request.recorded:
        with _upload(part.file).open("rb") as file:
            sums.append(hashlib.file_digest(file, "sha256").hexdigest())
    return sums


def _upload(file: str) -> Path:
    if not Path(file).is_file():
        raise BadRequest("Không tìm thấy tệp đã tải lên.", file=file)
    return Path(file)


def _before(decoded: Path) -> Before:
    outline = Outline()
    heard = measure(outline.watch(decode(decoded)))
    return Before(outline.finished(), loudness_of(heard), round(heard.true_peak, 2))
