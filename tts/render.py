"""One request in, one answer out: what `python -m tts render` does for the controller."""

from pathlib import Path

import msgspec

from tts.engines import choose
from tts.errors import BadRequest, NoRoom, SpeechError
from tts.normalise.lexicon import standard
from tts.speech import speak, take
from tts.wire import Answer, Failed, Failure, Rendered, Speak, Take, Used, decode_request


def render(body: bytes) -> Answer:
    """Do what the request says. Every foreseen fault is an answer, never an exception."""
    try:
        return _answer(body)
    except SpeechError as fault:
        return Failed(Failure(fault.code, str(fault), fault.facts))


def _answer(body: bytes) -> Rendered:
    try:
        request = decode_request(body)
        return _speak(request) if isinstance(request, Speak) else _take(request)
    except msgspec.DecodeError as fault:
        raise BadRequest(detail=str(fault)) from fault
    except OSError as fault:  # FFmpeg's too: all that is written here is the recording
        raise NoRoom(detail=str(fault)) from fault


def _speak(request: Speak) -> Rendered:
    engine = choose(request.engine, request.voice, request.engines)
    out_dir = Path(request.out_dir)
    done = speak(
        request.text,
        engine=engine,
        voice=request.voice,
        lexicon=standard().with_entries(request.lexicon),
        out_dir=out_dir,
    )
    return Rendered(
        recording=done.recording,
        reading=done.reading,
        engine=Used(engine.id, engine.label, request.voice),
    )


def _take(request: Take) -> Rendered:
    upload = Path(request.file)
    if not upload.is_file():
        raise BadRequest("Không tìm thấy tệp đã tải lên.", file=request.file)
    done = take(upload, Path(request.out_dir))
    return Rendered(
        recording=done.recording,
        cautions=done.cautions,
    )
