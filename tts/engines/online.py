"""What all online voices share: a child asks, and a stranger's sound goes through the gate."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from tts import ingest
from tts.engines import pool
from tts.engines.piece import Piece
from tts.engines.worker import Worker
from tts.errors import EngineFailed, UploadRefused

SWITCHED_OFF = (
    "Dịch vụ bên ngoài này chưa được bật. Muốn dùng, hãy báo kỹ thuật bật trong cấu hình máy chủ."
)
# Of a breath's promised length: MP3s that are joined promise up to a tenth of a second too much.
WHOLE = 0.9


def read(
    pieces: Sequence[Piece], start: Callable[[], Worker], engine: str
) -> Generator[Path, None, None]:
    """Yield a WAV for each piece; one request at a time. Raises EngineFailed, NoRoom."""
    for answer in pool.read(pieces, start, workers=1, life=len(pieces)):
        sound = answer.with_suffix(".wav")
        try:
            cautions = ingest.decode(answer, sound, whole=WHOLE)
            # Where MP3s are joined a frame may be damaged.
            problems = [each.message for each in cautions if each.code == "truncated"]
        except UploadRefused as refused:
            problems = [str(refused)]
        finally:
            answer.unlink()
        if problems:  # half a breath is none
            sound.unlink(missing_ok=True)
            message = f"Dịch vụ trực tuyến trả về âm thanh hỏng: {problems[0]}"
            raise EngineFailed(message, engine=engine)
        yield sound


def keep(body: bytes, out: Path) -> None:
    """Write what came whole; a part of an answer is never found under its name."""
    draft = out.with_suffix(".part")
    draft.write_bytes(body)
    draft.replace(out)
