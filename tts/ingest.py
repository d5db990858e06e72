"""The gate for uploads: a stranger's file is decoded only in a child that may be killed."""

import subprocess
import sys
from pathlib import Path

import msgspec

from tts.cautions import Caution
from tts.errors import NoRoom, UploadRefused
from tts.refusals import MAX_MINUTES, SILENCE_DBFS, Refusal, Report

# 60 minutes of the heaviest common MP3 (320 kbps) are 144 MB; of stereo 16-bit WAV 635 MB.
MAX_BYTES = 700_000_000
# 60 minutes of MP3 decode in 3 s, of damaged files in up to a minute (audio reference §2, §3).
WALL_S = 120.0
# Less than this of the promised length means a broken copy (truncation of MP3 and Ogg is silent).
WHOLE = 0.98
MAX_ERROR_RATIO = 0.02

SENTENCES = {
    Refusal.EMPTY: "Tệp rỗng.",
    Refusal.TOO_BIG: f"Tệp quá lớn (tối đa {MAX_BYTES // 1_000_000} MB).",
    Refusal.NOT_AUDIO: "Đây không phải tệp âm thanh đọc được (nhận MP3, WAV, M4A, OGG, FLAC, "
    "AMR, AAC, WMA, WebM).",
    Refusal.NO_SOUND_TRACK: "Tệp không có phần âm thanh dùng được.",
    Refusal.TOO_LONG: f"Âm thanh dài quá {MAX_MINUTES} phút.",
    Refusal.SILENT: f"Âm thanh chỉ có khoảng lặng (dưới {SILENCE_DBFS:.0f} dB).",
    Refusal.DAMAGED: "Tệp âm thanh bị hỏng, hãy xuất lại hoặc ghi lại.",
    Refusal.TIMED_OUT: "Đọc tệp quá lâu nên đã dừng lại.",
    Refusal.NO_ROOM: str(NoRoom()),
}


def decode(
    upload: Path, out: Path, wall_s: float = WALL_S, whole: float = WHOLE
) -> tuple[Caution, ...]:
    """Decode a hostile file to a 48 kHz mono s16 WAV at `out`; raises UploadRefused.

    Cautions tell of less than `whole` of the promised length, or of places that are damaged.
    """
    size = upload.stat().st_size
    if size == 0:
        raise _refused(Refusal.EMPTY)
    if size > MAX_BYTES:
        raise _refused(Refusal.TOO_BIG, bytes=size)
    report = _in_a_child(upload, out, wall_s)
    if report.refusal:
        raise _refused(report.refusal)
    if report.errors > MAX_ERROR_RATIO * report.packets:
        raise _refused(Refusal.DAMAGED, errors=report.errors, packets=report.packets)
    return _cautions(report, whole)


def _in_a_child(upload: Path, out: Path, wall_s: float) -> Report:
    """Run the gate; a child that dies or hangs has met a file that is not worth an answer."""
    command = [sys.executable, "-m", "tts.gate", str(upload.resolve()), str(out.resolve())]
    root = Path(__file__).resolve().parents[1]  # where `tts` lies, installed or not
    try:
        done = subprocess.run(command, capture_output=True, timeout=wall_s, check=False, cwd=root)
    except subprocess.TimeoutExpired:
        raise _refused(Refusal.TIMED_OUT, wall_s=wall_s) from None
    try:
        return msgspec.json.decode(done.stdout, type=Report)
    except msgspec.DecodeError:
        raise _refused(Refusal.DAMAGED, exit_code=done.returncode) from None


def _cautions(report: Report, whole: float) -> tuple[Caution, ...]:
    if report.declared_s and report.seconds < whole * report.declared_s:
        missing_s = max(1, round(report.declared_s - report.seconds))
        message = (
            f"Tệp có vẻ bị cắt cụt: thiếu khoảng {missing_s} giây "
            f"trong {report.declared_s:.0f} giây."
        )
        return (Caution("truncated", message),)
    if report.open_end:
        message = "Tệp có vẻ bị cắt cụt: không thấy dấu kết thúc; hãy nghe bản ghi đến hết."
        return (Caution("truncated", message),)
    if report.errors:
        message = "Tệp có chỗ bị hỏng nên có thể mất lời; hãy nghe kỹ bản ghi."
        return (Caution("damaged_places", message),)
    return ()


def _refused(refusal: Refusal, **facts: float) -> UploadRefused:
    return UploadRefused(refusal, SENTENCES[refusal], **facts)
