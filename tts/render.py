"""One request in, one answer out: what `python -m tts render` does for the controller."""

import msgspec

from tts.engines import choose
from tts.errors import BadRequest, NoRoom, SpeechError
from tts.wire import Answer, Failed, Failure, Rendered, Speak, Take, decode_request


def render(body: bytes) -> Answer:
    """Do what the request says. Every foreseen fault is an answer, never an exception."""
    try:
        return _answer(body)
    except SpeechError as fault:
        return Failed(Failure(fault.code, str(fault), fault.facts))


def _answer(body: bytes) -> Rendered:
    try:
        request = decode_request(body)
        return _spoken(request) if isinstance(request, Speak) else _taken(request)
    except msgspec.DecodeError as fault:
        raise BadRequest(detail=str(fault)) from fault
    except OSError as fault:  # FFmpeg's too: all that is written here is the recording
        raise NoRoom(detail=str(fault)) from fault


def _spoken(request: Speak) -> Rendered:
    """The voice loads, in a process of its own, while we do, and while the text is read."""
    announcer = choose(request.engine, request.voice, request.engines)
    with announcer.awake(request.voice):
        from tts.speech import speak  # noqa: PLC0415 - heavy

        return speak(request, announcer=announcer)


def _taken(request: Take) -> Rendered:
    from tts.speech import take  # noqa: PLC0415 - heavy

    return take(request)
