"""An hour of stereo MP3 through the render child: seconds, and the most memory of its tree.

    python -m benchmarks.ingest [--minutes 60]

The bar: 60 minutes with at most 150 MB resident in the child and its decoder together.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import av
import msgspec
import numpy as np
from av import AudioFrame

from benchmarks.process_tree import PeakOfTree
from tts.engines.espeak import Espeak
from tts.frames import decode, through
from tts.wire import Answer, Failed, Take, decode_answer

BAR_MB = 150.0
RATE_HZ = 44_100
BIT_RATE = 128_000  # what phones and recorders write
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
        answer, tree = _ingest(upload, Path(folder))
        took_s = time.monotonic() - started
    if isinstance(answer, Failed):
        print(f"refused: {answer.error.message} {answer.error.facts}")
        return 1
    made = answer.recording
    print(f"recording: {made.duration_ms / 60_000:.1f} min, {made.size / 1e6:.1f} MB")
    print(f"loudness: {made.loudness_lufs} LUFS, true peak {made.true_peak_dbtp} dBTP")
    print(f"seconds: {took_s:.0f}")
    for program, megabytes in sorted(tree.peaks_mb.items()):
        print(f"peak of {program}: {megabytes:.0f} MB")
    print(f"together at most: {tree.together_mb:.0f} MB")
    return 1 if tree.together_mb > BAR_MB else 0


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


def _ingest(upload: Path, folder: Path) -> tuple[Answer, PeakOfTree]:
    with (
        subprocess.Popen(
            [sys.executable, "-m", "tts", "render"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as child,
        PeakOfTree(child.pid) as tree,
    ):
        request = msgspec.json.encode(Take(file=str(upload), out_dir=str(folder / "out")))
        body, _ = child.communicate(request)
    return decode_answer(body), tree


if __name__ == "__main__":
    sys.exit(main())
