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
# Loudness may end a little off; the ceiling may not: a long sound in which Opus overshoots by
# chance (seen: 1.2 dB in an hour) is rendered again under a lower limiter, with a margin.
MAX_RENDERS_FOR_CEILING = 6
OVERSHOOT_MARGIN_DB = 0.3
# The limiter eats a part of every correction: at first ask for 10 % more than what was missed,
# then for what the first correction showed, within reason (a limiter at its end gives nothing).
CORRECTION = 1.1
MAX_CORRECTION = 4.0
# A blip louder than this would be lifted into noise; nothing useful is quieter.
SILENCE_DBTP = -60.0

Filters = tuple[tuple[str, str], ...]

# The low cut protects horn diaphragms.
CLEAN: Filters = (
    ("aformat", "sample_fmts=s16"),  # first: a NaN in a float file ends here
    ("aformat", "channel_layouts=mono"),
    ("aresample", f"{RATE_HZ}"),
    ("highpass", "f=120"),
    ("highpass", "f=120"),
)
# The compressor keeps a whisper above the market's noise. Its threshold suits speech at
# −20 LUFS, so every sound is brought there first: a faint one is shaped like a loud one.
COMPRESS = ("acompressor", "threshold=-24dB:ratio=3:attack=5:release=120")
COMPRESS_AT_LUFS = -20.0
# What the limiter takes away from speech, measured: 0.4 to 0.7 dB.
LIMITER_TAKES_DB = 0.5


def master(source: Path, out_dir: Path) -> Recording:
    """Render `source` (a trusted file) into `out_dir`; raises NothingToSay for silence."""
    clean = measure(through(decode(source), CLEAN))
    if clean.true_peak < SILENCE_DBTP or _is_below_the_gate(clean):
        raise NothingToSay("Âm thanh chỉ có khoảng lặng.")
    lift_db = _miss(clean) + COMPRESS_AT_LUFS - TARGET_LUFS
    shape = (*CLEAN, ("volume", f"{lift_db:.3f}dB"), COMPRESS)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_dir, prefix=".render-") as scratch:
        draft = Path(scratch) / "draft.ogg"
        heard = _render_close_enough(source, draft, shape)
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


def _render_close_enough(source: Path, draft: Path, shape: Filters) -> Measure:
    """Render, measure what a listener decodes, correct; return the last measure."""
    gain_db = _miss(measure(through(decode(source), shape))) + LIMITER_TAKES_DB
    limit_db, correction = LIMIT_DBTP, CORRECTION
    step_db = missed_db = 0.0
    for render in range(1, MAX_RENDERS_FOR_CEILING + 1):
        frames = through(decode(source), (*shape, *_finish(gain_db, limit_db)))
        opus.write(frames, draft)
        heard = measure(decode(draft))
        over_db = heard.true_peak - CEILING_DBTP
        close = abs(_miss(heard)) <= CLOSE_ENOUGH_LU or render >= MAX_RENDERS
        if close and over_db <= 0:
            break
        gained_db = missed_db - _miss(heard)
        if step_db * gained_db > 0:
            correction = min(step_db / gained_db, MAX_CORRECTION)
        missed_db, step_db = _miss(heard), correction * _miss(heard)
        gain_db += step_db
        limit_db -= over_db + OVERSHOOT_MARGIN_DB if over_db > 0 else 0.0
    return heard


def _is_below_the_gate(heard: Measure) -> bool:
    return heard.samples >= BLOCK_S * RATE_HZ and heard.integrated <= GATE_LUFS


def _miss(heard: Measure) -> float:
    """How many dB the sound lacks (+) or has too much (−)."""
    if heard.samples < BLOCK_S * RATE_HZ:
        return SHORT_PEAK_DBTP - heard.true_peak
    if heard.samples < SHORT_S * RATE_HZ:
        return TARGET_LUFS - heard.momentary_max
    return TARGET_LUFS - heard.integrated


def _finish(gain_db: float, limit_db: float) -> Filters:
    ceiling = math.pow(10, limit_db / 20)
    return (
        ("volume", f"{gain_db:.3f}dB"),
        # At 192 kHz the limiter sees the peaks between the samples (true peak, BS.1770 annex 2).
        ("aresample", "192000"),
        ("alimiter", f"level=0:latency=1:limit={ceiling:.5f}"),
        ("aresample", f"{RATE_HZ}"),
        ("aformat", "sample_fmts=s16:channel_layouts=mono"),
    )
