"""Bring the parts of a bulletin to the house loudness and write them as a recording."""

import math
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from av import AudioFrame

from tts import opus, output_gain
from tts.craft import Loudness
from tts.frames import LARGE, RATE_HZ, Filters, Source, ahead, decode, joined, kept, through
from tts.gain import Gain
from tts.levels import CLEAN, Part, miss
from tts.meter import GATE_LUFS, Measure, measure
from tts.overheard import overheard
from tts.recording import Mastered, Recording, Waveform, shelve
from tts.waveform import Outline

# −16 LUFS mono, all clips alike, so that a station's volume means something (no standard for
# commune horns exists; streams use −16 to −20 and −20 is too low for a spoken word in noise).
# An officer may ask for 2 dB less or more: less is hardly heard, more is eaten by the limiter.
TARGET_LUFS: dict[Loudness, float] = {"soft": -18.0, "normal": -16.0, "strong": -14.0}
# Of the decoded Opus: the most that EBU R128 allows. Before the encoder it is 1.8 dB less, because
# Opus overshoots the limiter by chance: sixteen readings of one notice by 1.2 to 2.2 dB, more
# where all peaks are at the limit. So much excess is cut by the output gain in the file's header,
# more needs another render. A limit of −4 would need neither, but parts of unlike crests would
# then be 0.3 LU further from one level.
CEILING_DBTP = -1.0
LIMIT_DBTP: dict[Loudness, float] = {"soft": -2.8, "normal": -2.8, "strong": -4.5}
# Two meters of true peak differ by so much.
CUT_MARGIN_DB = 0.03
# Encoded so much louder, and turned down in the header to the target, or further if it peaks.
SPARE_DB = 0.3
# Nobody hears half a decibel, and EBU R128 s1 tolerates 0.5 LU; each further render costs as
# much as the first, so after three of them that will do.
CLOSE_ENOUGH_LU = 0.35
MAX_RENDERS = 3
TOLERABLE_LU = 0.45
# Beyond it we go on: where Opus overshoots by more than loudness has to spare, once more under a
# lower limiter, with a margin; of what the limit goes down, about half is missed in loudness.
MAX_RENDERS_AT_ALL = 6
OVERSHOOT_MARGIN_DB = 0.3
LOST_BY_LIMIT = 0.5
# Before anything is encoded the gain is sought by measuring alone, at a fifth of a render's work.
MAX_MEASURES = 4
WELL_FOUND_LU = 0.15
# Of what the peaks are above the limit, the limiter takes about this from the loudness.
TAKEN_BY_LIMITER = 0.13
# With peaks no further above it speech is 0.2 LU off at most (six notices, two engines) and nothing
# is sought; where the fast compressor has been at work, 0.4.
WELL_KNOWN_DB: dict[Loudness, float] = {"soft": 7.5, "normal": 7.5, "strong": 1.0}
# Seeing the peaks between the samples, and encoding, take a little more (speech: 0.1 to 0.35).
RENDER_TAKES_DB = 0.2
# The compressor keeps a whisper above the market's noise; set for speech at LEVEL_LUFS. A strong
# sound needs a second, fast one: by the limiter alone speech does not reach −14 LUFS.
_COMPRESSOR = ("acompressor", "threshold=-24dB:ratio=3:attack=5:release=120")
_FAST = ("acompressor", "threshold=-26dB:ratio=10:attack=0.3:release=30")
COMPRESS: dict[Loudness, Filters] = {
    "soft": (_COMPRESSOR,),
    "normal": (_COMPRESSOR,),
    "strong": (_COMPRESSOR, _FAST),
}


class Heard(NamedTuple):
    """What a listener's decoder makes of a render."""

    measure: Measure
    waveform: Waveform

    def turned_down(self, db: float) -> "Heard":
        """The same, fainter."""
        factor = math.pow(10, -db / 20)
        waveform = tuple(round(value * factor) for value in self.waveform)
        return Heard(self.measure.fainter(db), waveform)


