"""gTTS, an unofficial online voice; off unless the operator switches it on.

The library is used for what to ask; asking is ours, because it turns certificate checks off,
waits for ever and leaves empty files behind (speech reference §6).
"""

import base64
import binascii
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tts import ingest
from tts.errors import EngineFailed, UploadRefused
from tts.ports import Voice

if TYPE_CHECKING:
    import requests

# A breath is ≤ 300 characters, that is about 4 requests; more is not a breath.
MAX_CHARACTERS = 1_000
TIMEOUT_S = 20.0
# 100 characters of speech as MP3 are about 50 kB; this much is an attack or an error page.
MAX_ANSWER_BYTES = 2_000_000


class Gtts:
    """An external service: the text leaves the country."""

    id = "gtts"
    label = "Giọng trực tuyến gTTS (dịch vụ bên ngoài)"
    voices: tuple[Voice, ...] = (Voice("vi", "giọng nữ"),)

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s

    def synthesize(self, text: str, voice: str, out: Path) -> None:
        """As ports.Engine: every chunk arrives or nothing is written."""
        if len(text) > MAX_CHARACTERS:
            raise EngineFailed("Câu quá dài cho giọng trực tuyến.", engine=self.id)
        with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
            answer, sound = Path(scratch) / "answer", Path(scratch) / "sound.wav"
            answer.write_bytes(b"".join(self._chunks(text, voice)))
            try:
                ingest.decode(answer, sound)
            except UploadRefused as refused:
                message = f"Dịch vụ trực tuyến trả về âm thanh hỏng: {refused}"
                raise EngineFailed(message, engine=self.id) from refused
            sound.replace(out)

    def _chunks(self, text: str, voice: str) -> Iterator[bytes]:
        import requests  # noqa: PLC0415 - 10 MB that only this optional voice needs
        from gtts.tts import gTTS, gTTSError  # noqa: PLC0415 - same

        try:
            # Its only public door sends without checking certificates.
            asked = gTTS(text, lang=voice, lang_check=False)._prepare_requests()
            with requests.Session() as session:
                for request in asked:
                    yield _sound_in(self._answer(session, request), asked[0].url)
        except (AssertionError, gTTSError, requests.RequestException) as fault:
            detail = str(fault) or type(fault).__name__
            message = "Không kết nối được giọng trực tuyến."
            raise EngineFailed(message, engine=self.id, detail=detail) from fault

    def _answer(self, session: "requests.Session", request: Any) -> bytes:
        with session.send(request, verify=True, timeout=self._timeout_s, stream=True) as reply:
            if reply.status_code != 200:
                message = f"Giọng trực tuyến từ chối (mã {reply.status_code})."
                raise EngineFailed(message, engine=self.id, status=reply.status_code)
            body = b""
            for piece in reply.iter_content(65_536):
                body += piece
                if len(body) > MAX_ANSWER_BYTES:
                    raise EngineFailed("Câu trả lời quá lớn.", engine=self.id)
            return body


def _sound_in(body: bytes, url: str) -> bytes:
    """The MP3 inside an answer: JSON lines, one of which holds base64 in JSON in JSON."""
    for line in body.splitlines():
        if b"jQ1olc" not in line:
            continue
        try:
            inner = json.loads(line)[0][2]
            return base64.b64decode(json.loads(inner)[0], validate=True)
        except (ValueError, TypeError, LookupError, binascii.Error):
            break
    raise EngineFailed("Giọng trực tuyến không trả về âm thanh.", engine=Gtts.id, url=url)
