"""gTTS, an unofficial online voice; off unless the operator switches it on.

The library is used for what to ask; asking is ours, because it turns certificate checks off,
waits for ever and leaves empty files behind (speech reference §6).
"""

import base64
import binascii
import json
import tempfile
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tts import ingest
from tts.errors import EngineFailed, UploadRefused
from tts.ports import Pace, VoiceInfo

if TYPE_CHECKING:
    import requests

# A breath is ≤ 300 characters, that is about 4 requests; more is not a breath.
MAX_CHARACTERS = 1_000
TIMEOUT_S = 20.0
# 100 characters of speech as MP3 are about 50 kB; this much is an attack or an error page.
MAX_ANSWER_BYTES = 2_000_000
SWITCHED_OFF = (
    "Dịch vụ bên ngoài này chưa được bật. Muốn dùng, hãy báo kỹ thuật bật trong cấu hình máy chủ."
)


class Gtts:
    """An external service: the text leaves the country."""

    id = "gtts"
    label = "Giọng trực tuyến gTTS (dịch vụ bên ngoài)"

    def __init__(self, timeout_s: float = TIMEOUT_S, *, enabled: bool = False) -> None:
        self._timeout_s, self._enabled = timeout_s, enabled

    def voices(self) -> tuple[str, ...]:
        """As ports.Engine."""
        return ("vi",)

    def about(self, voice: str) -> VoiceInfo:
        """As ports.Engine."""
        return VoiceInfo(
            engine=self.id,
            voice=voice,
            label=f"{self.label}, giọng nữ",
            gender="nữ",
            online=True,
            problem="" if self._enabled else SWITCHED_OFF,
        )

    def synthesize(
        self, texts: Iterable[str], voice: str, pace: Pace, folder: Path
    ) -> Generator[Path, None, None]:
        """As ports.Engine. It knows two paces."""
        for number, text in enumerate(texts):
            out = folder / f"{number:04}.wav"
            self._read(text, voice, pace, out)
            yield out

    def _read(self, text: str, voice: str, pace: Pace, out: Path) -> None:
        if len(text) > MAX_CHARACTERS:
            raise EngineFailed("Câu quá dài cho giọng trực tuyến.", engine=self.id)
        with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
            answer, sound = Path(scratch) / "answer", Path(scratch) / "sound.wav"
            answer.write_bytes(b"".join(self._chunks(text, voice, pace)))
            try:
                ingest.decode(answer, sound)
            except UploadRefused as refused:
                message = f"Dịch vụ trực tuyến trả về âm thanh hỏng: {refused}"
                raise EngineFailed(message, engine=self.id) from refused
            sound.replace(out)

    def _chunks(self, text: str, voice: str, pace: Pace) -> Iterator[bytes]:
        import requests  # noqa: PLC0415 - 10 MB that only this optional voice needs
        from gtts.tts import gTTS, gTTSError  # noqa: PLC0415 - same

        try:
            # Its only public door sends without checking certificates.
            asked = gTTS(
                text, lang=voice, lang_check=False, slow=pace == "slow"
            )._prepare_requests()
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