def master(parts: Sequence[Part], out_dir: Path, loudness: Loudness = "normal") -> Mastered:
    """Render the parts (at least one), one after the other, into `out_dir`."""
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out_dir, prefix=".render-") as scratch:
        shaped, draft = Path(scratch) / "shaped.wav", Path(scratch) / "draft.ogg"
        gain = _sought(_shape(parts, shaped, loudness), shaped, loudness)
        heard, waveform = _render_close_enough(shaped, draft, gain, loudness)
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


def _shape(parts: Sequence[Part], shaped: Path, loudness: Loudness) -> Measure:
    """Write the parts, joined and compressed, to a WAV: each of them is decoded but once."""
    chain = (*COMPRESS[loudness], ("aformat", "sample_fmts=s16"))
    frames = through(joined(map(_clean, parts)), chain)
    return measure(ahead(kept(frames, shaped)), peaks="sample")


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


def _sought(heard: Measure, shaped: Path, loudness: Loudness) -> Gain:
    """The gain at which the limited sound has the loudness, or nearly; `heard` is before it."""
    target_lufs = TARGET_LUFS[loudness] + SPARE_DB + RENDER_TAKES_DB
    limit_db = LIMIT_DBTP[loudness]
    missed_db = miss(heard, target_lufs)
    excess_db = heard.true_peak + missed_db - limit_db
    gain = Gain(missed_db + max(0.0, TAKEN_BY_LIMITER * excess_db))
    if excess_db <= WELL_KNOWN_DB[loudness]:
        return gain
    for _ in range(MAX_MEASURES):
        limited = through(decode(shaped), (_volume(gain.db), _limiter(limit_db)))
        missed_db = miss(measure(ahead(limited), peaks="sample"), target_lufs)
        if abs(missed_db) <= WELL_FOUND_LU:
            break
        gain.missed(missed_db)
    return gain


def _render_close_enough(shaped: Path, draft: Path, gain: Gain, loudness: Loudness) -> Heard:
    """Render, measure what a listener decodes, correct; return what the last one is."""
    limit_db = LIMIT_DBTP[loudness]
    for render in range(1, MAX_RENDERS_AT_ALL + 1):
        finished = ahead(through(decode(shaped), _finish(gain.db, limit_db)))
        heard = overheard(partial(opus.write, finished), _heard, draft)
        missed_db = miss(heard.measure, TARGET_LUFS[loudness])
        over_db = max(0.0, heard.measure.true_peak - CEILING_DBTP)
        peak_cut_db = over_db + CUT_MARGIN_DB if over_db else 0.0
        cut_db = output_gain.at_least(max(peak_cut_db, -missed_db, 0.0))
        tolerated_lu = TOLERABLE_LU if over_db or render >= MAX_RENDERS else CLOSE_ENOUGH_LU
        if missed_db + cut_db <= tolerated_lu:
            break
        lower_db = over_db + OVERSHOOT_MARGIN_DB if over_db else 0.0
        gain.missed(missed_db + SPARE_DB, LOST_BY_LIMIT * lower_db)
        limit_db -= lower_db
    if cut_db:
        output_gain.turn_down(draft, cut_db)
    return heard.turned_down(cut_db)


def _heard(draft: Source) -> Heard:
    outline = Outline()
    return Heard(measure(outline.watch(through(decode(draft), (LARGE,)))), outline.finished())


def _finish(gain_db: float, limit_db: float) -> Filters:
    return (
        _volume(gain_db),
        # At 96 kHz the limiter sees the peaks between the samples: at 192 kHz (true peak, BS.1770
        # annex 2) what is decoded peaks less than 0.1 dB lower on average, for twice the work.
        ("aresample", "96000"),
        _limiter(limit_db),
        ("aresample", f"{RATE_HZ}"),
        ("aformat", "sample_fmts=s16:channel_layouts=mono"),
        LARGE,
    )


def _volume(gain_db: float) -> tuple[str, str]:
    return "volume", f"{gain_db:.3f}dB"


def _limiter(limit_db: float) -> tuple[str, str]:
    return "alimiter", f"level=0:latency=1:limit={math.pow(10, limit_db / 20):.5f}"
