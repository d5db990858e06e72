"""An hour of stereo MP3 through the render child: seconds, and the most memory of its tree.

    python -m benchmarks.ingest [--minutes 60]

The bar: 60 minutes with at most 150 MB resident in any process of the child.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av
import msgspec
import numpy as np
from av import AudioFrame

from benchmarks.saboteur import children
from tts.engines.espeak import Espeak
from tts.frames import decode, through
from tts.wire import Answer, Failed, Take, decode_answer

BAR_MB = 150.0
RATE_HZ = 44_100
BIT_RATE = 128_000  # what phones and recorders write
KB = 1_024
EVERY_S = 0.2  # VmHWM never falls, so only a process that lives shorter could be missed
TEXT = (
    "Ủy ban nhân dân xã Suối Mây thông báo đến toàn thể nhân dân lịch tạm ngừng cung cấp điện. "
    "Đề nghị bà con ngắt các thiết bị điện và không đến gần khu vực thi công."
)


def main() -> int:
    """Make the file, ingest it, print what it took; 1 if over the bar or refused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=60)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory(prefix="tt-ingest-") as folder:
        upload = Path(folder) / "hour.mp3"
        _write(upload, _speech(Path(folder)), minutes)
        print(f"upload: {minutes:g} min, {upload.stat().st_size / 1e6:.1f} MB stereo MP3")
        started = time.monotonic()
        answer, peaks = _ingest(upload, Path(folder))
        took_s = time.monotonic() - started
    if isinstance(answer, Failed):
        print(f"refused: {answer.error.message} {answer.error.facts}")
        return 1
    made = answer.recording
    print(f"recording: {made.duration_ms / 60_000:.1f} min, {made.size / 1e6:.1f} MB")
    print(f"loudness: {made.loudness_lufs} LUFS, true peak {made.true_peak_dbtp} dBTP")
    print(f"seconds: {took_s:.0f}")
    for name, megabytes in sorted(peaks.items()):
        print(f"peak of {name}: {megabytes:.0f} MB")
    return 1 if max(peaks.values()) > BAR_MB else 0


def _speech(folder: Path) -> list[AudioFrame]:
    (sound,) = Espeak().synthesize([TEXT], "vi", "normal", folder)
    form = (("aresample", f"{RATE_HZ}"), ("aformat", "sample_fmts=s16p:channel_layouts=stereo"))
    return list(through(decode(sound), form))


def _write(upload: Path, speech: list[AudioFrame], minutes: float) -> None:
    with av.open(str(upload), "w", format="mp3") as out:
        stream = out.add_stream("libmp3lame", rate=RATE_HZ, layout="stereo")
        stream.bit_rate = BIT_RATE
        for frame in _looped(speech, round(minutes * 60 * RATE_HZ)):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _looped(speech: list[AudioFrame], samples: int) -> Iterator[AudioFrame]:
    whole = np.concatenate([frame.to_ndarray() for frame in speech], axis=1)
    for at in range(0, samples, whole.shape[1]):
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(whole[:, : samples - at]), format="s16p", layout="stereo"
        )
        frame.sample_rate, frame.pts = RATE_HZ, at
        yield frame


def _ingest(upload: Path, folder: Path) -> tuple[Answer, dict[str, float]]:
    peaks: dict[str, float] = {}
    over = threading.Event()
    with subprocess.Popen(
        [sys.executable, "-m", "tts", "render"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        watcher = threading.Thread(target=_watch, args=(child.pid, peaks, over))
        watcher.start()
        request = msgspec.json.encode(Take(file=str(upload), out_dir=str(folder / "out")))
        body, _ = child.communicate(request)
        over.set()
        watcher.join()
    return decode_answer(body), peaks


def _watch(pid: int, peaks: dict[str, float], over: threading.Event) -> None:
    while not over.wait(EVERY_S):
        for name, each in (("render child", pid), *(("decoder", one) for one in children(pid))):
            peaks[name] = max(peaks.get(name, 0.0), _peak_mb(each))


def _peak_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0  # it has ended
    found = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(next(found, "0")) / KB


if __name__ == "__main__":
    sys.exit(main())
