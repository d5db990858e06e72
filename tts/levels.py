"""One level for all parts of a bulletin: voices, chimes, the recordings of announcers."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from av import AudioFrame

from tts.errors import NothingToSay
from tts.frames import RATE_HZ, Filters, decode, through
from tts.meter import GATE_LUFS, Measure, measure

# The mastering's compressor is set for speech at this level, so a faint sound is shaped like a
# loud one, and one voice is as loud as the other.
LEVEL_LUFS = -20.0
# A clip under 0.4 s has no integrated loudness (one BS.1770 block), so its peak is set; one
# under 3 s has too few blocks for a steady figure, so its loudest moment is.
BLOCK_S = 0.4
SHORT_S = 3.0
# Of speech, the peaks are about 10 dB above the loudness.
SHORT_CREST_DB = 10.0
# A blip louder than this would be lifted into noise; nothing useful is quieter.
SILENCE_DBTP = -60.0

# The low cut protects horn diaphragms.
CLEAN: Filters = (
    ("aformat", "sample_fmts=s16"),  # first: a NaN in a float file ends here
    ("aformat", "channel_layouts=mono"),
    ("aresample", f"{RATE_HZ}"),
    ("highpass", "f=120"),
    ("highpass", "f=120"),
)


class Part(NamedTuple):
    """A sound file we trust, what brings it to the common level, and the silence after it."""

    path: Path
    gain_db: float
    pause_ms: int = 0


def gain_to_level(frames: Iterable[AudioFrame]) -> float:
    """What a sound lacks to LEVEL_LUFS, in dB; raises NothingToSay for silence."""
    heard = measure(through(frames, CLEAN), peaks="sample")
    if heard.true_peak < SILENCE_DBTP or _is_below_the_gate(heard):
        raise NothingToSay("Âm thanh chỉ có khoảng lặng.")
    return miss(heard, LEVEL_LUFS)


def levelled(path: Path, pause_ms: int = 0) -> Part:
    """A sound as a part; raises NothingToSay for silence."""
    return Part(path, gain_to_level(decode(path)), pause_ms)


def miss(heard: Measure, target_lufs: float) -> float:
    """How many dB the sound lacks (+) or has too much (−)."""
    if heard.samples < BLOCK_S * RATE_HZ:
        return target_lufs + SHORT_CREST_DB - heard.true_peak
    if heard.samples < SHORT_S * RATE_HZ:
        return target_lufs - heard.momentary_max
    return target_lufs - heard.integrated


def _is_below_the_gate(heard: Measure) -> bool:
    return heard.samples >= BLOCK_S * RATE_HZ and heard.integrated <= GATE_LUFS
