"""One request in, one answer out: what `python -m tts render` does for the controller."""

import msgspec

from tts.errors import BadRequest, NoRoom, SpeechError
from tts.speech import speak, take
from tts.wire import Answer, Failed, Failure, Rendered, Speak, decode_request


def render(body: bytes) -> Answer:
    """Do what the request says. Every foreseen fault is an answer, never an exception."""
    try:
        return _answer(body)
    except SpeechError as fault:
        return Failed(Failure(fault.code, str(fault), fault.facts))


def _answer(body: bytes) -> Rendered:
    try:
        request = decode_request(body)
        return speak(request) if isinstance(request, Speak) else take(request)
    except msgspec.DecodeError as fault:
        raise BadRequest(detail=str(fault)) from fault
    except OSError as fault:  # FFmpeg's too: all that is written here is the recording
        raise NoRoom(detail=str(fault)) from fault
