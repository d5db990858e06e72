"""Bring the parts of a bulletin to the house loudness and write them as a recording."""

import math
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from av import AudioFrame

from tts import opus
from tts.craft import Loudness
from tts.frames import RATE_HZ, Filters, ahead, decode, joined, through
from tts.levels import CLEAN, Part, miss
from tts.meter import GATE_LUFS, Measure, measure
from tts.recording import Mastered, Recording, Waveform, shelve
from tts.waveform import Outline

# −16 LUFS mono, all clips alike, so that a station's volume means something (no standard for
# commune horns exists; streams use −16 to −20 and −20 is too low for a spoken word in noise).
# An officer may ask for 2 dB less or more: less is hardly heard, more is eaten by the limiter.
TARGET_LUFS: dict[Loudness, float] = {"soft": -18.0, "normal": -16.0, "strong": -14.0}
# Of the decoded Opus. −1 dBTP is the most that EBU R128 allows; we keep 1 dB in hand, which a
# strong sound uses up: under −2 dBTP speech does not reach −14 LUFS.
CEILING_DBTP: dict[Loudness, float] = {"soft": -2.0, "normal": -2.0, "strong": -1.0}
# Opus overshoots the limiter: by up to 0.7 dB, and by 2.4 dB where all peaks are at the limit.
LIMIT_DBTP: dict[Loudness, float] = {"soft": -3.0, "normal": -3.0, "strong": -4.5}
CLOSE_ENOUGH_LU = 0.2
# After three renders a little off will do: EBU R128 s1 tolerates 0.5 LU.
MAX_RENDERS = 3
TOLERABLE_LU = 0.45
# Beyond it, and for the ceiling, we go on: a long sound in which Opus overshoots by chance
# (seen: 1.2 dB in an hour) is rendered again under a lower limiter, with a margin; of what the
# limit goes down, about half is missed in loudness, so the gain goes up by that.
MAX_RENDERS_AT_ALL = 6
OVERSHOOT_MARGIN_DB = 0.3
LOST_BY_LIMIT = 0.5
# The limiter eats a part of every correction: at first ask for 10 % more than what was missed,
# then for what the first correction showed, within reason (a limiter at its end gives nothing).
CORRECTION = 1.1
MAX_CORRECTION = 4.0
# The compressor keeps a whisper above the market's noise; set for speech at LEVEL_LUFS. A strong
# sound needs a second, fast one: by the limiter alone speech does not reach −14 LUFS.
_COMPRESSOR = ("acompressor", "threshold=-24dB:ratio=3:attack=5:release=120")
_FAST = ("acompressor", "threshold=-26dB:ratio=10:attack=0.3:release=30")
COMPRESS: dict[Loudness, Filters] = {
    "soft": (_COMPRESSOR,),
    "normal": (_COMPRESSOR,),
    "strong": (_COMPRESSOR, _FAST),
}
# What the limiter takes away from speech, measured.
LIMITER_TAKES_DB: dict[Loudness, float] = {"soft": 0.1, "normal": 0.5, "strong": 1.5}


class Heard(NamedTuple):
    """What a listener's decoder makes of a render."""

    measure: Measure
    waveform: Waveform


def master(parts: Sequence[Part], out_dir: Path, loudness: Loudness = "normal") -> Mastered:
    """Render the parts (at least one), one after the other, into `out_dir`."""
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_dir, prefix=".render-") as scratch:
        draft = Path(scratch) / "draft.ogg"
        heard, waveform = _render_close_enough(parts, draft, loudness)
        size = draft.stat().st_size
        sha256, path = shelve(draft, out_dir)
    recording = Recording(
        sha256=sha256,
        path=str(path),
        size=size,
        duration_ms=round(heard.samples * 1000 / RATE_HZ),
        samples=heard.samples,
        loudness_lufs=loudness_of(heard),
        true_peak_dbtp=round(heard.true_peak, 2),
    )
    return Mastered(recording, waveform)


def loudness_of(heard: Measure) -> float | None:
    """The integrated loudness in LUFS, None where there is none (short or silent)."""
    return round(heard.integrated, 2) if heard.integrated > GATE_LUFS else None


def _shaped(parts: Sequence[Part], loudness: Loudness) -> Iterator[AudioFrame]:
    return through(joined(map(_clean, parts)), COMPRESS[loudness])


def _clean(part: Part) -> Iterator[AudioFrame]:
    return through(
        decode(part.path),
        (
            *CLEAN,
            ("volume", f"{part.gain_db:.3f}dB"),
            ("apad", f"pad_dur={part.pause_ms}ms"),
            # One form for all parts; no rounding before the compressor.
            ("aformat", f"sample_fmts=fltp:sample_rates={RATE_HZ}:channel_layouts=mono"),
        ),
    )


def _render_close_enough(parts: Sequence[Part], draft: Path, loudness: Loudness) -> Heard:
    """Render, measure what a listener decodes, correct; return what the last one is."""
    target_lufs = TARGET_LUFS[loudness]
    gain_db = (
        miss(measure(_shaped(parts, loudness), peaks="sample"), target_lufs)
        + LIMITER_TAKES_DB[loudness]
    )
    limit_db, correction = LIMIT_DBTP[loudness], CORRECTION
    step_db = missed_db = 0.0
    for render in range(1, MAX_RENDERS_AT_ALL + 1):
        opus.write(ahead(through(_shaped(parts, loudness), _finish(gain_db, limit_db))), draft)
        heard = _heard(draft)
        missed_now_db = miss(heard.measure, target_lufs)
        over_db = heard.measure.true_peak - CEILING_DBTP[loudness]
        if over_db <= 0 and _is_close(missed_now_db, render):
            break
        gained_db = missed_db - missed_now_db
        if step_db * gained_db > 0:
            correction = min(step_db / gained_db, MAX_CORRECTION)
        lower_db = over_db + OVERSHOOT_MARGIN_DB if over_db > 0 else 0.0
        missed_db = missed_now_db
        step_db = correction * (missed_now_db + LOST_BY_LIMIT * lower_db)
        gain_db += step_db
        limit_db -= lower_db
    return heard


def _is_close(missed_db: float, renders: int) -> bool:
    return abs(missed_db) <= (CLOSE_ENOUGH_LU if renders < MAX_RENDERS else TOLERABLE_LU)


def _heard(draft: Path) -> Heard:
    outline = Outline()
    return Heard(measure(outline.watch(ahead(decode(draft)))), outline.finished())


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
