"""The child that is gTTS; nobody else imports it: `python -m tts.engines.gtts_worker`.

The library says what to ask; asking is ours, because it turns certificate checks off, waits for
ever and leaves empty files behind (speech reference §6).
"""

import base64
import binascii
import json
from collections.abc import Iterator
from pathlib import Path

from gtts.tts import gTTS, gTTSError

from tts.engines.exchange import Exchange
from tts.engines.online import keep
from tts.engines.piece import Piece
from tts.engines.serving import serve
from tts.errors import EngineFailed

ENGINE = "gtts"


def fetch(piece: Piece, exchange: Exchange) -> None:
    """Write `piece.out` as MP3: all chunks of the text, or nothing. Raises EngineFailed."""
    keep(b"".join(_chunks(piece, exchange)), Path(piece.out))


def _chunks(piece: Piece, exchange: Exchange) -> Iterator[bytes]:
    try:
        said = gTTS(piece.text, lang=piece.voice, lang_check=False, slow=piece.pace == "slow")
        # Its only public door sends without checking certificates.
        requests = said._prepare_requests()
    except (AssertionError, gTTSError) as fault:  # AssertionError: nothing to say
        raise EngineFailed(engine=ENGINE, detail=str(fault)) from fault
    for request in requests:
        yield _sound_in(exchange.send(request))


def _sound_in(body: bytes) -> bytes:
    """The MP3 inside an answer: JSON lines, one of which holds base64 in JSON in JSON."""
    for line in body.splitlines():
        if b"jQ1olc" not in line:
            continue
        try:
            inner = json.loads(line)[0][2]
            sound = base64.b64decode(json.loads(inner)[0], validate=True)
        except (ValueError, TypeError, LookupError, binascii.Error):
            break
        if sound:
            return sound
    raise EngineFailed("Giọng trực tuyến không trả về âm thanh.", engine=ENGINE)


def main() -> None:
    """Answer until nobody asks."""
    exchange = Exchange(ENGINE)
    serve(lambda piece: fetch(piece, exchange))


if __name__ == "__main__":
    main()
