"""Bring any sound to the house loudness and write it as a recording."""

import math
import tempfile
from pathlib import Path

from tts import opus
from tts.errors import NothingToSay
from tts.frames import RATE_HZ, decode, through
from tts.meter import GATE_LUFS, Measure, measure
from tts.recording import Recording, shelve

# −16 LUFS mono, all clips alike, so that a station's volume means something (no standard for
# commune horns exists; streams use −16 to −20 and −20 is too low for a spoken word in noise).
TARGET_LUFS = -16.0
CEILING_DBTP = -2.0  # of the decoded Opus, which overshoots the limiter by up to 0.7 dB
LIMIT_DBTP = -3.0
# A clip under 0.4 s has no integrated loudness (one BS.1770 block), so its peak is set; one
# under 3 s has too few blocks for a steady figure, so its loudest moment is.
BLOCK_S = 0.4
SHORT_S = 3.0
SHORT_PEAK_DBTP = -6.0
CLOSE_ENOUGH_LU = 0.2
MAX_RENDERS = 3
# The limiter eats a part of every correction: ask for 10 % more than what was missed.
CORRECTION = 1.1
# A blip louder than this would be lifted into noise; nothing useful is quieter.
SILENCE_DBTP = -60.0

# The low cut protects horn diaphragms; the compressor keeps a whisper above the market's noise.
SHAPE = (
    ("aformat", "sample_fmts=s16"),  # first: a NaN in a float file ends here
    ("aformat", "channel_layouts=mono"),
    ("aresample", f"{RATE_HZ}"),
    ("highpass", "f=120"),
    ("highpass", "f=120"),
    ("acompressor", "threshold=-24dB:ratio=3:attack=5:release=120"),
)


def master(source: Path, out_dir: Path) -> Recording:
    """Render `source` (a trusted file) into `out_dir`; raises NothingToSay for silence."""
    shaped = measure(through(decode(source), SHAPE))
    if shaped.true_peak < SILENCE_DBTP:
        raise NothingToSay("Âm thanh chỉ có khoảng lặng.", true_peak_dbtp=shaped.true_peak)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_dir, prefix=".render-") as scratch:
        draft = Path(scratch) / "draft.ogg"
        heard = _render_close_enough(source, draft, shaped)
        size = draft.stat().st_size
        sha256, path = shelve(draft, out_dir)
    return Recording(
        sha256=sha256,
        path=str(path),
        size=size,
        duration_ms=round(heard.samples * 1000 / RATE_HZ),
        samples=heard.samples,
        loudness_lufs=round(heard.integrated, 2) if heard.integrated > GATE_LUFS else None,
        true_peak_dbtp=round(heard.true_peak, 2),
    )


def _render_close_enough(source: Path, draft: Path, shaped: Measure) -> Measure:
    """Render, measure what a listener decodes, correct; return the last measure."""
    gain_db, limit_db = _miss(shaped), LIMIT_DBTP
    for _ in range(MAX_RENDERS):
        _render(source, draft, gain_db, limit_db)
        heard = measure(decode(draft))
        over_db = heard.true_peak - CEILING_DBTP
        if abs(_miss(heard)) <= CLOSE_ENOUGH_LU and over_db <= 0:
            break
        gain_db += CORRECTION * _miss(heard)
        limit_db -= max(0.0, CORRECTION * over_db)
    return heard


def _miss(heard: Measure) -> float:
    """How many dB the sound lacks (+) or has too much (−)."""
    if heard.samples < BLOCK_S * RATE_HZ:
        return SHORT_PEAK_DBTP - heard.true_peak
    if heard.samples < SHORT_S * RATE_HZ:
        return TARGET_LUFS - heard.momentary_max
    return TARGET_LUFS - heard.integrated


def _render(source: Path, draft: Path, gain_db: float, limit_db: float) -> None:
    ceiling = math.pow(10, limit_db / 20)
    finish = (
        ("volume", f"{gain_db:.3f}dB"),
        # At 192 kHz the limiter sees the peaks between the samples (true peak, BS.1770 annex 2).
        ("aresample", "192000"),
        ("alimiter", f"level=0:latency=1:limit={ceiling:.5f}"),
        ("aresample", f"{RATE_HZ}"),
        ("aformat", "sample_fmts=s16:channel_layouts=mono"),
    )
    opus.write(through(decode(source), (*SHAPE, *finish)), draft)
